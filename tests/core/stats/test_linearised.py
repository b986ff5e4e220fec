import numpy as np
import pytest

from fivegaps.errors import CannotCompute
from fivegaps.stats.linearised import (
    CellSums,
    WeightedSums,
    clustered_mean,
    raked_mean,
    weighted_mean,
)
from fivegaps.stats.weights import Margin, rake

RANDOM = np.random.default_rng(7)
VALUES = RANDOM.integers(1, 8, 200).astype(float)
WEIGHTS = RANDOM.uniform(0.5, 2.0, 200)
CHANNELS = RANDOM.integers(0, 3, 200)
CLUSTERS = RANDOM.integers(0, 12, 200)


def _raking():
    cells = {(str(value),): int((value == CHANNELS).sum()) for value in range(3)}
    return rake(cells, [Margin("channel", {"0": 0.2, "1": 0.3, "2": 0.5})])


def _sums(answered: np.ndarray) -> CellSums:
    chosen = [answered & (value == CHANNELS) for value in range(3)]
    return CellSums(
        answered=np.array([float(mask.sum()) for mask in chosen]),
        values=np.array([VALUES[mask].sum() for mask in chosen]),
        squares=np.array([(VALUES[mask] ** 2).sum() for mask in chosen]),
        everybody=np.array([float((value == CHANNELS).sum()) for value in range(3)]),
    )


def test_a_weighted_mean_has_the_linearised_error_of_its_answers():
    mean = weighted_mean(WeightedSums.of(WEIGHTS, VALUES))

    centre = WEIGHTS @ VALUES / WEIGHTS.sum()
    scores = WEIGHTS * (VALUES - centre) / WEIGHTS.sum()
    assert mean.mean == pytest.approx(centre)
    assert mean.standard_error == pytest.approx(np.sqrt((scores**2).sum() * 200 / 199))
    assert mean.df == 199


def test_equal_weights_give_the_plain_standard_error():
    mean = weighted_mean(WeightedSums.of(np.full(200, 3.0), VALUES))

    assert mean.standard_error == pytest.approx(VALUES.std(ddof=1) / np.sqrt(200))
    assert mean.variance == pytest.approx(VALUES.var(ddof=1))


def test_weighted_sums_of_parts_add_up_to_those_of_the_whole():
    parts = WeightedSums.of(WEIGHTS[:90], VALUES[:90]) + WeightedSums.of(WEIGHTS[90:], VALUES[90:])

    assert weighted_mean(parts).standard_error == pytest.approx(
        weighted_mean(WeightedSums.of(WEIGHTS, VALUES)).standard_error
    )


def test_empty_sums_change_nothing():
    sums = WeightedSums.of(WEIGHTS, VALUES)

    assert sums + WeightedSums() == sums


@pytest.mark.parametrize("n", [0, 1])
def test_fewer_than_two_weighted_answers_have_no_mean(n):
    with pytest.raises(CannotCompute, match="too_few"):
        weighted_mean(WeightedSums.of(WEIGHTS[:n], VALUES[:n]))


def test_weights_of_zero_have_no_mean():
    with pytest.raises(CannotCompute, match="too_few"):
        weighted_mean(WeightedSums.of(np.zeros(5), VALUES[:5]))


def test_each_answer_as_its_own_cluster_is_the_plain_error():
    mean = clustered_mean(np.ones(200), VALUES, n=200, squares=float(VALUES @ VALUES))

    assert mean.standard_error == pytest.approx(VALUES.std(ddof=1) / np.sqrt(200))


def test_one_cluster_has_a_mean_without_degrees_of_freedom():
    mean = clustered_mean(np.array([5.0]), np.array([20.0]), n=5, squares=90.0)

    assert (mean.mean, mean.df) == (4.0, 0)


def test_no_clusters_have_no_mean():
    with pytest.raises(CannotCompute, match="too_few"):
        clustered_mean(np.array([]), np.array([]), n=0, squares=0.0)


def test_a_post_stratified_mean_counts_only_the_spread_within_strata():
    raking = _raking()

    mean = raked_mean(raking, _sums(np.ones(200, dtype=bool)))

    weights = raking.weights[[raking.cells.index((str(value),)) for value in CHANNELS]]
    means = np.array([VALUES[value == CHANNELS].mean() for value in range(3)])
    scores = weights * (VALUES - means[CHANNELS]) / weights.sum()
    assert mean.mean == pytest.approx(weights @ VALUES / weights.sum())
    assert mean.standard_error == pytest.approx(np.sqrt((scores**2).sum() * 200 / 199))


def test_people_without_this_answer_stay_in_the_design():
    raking, answered = _raking(), RANDOM.random(200) < 0.7

    mean = raked_mean(raking, _sums(answered))

    weights = raking.weights[[raking.cells.index((str(value),)) for value in CHANNELS]]
    total = weights @ answered
    residual = answered * (VALUES - weights @ (answered * VALUES) / total)
    fitted = np.array([residual[value == CHANNELS].mean() for value in range(3)])
    scores = weights * (residual - fitted[CHANNELS]) / total
    spread = ((scores - scores.mean()) ** 2).sum() * 200 / 199
    assert mean.standard_error == pytest.approx(np.sqrt(spread))
    assert mean.n == answered.sum()


def test_cell_sums_by_cluster_give_the_clustered_error():
    raking = _raking()
    table = [
        [(group == CLUSTERS) & (value == CHANNELS) for value in range(3)] for group in range(12)
    ]
    sums = CellSums(
        answered=np.array([[float(mask.sum()) for mask in row] for row in table]),
        values=np.array([[VALUES[mask].sum() for mask in row] for row in table]),
        squares=np.array([[(VALUES[mask] ** 2).sum() for mask in row] for row in table]),
    )

    mean = raked_mean(raking, sums)

    weights = raking.weights[[raking.cells.index((str(value),)) for value in CHANNELS]]
    means = np.array([VALUES[value == CHANNELS].mean() for value in range(3)])
    scores = weights * (VALUES - means[CHANNELS]) / weights.sum()
    totals = np.bincount(CLUSTERS, weights=scores)
    assert mean.standard_error == pytest.approx(
        np.sqrt(((totals - totals.mean()) ** 2).sum() * 12 / 11)
    )
    assert mean.df == 11


def test_a_raked_mean_of_one_answer_is_too_few():
    with pytest.raises(CannotCompute, match="too_few"):
        raked_mean(_raking(), CellSums(*(np.array([1.0, 0.0, 0.0]),) * 3))

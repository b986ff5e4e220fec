import numpy as np
import pytest

from fivegaps.psychometrics.direct_effects import direct_effects
from fivegaps.psychometrics.drivers import drivers, relative_weights
from fivegaps.stats.regression import lmg_shares
from fivegaps.stats.resampling import BlockSums

FEW = 400


def rows(k: int, n: int = 200, seed: int = 1) -> np.ndarray:
    generator = np.random.default_rng(seed)
    predictors = generator.normal(size=(n, k)) + 0.7 * generator.normal(size=(n, 1))
    weights = np.linspace(0.8, -0.3, k)
    outcome = predictors @ weights + generator.normal(size=n)
    return np.column_stack([predictors, outcome])


def blocks(table: np.ndarray) -> BlockSums:
    names = (*(f"d{i}" for i in range(table.shape[1] - 1)), "satisfaction")
    return BlockSums.of(names, table, block=np.arange(len(table)), blocks=len(table))


def found_in(table: np.ndarray, **options: object):
    predictors = {f"d{i}": f"d{i}" for i in range(table.shape[1] - 1)}
    return drivers(
        blocks(table),
        outcome="satisfaction",
        predictors=predictors,
        battery="perception",
        seed=1,
        replicates=FEW,
        **options,
    )


def test_shares_and_weights_add_up_to_r_squared():
    found = found_in(rows(5))

    lmg = sum(predictor.lmg.value for predictor in found.predictors.values())
    johnson = sum(predictor.johnson.value for predictor in found.predictors.values())
    assert lmg == pytest.approx(found.r2)
    assert johnson == pytest.approx(found.r2)
    assert found.r2_low < found.r2 < found.r2_high


def test_every_figure_has_its_interval_and_sign():
    found = found_in(rows(5))

    strongest, weakest = found.predictors["d0"], found.predictors["d4"]
    for estimate in (strongest.lmg, strongest.johnson, strongest.beta, strongest.r):
        assert estimate.low < estimate.value < estimate.high
        assert "bootstrap" in estimate.method
    assert strongest.beta.value > 0 > weakest.beta.value


def test_r_and_beta_are_those_of_the_rows():
    table = rows(3)

    found = found_in(table)

    joint = np.corrcoef(table.T)
    beta = np.linalg.solve(joint[:3, :3], joint[:3, 3])
    assert [p.r.value for p in found.predictors.values()] == pytest.approx(joint[:3, 3])
    assert [p.beta.value for p in found.predictors.values()] == pytest.approx(beta)


def test_one_predictor_takes_all():
    found = found_in(rows(1))

    only = found.predictors["d0"]
    assert only.lmg.value == pytest.approx(only.r.value**2)
    assert only.johnson.value == pytest.approx(found.r2)


def test_beyond_eight_predictors_lmg_has_no_interval_and_says_so():
    table = rows(9)

    found = found_in(table)

    joint = np.corrcoef(table.T)
    first = found.predictors["d0"]
    assert first.lmg.value == pytest.approx(lmg_shares(joint[:9, :9], joint[:9, 9])[0])
    assert (first.lmg.low, "beyond 8" in first.lmg.method) == (None, True)
    assert first.johnson.low is not None


def test_sixteen_predictors_have_johnson_weights_alone():
    found = found_in(rows(16))

    first = found.predictors["d0"]
    assert first.lmg.reason == "too_many_predictors"
    assert first.johnson.value is not None


def test_the_same_seed_gives_the_same_intervals():
    assert found_in(rows(3)) == found_in(rows(3))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda table: table[:4], "too_few"),
        (lambda table: table[:0], "too_few"),
        (lambda table: np.column_stack([np.ones(200), table[:, 1:]]), "constant"),
        (lambda table: np.column_stack([table[:, :3], np.full(200, 4.0)]), "constant"),
        (lambda table: np.column_stack([table[:, 0], table[:, 0] * 2, table[:, 2:]]), "collinear"),
    ],
)
def test_drivers_that_cannot_be_had_say_why(change, reason):
    found = found_in(change(rows(3)))

    assert (found.reason, found.predictors, found.r2) == (reason, {}, None)


def test_a_predictor_may_have_another_column_and_the_outcome_too():
    found = drivers(
        blocks(rows(2)),
        outcome="overall",
        column="satisfaction",
        predictors={"tangibles": "d1"},
        battery="gap",
        seed=1,
        replicates=FEW,
    )

    assert (found.outcome, found.battery, list(found.predictors)) == (
        "overall",
        "gap",
        ["tangibles"],
    )


def test_direct_effects_ride_along_when_asked():
    assert found_in(rows(3)).direct is None
    assert found_in(rows(3), direct=("d0", "d1")).direct.n == 200


def direct(table: np.ndarray, *, clustered: bool = False):
    return direct_effects(
        blocks(table),
        column="satisfaction",
        perception="d0",
        expectation="d1",
        seed=1,
        replicates=FEW,
        clustered=clustered,
    )


def test_an_outcome_of_the_difference_alone_is_not_told_from_it():
    table = rows(2)
    table[:, 2] = table[:, 0] - table[:, 1] + np.random.default_rng(3).normal(size=200)

    found = direct(table)

    assert found.p > 0.05
    assert found.b_perception_low < 1 < found.b_perception_high
    assert found.b_expectation_low < -1 < found.b_expectation_high
    assert found.r2_difference == pytest.approx(found.r_gap**2)


def test_an_outcome_of_perception_alone_is_told_from_the_difference():
    table = rows(2)
    table[:, 2] = table[:, 0] + np.random.default_rng(3).normal(size=200)

    found = direct(table)

    assert found.p < 0.001
    assert found.r2 > found.r2_difference


def test_sampled_clusters_give_the_test_their_own_degrees_of_freedom():
    table = rows(2)
    names = ("d0", "d1", "satisfaction")
    clusters = BlockSums.of(names, table, block=np.arange(200) % 20, blocks=20)

    found = direct_effects(
        clusters,
        column="satisfaction",
        perception="d0",
        expectation="d1",
        seed=1,
        replicates=FEW,
        clustered=True,
    )

    assert (found.df1, found.df2) == (1, 19)
    assert found.f == pytest.approx(direct(table).f, rel=0.5)


def clusters_of(table: np.ndarray, block: np.ndarray):
    names = ("d0", "d1", "satisfaction")
    return direct_effects(
        BlockSums.of(names, table, block=block, blocks=len(table)),
        column="satisfaction",
        perception="d0",
        expectation="d1",
        seed=1,
        replicates=FEW,
        clustered=True,
    )


def test_clusters_that_hold_single_rows_are_too_few_when_few():
    found = clusters_of(rows(2)[:5], np.arange(5))

    assert found.reason == "too_few"


def test_clusters_that_are_all_alike_have_no_error():
    pattern = np.array([[1, 1, 0], [1, -1, 1], [-1, 1, 1], [-1, -1, 2], [2, 0, 1]], dtype=float)

    found = clusters_of(np.tile(pattern, (12, 1)), np.repeat(np.arange(12), 5))

    assert found.reason == "constant"


def test_equal_batteries_have_no_direct_effects():
    table = rows(2)
    table[:, 1] = table[:, 0]

    assert direct(table).reason == "collinear"


def test_relative_weights_of_many_items_add_up_to_r_squared():
    table = rows(22)

    found = relative_weights(
        blocks(table),
        outcome="satisfaction",
        predictors={f"item{i}": f"d{i}" for i in range(22)},
        seed=1,
        replicates=200,
    )

    joint = np.corrcoef(table.T)
    r2 = joint[:22, 22] @ np.linalg.solve(joint[:22, :22], joint[:22, 22])
    assert sum(estimate.value for estimate in found.values()) == pytest.approx(r2)
    assert found["item0"].low < found["item0"].value < found["item0"].high


def test_relative_weights_can_do_without_intervals():
    found = relative_weights(
        blocks(rows(3)), outcome="satisfaction", predictors={"a": "d0"}, seed=1, replicates=0
    )

    assert (found["a"].low, "no interval" in found["a"].method) == (None, True)


def test_relative_weights_of_collinear_items_say_why():
    table = rows(3)
    table[:, 2] = table[:, 0] + table[:, 1]

    found = relative_weights(
        blocks(table),
        outcome="satisfaction",
        predictors={f"d{i}": f"d{i}" for i in range(3)},
        seed=1,
    )

    assert {estimate.reason for estimate in found.values()} == {"collinear"}


def test_without_predictors_nothing_drives():
    assert found_in(rows(3)[:, 3:]).reason == "too_few"

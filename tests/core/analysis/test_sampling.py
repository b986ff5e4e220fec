"""Weights, clusters and margins: means and standard errors held to direct formulas."""

from __future__ import annotations

import numpy as np
import pytest
from made_answers import labels, numbers, questionnaire, random_codes, scored
from rowwise import Mean, Rows
from scipy import stats

from fivegaps.errors import OptionRefused
from fivegaps.io.answers import MemoryAnswers
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.weights import Margin

INSTRUMENT = questionnaire(sizes=(3, 2))
N = 160
RNG = np.random.default_rng(11)
BRANCHES = tuple(f"branch {place}" for place in range(9))
BRANCH = RNG.integers(0, 9, N)
WEIGHT = np.round(RNG.gamma(2.0, 1.0, N), 2) * (RNG.random(N) > 0.1)
REGION, AGE = RNG.integers(0, 3, N), RNG.integers(0, 2, N)
MARGINS = (
    Margin("region", {"a": 0.5, "b": 0.3, "c": 0.2}),
    Margin("age", {"old": 0.6, "young": 0.4}),
)
CODES = random_codes(INSTRUMENT, N, seed=21, missing=0.15)
COLUMNS = {
    "branch": labels(BRANCH, BRANCHES),
    "weight": numbers(WEIGHT),
    "region": labels(REGION, ("a", "b", "c")),
    "age": labels(AGE, ("old", "young")),
}
NAMES = tuple(BRANCHES[code] for code in BRANCH)


def answers(part_rows: int = 23) -> MemoryAnswers:
    return MemoryAnswers(INSTRUMENT, CODES, columns=COLUMNS, part_rows=part_rows)


def agrees(estimate: Estimate | GapEstimate, expected: Mean, df: float) -> bool:
    reach = stats.t.ppf(0.975, df) * expected.error
    return (estimate.value, estimate.n, estimate.low, estimate.high) == (
        pytest.approx(expected.value, rel=1e-9),
        expected.n,
        pytest.approx(expected.value - reach, rel=1e-9),
        pytest.approx(expected.value + reach, rel=1e-9),
    )


def raked_weights() -> np.ndarray:
    """Iterate over respondents until both margins hold."""
    weights = np.ones(N)
    for _ in range(500):
        for groups, margin in ((REGION, MARGINS[0]), (AGE, MARGINS[1])):
            for code, share in enumerate(margin.targets.values()):
                weights[groups == code] *= share * N / weights[groups == code].sum()
    return weights


def three_means(rows: Rows) -> list[Mean]:
    dimensions = [rows.gap(rows.items(d)) for d in ("d0", "d1")]
    return [
        rows.mean(dimensions[0]),
        rows.mean(*dimensions),
        rows.mean(rows.gap(rows.items(), half=False)),
    ]


def same_three(found) -> list[GapEstimate]:
    return [
        found.dimensions["d0"].gap,
        found.overall.mean_of_dimensions,
        found.overall.mean_of_items,
    ]


def test_weighted_means_have_linearised_errors():
    rows = Rows(INSTRUMENT, CODES, weights=WEIGHT)

    found = scored(answers(), weight="weight")

    for estimate, expected in zip(same_three(found), three_means(rows), strict=True):
        assert agrees(estimate, expected, expected.n - 1)
    assert agrees(found.items["d1_0"].gap, rows.mean(rows.gap(["d1_0"])), N - 1 - _missing("d1_0"))


def _missing(item: str) -> int:
    return int(np.isnan(Rows(INSTRUMENT, CODES).gap([item])).sum())


def test_weighted_spread_and_effects_are_those_of_weighted_answers():
    rows = Rows(INSTRUMENT, CODES, weights=WEIGHT)
    expected = rows.mean(rows.gap(rows.items("d0")))

    gap = scored(answers(), weight="weight").dimensions["d0"].gap

    assert gap.sd == pytest.approx(expected.sd, rel=1e-9)
    assert gap.d_z == pytest.approx(expected.value / expected.sd, rel=1e-9)


def test_equal_weights_are_no_weights():
    columns = {"weight": numbers(np.full(N, 0.25))}
    weighted = scored(MemoryAnswers(INSTRUMENT, CODES, columns=columns), weight="weight")

    plain = scored(answers())

    for one, other in zip(same_three(weighted), same_three(plain), strict=True):
        assert (one.value, one.low, one.t) == pytest.approx((other.value, other.low, other.t))


def test_clusters_have_the_error_of_their_totals():
    rows = Rows(INSTRUMENT, CODES, clusters=NAMES)

    found = scored(answers(), cluster="branch")

    for estimate, expected in zip(same_three(found), three_means(rows), strict=True):
        assert agrees(estimate, expected, len(BRANCHES) - 1)


def test_a_cluster_of_one_answer_each_is_plain_sampling():
    columns = {"id": labels(np.arange(N), tuple(map(str, range(N))))}
    codes = random_codes(INSTRUMENT, N, missing=0.0)

    single = scored(MemoryAnswers(INSTRUMENT, codes, columns=columns), cluster="id")
    plain = scored(MemoryAnswers(INSTRUMENT, codes))

    for one, other in zip(same_three(single), same_three(plain), strict=True):
        assert (one.low, one.t, one.df) == pytest.approx((other.low, other.t, other.df))


def test_weights_and_clusters_together():
    rows = Rows(INSTRUMENT, CODES, weights=WEIGHT, clusters=NAMES)

    found = scored(answers(), cluster="branch", weight="weight")

    for estimate, expected in zip(same_three(found), three_means(rows), strict=True):
        assert agrees(estimate, expected, len(BRANCHES) - 1)


def test_raked_means_use_weights_that_meet_both_margins():
    rows = Rows(INSTRUMENT, CODES, weights=raked_weights())

    found = scored(answers(), margins=MARGINS)

    for estimate, expected in zip(same_three(found), three_means(rows), strict=True):
        assert estimate.value == pytest.approx(expected.value, rel=1e-8)
        assert estimate.sd == pytest.approx(expected.sd, rel=1e-8, nan_ok=True) or np.isnan(
            expected.sd
        )


def raking_residuals(column: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return weighted residuals of the linearised mean on the margins' dummies (n,)."""
    has = ~np.isnan(column)
    mean = np.average(column[has], weights=weights[has])
    u = np.where(has, np.nan_to_num(column) - mean, 0.0) / weights[has].sum()
    dummies = np.column_stack([*(code == REGION for code in range(3)), AGE == 0]).astype(float)
    return weights * (u - dummies @ np.linalg.lstsq(dummies, u, rcond=None)[0])


def test_raked_means_have_the_error_of_raking_residuals():
    column = Rows(INSTRUMENT, CODES).gap(["d0_0", "d0_1", "d0_2"])
    scores = raking_residuals(column, raked_weights())
    n = np.count_nonzero(~np.isnan(column))

    gap = scored(answers(), margins=MARGINS).dimensions["d0"].gap

    error = np.sqrt(n / (n - 1) * np.sum((scores - scores.mean()) ** 2))
    assert gap.t == pytest.approx(gap.value / error, rel=1e-7)
    assert gap.df == n - 1


def test_raked_clusters_have_the_error_of_their_totals_of_residuals():
    column = Rows(INSTRUMENT, CODES).gap(["d0_0", "d0_1", "d0_2"])
    scores = raking_residuals(column, raked_weights())
    totals = np.array([scores[code == BRANCH].sum() for code in range(9)])

    gap = scored(answers(), margins=MARGINS, cluster="branch").dimensions["d0"].gap

    error = np.sqrt(9 / 8 * np.sum((totals - totals.mean()) ** 2))
    assert gap.t == pytest.approx(gap.value / error, rel=1e-7)
    assert gap.df == 8


def test_rank_tests_are_left_out_where_answers_are_not_alike():
    found = scored(answers(), cluster="branch")

    assert found.overall.mean_of_items.wilcoxon.reason == "not_independent"
    assert found.items["d0_0"].gap.wilcoxon.reason == "not_independent"


def test_answers_without_a_cluster_are_one_cluster_and_are_not_lost():
    some = np.where(BRANCH == 3, -1, BRANCH)
    columns = {"branch": labels(some, BRANCHES)}

    found = scored(MemoryAnswers(INSTRUMENT, CODES, columns=columns), cluster="branch")

    assert same_three(found) == same_three(scored(answers(part_rows=1000), cluster="branch"))


def test_answers_of_weight_0_count_for_nothing_but_n():
    rows = Rows(INSTRUMENT, np.ascontiguousarray(CODES[:, WEIGHT > 0]))

    found = scored(answers(), weight="weight")

    weighted = Rows(INSTRUMENT, rows.codes, weights=WEIGHT[WEIGHT > 0])
    assert found.dimensions["d0"].gap.value == pytest.approx(
        weighted.mean(weighted.gap(weighted.items("d0"))).value, rel=1e-9
    )


@pytest.mark.parametrize(
    "weights", [np.zeros(N), np.full(N, np.nan), np.full(N, -1.0), np.full(N, np.inf)]
)
def test_weights_that_can_be_no_weights_are_refused(weights):
    columns = {"weight": numbers(weights)}

    with pytest.raises(OptionRefused, match="weight"):
        scored(MemoryAnswers(INSTRUMENT, CODES, columns=columns), weight="weight")


def test_margins_that_no_weights_can_meet_are_refused():
    columns = {"region": labels(AGE, ("a", "b")), "age": COLUMNS["age"]}
    wanted = (Margin("region", {"a": 0.5, "b": 0.5}), Margin("age", {"old": 0.2, "young": 0.8}))

    with pytest.raises(OptionRefused, match="no weights agree"):
        scored(MemoryAnswers(INSTRUMENT, CODES, columns=columns), margins=wanted)


def test_a_column_may_weight_and_split_at_once():
    columns = {"stratum": numbers(np.arange(N) % 3 + 1.0)}

    found = scored(
        MemoryAnswers(INSTRUMENT, CODES, columns=columns), weight="stratum", by=("stratum",)
    )

    assert list(found.segments["stratum"].values) == ["1", "2", "3"]

"""Gap scores of answers with gaps, held to scores computed person by person."""

from __future__ import annotations

import numpy as np
import pytest
from made_answers import PAIRED, Scored, questionnaire, random_codes, scored
from rowwise import Mean, Rows
from scipy import stats

from fivegaps.io.answers import MemoryAnswers
from fivegaps.stats.estimate import Estimate, GapEstimate

INSTRUMENT = questionnaire(sizes=(3, 4, 1), extra=2)
N = 130
EXACT = {"rel": 1e-11, "abs": 1e-11}


@pytest.fixture(scope="module")
def rows() -> Rows:
    return Rows(INSTRUMENT, random_codes(INSTRUMENT, N, seed=5, missing=0.25))


@pytest.fixture(scope="module")
def found(rows: Rows) -> Scored:
    return scored(MemoryAnswers(INSTRUMENT, rows.codes, part_rows=17))


def agrees(estimate: Estimate | GapEstimate, expected: Mean) -> bool:
    """Value, n and interval are those of the plain computation."""
    reach = stats.t.ppf(0.975, expected.n - 1) * expected.error
    return (estimate.value, estimate.n, estimate.low, estimate.high) == (
        pytest.approx(expected.value, **EXACT),
        expected.n,
        pytest.approx(expected.value - reach, rel=1e-9),
        pytest.approx(expected.value + reach, rel=1e-9),
    )


@pytest.mark.parametrize("dimension", ["d0", "d1", "d2"])
def test_a_dimension_is_the_mean_over_who_answered_half_its_pairs(found, rows, dimension):
    expected = rows.mean(rows.gap(rows.items(dimension)))

    assert agrees(found.dimensions[dimension].gap, expected)


def test_half_the_pairs_are_enough_and_fewer_are_not():
    instrument = questionnaire(sizes=(4,), extra=0)
    answered = np.array([[1, 1, 0, 0], [1, 0, 0, 0]], dtype=np.uint8).T
    codes = np.concatenate([answered * 6, answered * 4])

    sums = scored(MemoryAnswers(instrument, codes)).sums.mean({"perception:dimension:d0": 1.0})

    assert (sums.n, sums.mean) == (1, 4.0)


def test_a_pair_needs_both_answers(found, rows):
    both = ~np.isnan(rows.values["expectation", "d0_1"] + rows.values["perception", "d0_1"])

    assert found.items["d0_1"].gap.n == both.sum() < N


@pytest.mark.parametrize("item", ["d0_0", "d1_3", "d2_0", "extra1"])
def test_an_item_is_the_mean_of_its_complete_pairs(found, rows, item):
    assert agrees(found.items[item].gap, rows.mean(rows.gap([item])))


def test_perception_less_expectation_is_the_gap_everywhere(found):
    for scores in (*found.dimensions.values(), *found.items.values()):
        assert scores.perception.value - scores.expectation.value == pytest.approx(
            scores.gap.value, abs=1e-12
        )
        assert scores.perception.n == scores.expectation.n == scores.gap.n


def test_the_mean_of_dimensions_takes_each_over_its_own_respondents(found, rows):
    expected = rows.mean(*(rows.gap(rows.items(d)) for d in ("d0", "d1", "d2")))

    assert agrees(found.overall.mean_of_dimensions, expected)


def test_the_mean_of_items_is_over_respondents_and_items_of_no_dimension(found, rows):
    assert agrees(found.overall.mean_of_items, rows.mean(rows.gap(rows.items(), half=False)))


def test_servperf_is_the_mean_perception_whether_or_not_expected(found, rows):
    alone = rows.scores(("perception",), rows.items(), half=False)["perception"]

    assert agrees(found.overall.servperf, rows.mean(alone))


@pytest.mark.parametrize("dimension", ["d0", "d1", "d2"])
def test_t_and_p_are_those_of_a_paired_t_test(found, rows, dimension):
    both = rows.scores(PAIRED, rows.items(dimension), half=True)
    scores = {battery: column[~np.isnan(column)] for battery, column in both.items()}

    expected = stats.ttest_rel(scores["perception"], scores["expectation"])

    gap = found.dimensions[dimension].gap
    assert (gap.t, gap.df, gap.p) == (
        pytest.approx(expected.statistic, rel=1e-9),
        expected.df,
        pytest.approx(expected.pvalue, rel=1e-8),
    )


@pytest.mark.parametrize("dimension", ["d0", "d1", "d2"])
def test_effect_sizes_are_those_of_the_respondents_scores(found, rows, dimension):
    both = rows.scores(PAIRED, rows.items(dimension), half=True)
    perception, expectation = both["perception"], both["expectation"]
    gap = perception - expectation

    estimate = found.dimensions[dimension].gap

    spread = (np.nanstd(perception, ddof=1) + np.nanstd(expectation, ddof=1)) / 2
    assert estimate.sd == pytest.approx(np.nanstd(gap, ddof=1), rel=1e-9)
    assert estimate.d_z == pytest.approx(np.nanmean(gap) / np.nanstd(gap, ddof=1), rel=1e-9)
    assert estimate.d_av == pytest.approx(np.nanmean(gap) / spread, rel=1e-9)


@pytest.mark.parametrize("dimension", ["d0", "d1", "d2"])
def test_wilcoxon_of_a_dimension_is_scipys_on_whole_numbers(found, rows, dimension):
    gap = rows.gap(rows.items(dimension))
    whole = np.rint(gap[~np.isnan(gap)] * 27_720).astype(int)

    expected = stats.wilcoxon(
        whole[whole != 0], correction=True, method="asymptotic", alternative="two-sided"
    )

    rank = found.dimensions[dimension].gap.wilcoxon
    below = rank.n_nonzero * (rank.n_nonzero + 1) / 2 - rank.v
    assert rank.n_nonzero == np.count_nonzero(whole)
    assert min(rank.v, below) == expected.statistic
    assert rank.p == pytest.approx(expected.pvalue, rel=1e-9)


@pytest.mark.parametrize("sizes", [(24,), (13, 5)])
def test_wilcoxon_does_not_break_ties_by_rounding(sizes):
    instrument = questionnaire(sizes=sizes, extra=0)
    rows = Rows(instrument, random_codes(instrument, 150, seed=4, missing=0.1))
    result = scored(MemoryAnswers(instrument, rows.codes))

    for rank, items in (
        (result.overall.mean_of_items.wilcoxon, rows.items()),
        (result.dimensions["d0"].gap.wilcoxon, rows.items("d0")),
    ):
        exact = [gap for gap in rows.exact_gaps(items) if gap != 0]
        ranks = stats.rankdata([float(abs(gap)) for gap in exact])
        positive = np.array([gap > 0 for gap in exact])
        assert (rank.n_nonzero, rank.v) == (len(exact), ranks[positive].sum())


@pytest.mark.parametrize("item", ["d0_0", "d1_3"])
def test_wilcoxon_of_an_item_is_scipys(found, rows, item):
    gap = rows.gap([item])
    moved = gap[~np.isnan(gap) & (gap != 0)]

    expected = stats.wilcoxon(moved, correction=True, method="asymptotic")

    rank = found.items[item].gap.wilcoxon
    assert rank.p == pytest.approx(expected.pvalue, rel=1e-9)
    assert rank.v == stats.rankdata(np.abs(moved))[moved > 0].sum()


def test_dimensions_carry_holm_and_items_benjamini_hochberg(found):
    by_dimension = np.array([d.gap.p for d in found.dimensions.values()])
    by_item = np.array([i.gap.p for i in found.items.values()])

    order = np.argsort(by_dimension)
    steps = np.maximum.accumulate(by_dimension[order] * (len(order) - np.arange(len(order))))
    holm = np.empty_like(steps)
    holm[order] = np.minimum(steps, 1)

    assert [d.gap.p_adjusted for d in found.dimensions.values()] == pytest.approx(holm)
    assert [i.gap.p_adjusted for i in found.items.values()] == pytest.approx(
        stats.false_discovery_control(by_item)
    )


def test_the_ceiling_is_the_share_of_answers_at_the_top(found, rows):
    given = np.concatenate([rows.values["expectation", i] for i in rows.items("d0")])

    ceiling = found.dimensions["d0"].ceiling["expectation"]

    assert ceiling.value == np.mean(given[~np.isnan(given)] == 7)
    assert ceiling.n == np.count_nonzero(~np.isnan(given))


def test_the_missing_share_counts_everybody(found, rows):
    missing = found.items["d1_2"].missing["perception"]

    assert missing.value == np.isnan(rows.values["perception", "d1_2"]).mean()
    assert missing.n == N


def test_complete_means_respondents_with_every_answer():
    codes = random_codes(INSTRUMENT, 400, seed=8, missing=0.05)
    complete = (codes > 0).all(axis=0)

    chosen = scored(MemoryAnswers(INSTRUMENT, codes, part_rows=33), missing="complete")
    only = scored(MemoryAnswers(INSTRUMENT, np.ascontiguousarray(codes[:, complete])))

    assert chosen.counts.read == 400
    assert chosen.counts.used == complete.sum()
    assert (chosen.overall, chosen.dimensions, chosen.items) == (
        only.overall,
        only.dimensions,
        only.items,
    )


@pytest.mark.parametrize("part_rows", [1, 7, 64, 1000])
def test_scores_do_not_depend_on_how_the_source_is_cut(found, rows, part_rows):
    again = scored(MemoryAnswers(INSTRUMENT, rows.codes, part_rows=part_rows))

    assert (again.overall, again.dimensions, again.items, again.without_flagged) == (
        found.overall,
        found.dimensions,
        found.items,
        found.without_flagged,
    )


@pytest.mark.parametrize("sizes", [(13, 2), (24,)])
def test_dimensions_of_many_items_are_right_to_the_unit_of_scores(sizes):
    instrument = questionnaire(sizes=sizes, extra=0)
    rows = Rows(instrument, random_codes(instrument, 60, seed=3, missing=0.2))

    gap = scored(MemoryAnswers(instrument, rows.codes)).dimensions["d0"].gap

    expected = rows.mean(rows.gap(rows.items("d0")))
    assert gap.n == expected.n
    assert gap.value == pytest.approx(expected.value, abs=1 / 27_720)
    assert gap.sd == pytest.approx(expected.sd, rel=1e-4)


@pytest.mark.parametrize("points", [(0, 1), (0, 10), (1, 10), (0, 20), (0, 100), (-3, 3)])
def test_scales_of_any_length_and_start_are_scored_in_their_own_points(points):
    instrument = questionnaire(sizes=(3, 4), points=points)
    rows = Rows(instrument, random_codes(instrument, 80, seed=2))

    result = scored(MemoryAnswers(instrument, rows.codes))

    expected = rows.mean(rows.gap(rows.items("d1")))
    perception = rows.mean(rows.scores(PAIRED, rows.items("d1"), half=True)["perception"])
    assert agrees(result.dimensions["d1"].gap, expected)
    assert agrees(result.dimensions["d1"].perception, perception)
    assert agrees(result.overall.mean_of_items, rows.mean(rows.gap(rows.items(), half=False)))


@pytest.mark.parametrize("points", [(1, 7), (0, 100)])
@pytest.mark.parametrize("level", [1, 4, 7])
def test_answers_that_do_not_vary_have_no_spread_at_all(points, level):
    instrument = questionnaire(points=points, sizes=(3, 7))
    codes = np.full((22, 77), level, dtype=np.uint8)
    codes[11:] += 1 if level < 7 else 0

    result = scored(MemoryAnswers(instrument, codes, part_rows=10))

    for gap in (result.overall.mean_of_dimensions, result.dimensions["d1"].gap):
        assert (gap.sd, gap.t, gap.p, gap.d_z) == (0.0, None, None, None)
        assert gap.low == gap.high == gap.value == (1.0 if level < 7 else 0.0)


def test_scores_ignore_the_order_of_items(rows, found):
    turned = questionnaire(sizes=(3, 4, 1), extra=2)
    half = len(INSTRUMENT.items)
    backwards = [*range(half - 1, -1, -1), *range(2 * half - 1, half - 1, -1)]
    turned = type(turned)(
        **{
            **{name: getattr(turned, name) for name in turned.__slots__},
            "items": turned.items[::-1],
        }
    )

    again = scored(MemoryAnswers(turned, np.ascontiguousarray(rows.codes[backwards])))

    assert again.overall.mean_of_items == found.overall.mean_of_items
    for dimension in found.dimensions:
        assert again.dimensions[dimension].gap.value == found.dimensions[dimension].gap.value

"""Gap 1 agrees with what NumPy and SciPy make of the same answers."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import DIMENSIONS, answers, company, dimensions, items, scores
from scipy import stats

from fivegaps.diagnosis.waves import measure_wave


def gap1(found):
    return measure_wave(found, "2025").gaps.gaps.gap1


def test_a_dimension_is_the_welch_difference_of_two_samples(tmp_path):
    rng = np.random.default_rng(1)
    managers, customers = answers(rng, 9, 6.2, missing=0.1), answers(rng, 60, 5.8, missing=0.2)

    found = gap1(company(tmp_path, managers=items("e", managers), customers=items("e", customers)))

    for dimension in DIMENSIONS:
        ours, theirs = scores(managers, dimension), scores(customers, dimension)
        expected = stats.ttest_ind(ours, theirs, equal_var=False)
        interval = expected.confidence_interval()
        gap = found.surveyed.dimensions[dimension]
        assert gap.value == pytest.approx(ours.mean() - theirs.mean())
        assert (gap.low, gap.high) == pytest.approx((interval.low, interval.high))
        assert gap.p == pytest.approx(expected.pvalue)


def test_an_item_is_compared_over_who_answered_it(tmp_path):
    rng = np.random.default_rng(2)
    managers, customers = answers(rng, 12, 6.0, missing=0.2), answers(rng, 50, 6.0, missing=0.2)

    found = gap1(company(tmp_path, managers=items("e", managers), customers=items("e", customers)))

    expected = np.nanmean(managers[:, 3]) - np.nanmean(customers[:, 3])
    assert found.surveyed.items["rel2"].value == pytest.approx(expected)


def test_the_whole_is_the_mean_of_dimensions(tmp_path):
    rng = np.random.default_rng(3)
    managers, customers = answers(rng, 9, 6.2), answers(rng, 60, 5.8)

    found = gap1(company(tmp_path, managers=items("e", managers), customers=items("e", customers)))

    own = [
        np.mean([scores(side, one) for one in DIMENSIONS], axis=0) for side in (managers, customers)
    ]
    interval = stats.ttest_ind(*own, equal_var=False).confidence_interval()
    overall = found.surveyed.overall
    assert overall.value == pytest.approx(own[0].mean() - own[1].mean())
    assert (overall.low, overall.high) == pytest.approx((interval.low, interval.high))


def test_a_census_of_managers_leaves_the_customers_error_alone(tmp_path):
    rng = np.random.default_rng(4)
    managers, customers = answers(rng, 9, 6.2), answers(rng, 60, 5.8)

    found = gap1(
        company(
            tmp_path, census=True, managers=items("e", managers), customers=items("e", customers)
        )
    )

    theirs = scores(customers, "reliability")
    reach = stats.t.ppf(0.975, 59) * theirs.std(ddof=1) / np.sqrt(60)
    gap = found.surveyed.dimensions["reliability"]
    assert found.census
    assert gap.high - gap.value == pytest.approx(reach)
    assert gap.value - gap.low == pytest.approx(reach)


def test_several_units_are_clusters(tmp_path):
    rng = np.random.default_rng(5)
    unit = np.repeat(np.arange(8), 10)
    customers = np.clip(answers(rng, 80, 5.0) + (unit % 3 - 1)[:, None], 1, 7)
    managers = answers(rng, 8, 6.2)

    found = gap1(
        company(
            tmp_path,
            managers={**items("e", managers), "unit": [f"u{one}" for one in range(8)]},
            customers={**items("e", customers), "unit": [f"u{one}" for one in unit]},
        )
    )

    theirs, ours = scores(customers, "tangibles"), scores(managers, "tangibles")
    of_units = np.array([theirs[unit == one].mean() for one in range(8)])
    errors = of_units.var(ddof=1) / 8, ours.var(ddof=1) / 8
    gap = found.surveyed.dimensions["tangibles"]
    assert gap.value / gap.t == pytest.approx(np.sqrt(sum(errors)))
    assert gap.df == pytest.approx(sum(errors) ** 2 / sum(error**2 / 7 for error in errors))


def test_too_few_managers_are_withheld(tmp_path):
    rng = np.random.default_rng(6)
    managers, customers = answers(rng, 2, 6.2), answers(rng, 60, 5.8)

    found = gap1(company(tmp_path, managers=items("e", managers), customers=items("e", customers)))

    figures = (
        found.surveyed.overall,
        *found.surveyed.dimensions.values(),
        *found.surveyed.items.values(),
        *found.surveyed.sides["managers"].items.values(),
        found.rank_agreement,
    )
    assert {figure.reason for figure in figures} == {"small_cell"}


def test_points_are_compared_after_rescaling(tmp_path):
    rng = np.random.default_rng(7)
    ours = [(30, 30, 20, 10, 10), (10, 40, 30, 10, 10), (19, 19, 19, 19, 19), (50, 5, 5, 5, 5)]
    theirs = [(20, 30, 20, 20, 10)] * 5 + [(10, 40, 20, 20, 10)] * 5

    found = gap1(
        company(
            tmp_path,
            managers={**items("e", answers(rng, 4, 6)), **dimensions("w", ours)},
            customers={**items("e", answers(rng, 10, 6)), **dimensions("w", theirs)},
        )
    )

    assert found.weights["tangibles"].value == pytest.approx((30 + 10 + 20) / 3 - 15)
    assert found.weights["tangibles"].n == 3 + 10


def test_rank_agreement_is_spearmans_over_items(tmp_path):
    rng = np.random.default_rng(8)
    managers, customers = answers(rng, 9, 5.5), answers(rng, 60, 5.5)

    found = gap1(company(tmp_path, managers=items("e", managers), customers=items("e", customers)))

    expected = stats.spearmanr(managers.mean(axis=0), customers.mean(axis=0)).statistic
    assert found.rank_agreement.value == pytest.approx(expected)
    assert found.rank_agreement.low < expected < found.rank_agreement.high


def test_without_managers_it_is_not_asked(tmp_path):
    rng = np.random.default_rng(9)

    found = gap1(company(tmp_path, customers=items("e", answers(rng, 20, 6))))

    assert found.surveyed.overall.reason == "not_asked"
    assert found.surveyed.dimensions["empathy"].reason == "not_asked"

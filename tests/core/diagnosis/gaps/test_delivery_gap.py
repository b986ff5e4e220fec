"""Gap 3: standards as observed, and sources beside one another."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items
from scipy import stats

from fivegaps.diagnosis.shares import mean_shortfall
from fivegaps.diagnosis.waves import measure_wave
from fivegaps.stats.intervals import wilson


def gap3(found):
    return measure_wave(found, "2025").gaps.gaps.gap3


def customers(n=10):
    return items("p", answers(np.random.default_rng(0), n, 5))


STANDARDS = {
    "standard": ["wait", "right", "vague"],
    "text": ["a", "b", "c"],
    "items": ["res1;rel1", "rel1", "emp1"],
    "comparison": ["at_most", "at_least", "at_least"],
    "target": [5, 90, None],
    "tolerance": [1, None, None],
}


def observations(**columns):
    n = len(columns["standard"])
    return {"wave": ["2025"] * n, **columns}


def test_a_value_within_its_tolerance_meets_the_standard(tmp_path):
    seen = observations(standard=["wait"] * 5, value=[5, 6, 6.1, 4, 9])

    found = gap3(
        company(tmp_path, customers=customers(), standards=STANDARDS, observations=seen)
    ).measured.standards["wait"]

    low, high = wilson(3, 5)
    assert found.conformance.value == pytest.approx(3 / 5)
    assert (found.shortfall.low, found.shortfall.high) == pytest.approx((low - 1, high - 1))


def test_a_difference_is_turned_so_that_worse_is_negative(tmp_path):
    seen = observations(standard=["wait"] * 3 + ["right"] * 2, value=[5, 6, 10, 80, 95])

    found = gap3(
        company(tmp_path, customers=customers(), standards=STANDARDS, observations=seen)
    ).measured.standards

    reach = stats.t.ppf(0.975, 2) * np.std([0, 1, 5], ddof=1) / np.sqrt(3)
    assert found["wait"].difference.value == pytest.approx(-2)
    assert found["wait"].difference.high == pytest.approx(-2 + reach)
    assert found["right"].difference.value == pytest.approx(-2.5)


def test_counts_are_judged_already(tmp_path):
    seen = observations(standard=["wait", "vague"], met=[81, 3], n=[263, 4])

    found = gap3(
        company(tmp_path, customers=customers(), standards=STANDARDS, observations=seen)
    ).measured.standards

    conformance = found["wait"].conformance
    assert (conformance.low, conformance.high) == pytest.approx((0.25529, 0.36621), abs=1e-5)
    assert found["wait"].difference.reason == "only_counts"
    assert found["vague"].conformance.value == pytest.approx(0.75)


def test_a_dimension_is_the_mean_over_its_items_standards(tmp_path):
    seen = observations(standard=["wait", "right"], met=[6, 9], n=[10, 10])

    found = gap3(
        company(tmp_path, customers=customers(), standards=STANDARDS, observations=seen)
    ).measured

    assert found.dimensions["responsiveness"].value == pytest.approx(-0.4)
    assert found.dimensions["reliability"].value == pytest.approx((-0.4 - 0.1) / 2)
    assert found.dimensions["empathy"].reason == "not_observed"
    assert found.overall.value == pytest.approx((-0.4 - 0.25) / 2)


def test_a_mean_shortfall_covers_its_truth():
    """Nineteen in twenty intervals of a mean of two shares hold the true mean."""
    rng = np.random.default_rng(5)
    met = rng.binomial(30, 0.95, 400), rng.binomial(50, 0.7, 400)
    found = [
        mean_shortfall([((int(a), 30), 1.0), ((int(b), 50), 1.0)], confidence=0.95)
        for a, b in zip(*met, strict=True)
    ]

    held = np.mean([one.low <= (0.95 + 0.7) / 2 - 1 <= one.high for one in found])
    assert stats.binom.ppf(0.0005, 400, 0.95) / 400 <= held


def test_an_observation_without_wave_belongs_by_its_date(tmp_path):
    seen = {
        "standard": ["wait", "wait"], "date": ["2025-05-01", "2024-01-01"], "value": [5, 9],
    }  # fmt: skip
    found = company(tmp_path, customers=customers(), standards=STANDARDS, observations=seen)

    assert gap3(found).measured.standards["wait"].conformance.n == 2


def test_support_staff_do_not_rate_delivery(tmp_path):
    staff = {
        "role": ["contact"] * 6 + ["support"] * 3,
        **dimensions("d", [(4, 4, 4, 4, 4), (6, 6, 6, 6, 6)] * 3 + [(1, 1, 1, 1, 1)] * 3),
    }

    found = gap3(company(tmp_path, customers=customers(), employees=staff)).self_rated

    assert found.dimensions["empathy"].value == -2
    assert found.overall.n == 6


def test_four_employees_are_withheld(tmp_path):
    staff = dimensions("d", [(5, 5, 5, 5, 5)] * 4)

    found = gap3(company(tmp_path, customers=customers(), employees=staff)).self_rated

    assert {one.reason for one in (found.overall, *found.dimensions.values())} == {"small_cell"}


def sources(tmp_path, units):
    rng = np.random.default_rng(3)
    ids = [f"u{one}" for one in range(units)]
    unit = np.repeat(np.arange(units), 6)
    staff = np.clip(np.rint(rng.normal(4, 1, (len(unit), 5)) + unit[:, None] / 4), 1, 7)
    perceived = np.clip(answers(rng, len(unit), 4) + np.rint(unit / 6)[:, None], 1, 7)
    seen = observations(
        standard=["wait"] * units, unit=ids, met=rng.integers(0, 20, units), n=[20] * units
    )
    met = np.array(seen["met"])
    found = gap3(
        company(
            tmp_path,
            standards=STANDARDS,
            observations=seen,
            customers={**items("p", perceived), "unit": [ids[one] for one in unit]},
            employees={
                **dimensions("d", staff.astype(int).tolist()),
                "unit": [ids[one] for one in unit],
            },
        )
    ).sources_agree
    return found, met, staff.mean(axis=1).reshape(units, 6).mean(axis=1)


def test_sources_agree_by_rank_over_units(tmp_path):
    found, met, rated = sources(tmp_path, 12)

    expected = stats.spearmanr(np.round(rated, 6), met).statistic
    assert found["self_rated|conformance"].value == pytest.approx(expected)
    assert found["self_rated|conformance"].n == 12
    assert set(found) == {
        "self_rated|conformance", "self_rated|perception", "conformance|perception",
    }  # fmt: skip


def test_nine_units_cannot_tell_whether_sources_agree(tmp_path):
    found, _, _ = sources(tmp_path, 9)

    assert {one.reason for one in found.values()} == {"too_few_units"}

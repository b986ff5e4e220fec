"""Where the gaps are largest, and how they go with gap 5 across units."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import answers, company, dimensions, items
from scipy import stats

from fivegaps.diagnosis.gaps.located import tied
from fivegaps.diagnosis.results import Located
from fivegaps.diagnosis.waves import measure_wave


def located(dimension, size, reach):
    return Located("2025", 3, dimension, size, size - reach, size + reach, (), 10)


def test_overlapping_intervals_are_tied():
    found = tied([located("a", 1.0, 0.2), located("b", 3.0, 0.5), located("c", 1.3, 0.2)])

    assert [one.dimension for one in found] == ["b", "c", "a"]
    assert [one.tied_with for one in found] == [(), ("gap3.a",), ("gap3.c",)]


def test_a_rating_is_standardised_by_its_raters(tmp_path):
    staff = [(3, 7, 7, 7, 7), (5, 7, 7, 7, 6), (4, 7, 6, 7, 7), (4, 6, 7, 7, 7), (4, 7, 7, 7, 7)]
    found = measure_wave(
        company(
            tmp_path,
            customers=items("e", answers(np.random.default_rng(0), 9, 6)),
            employees=dimensions("d", staff),
        ),
        "2025",
    ).largest

    assert (found[0].gap, found[0].dimension) == (3, "tangibles")
    assert found[0].standardised == pytest.approx(3 / np.std([3, 5, 4, 4, 4], ddof=1))
    assert all(one.dimension != "assurance" for one in found)


def test_gap_1_counts_by_its_absolute_size(tmp_path):
    rng = np.random.default_rng(1)
    customers, managers = answers(rng, 80, 5), answers(rng, 12, 5)
    managers[:, 7] = [7, 7, 6, 7, 7, 7, 7, 6, 7, 7, 7, 7]
    measured = measure_wave(
        company(tmp_path, customers=items("e", customers), managers=items("e", managers)), "2025"
    )

    gap = measured.gaps.gaps.gap1.surveyed.dimensions["empathy"]
    first = measured.largest[0]
    assert (first.gap, first.dimension) == (1, "empathy")
    assert first.standardised == pytest.approx(gap.value / gap.sd)
    assert all(one.low >= 0 for one in measured.largest)


def test_gaps_are_related_to_gap_5_across_units(tmp_path):
    rng = np.random.default_rng(2)
    unit = np.repeat(np.arange(12), 6)
    ids = [f"u{one}" for one in unit]
    perceived = np.clip(answers(rng, 72, 3) + (unit // 4)[:, None], 1, 7)
    expected = answers(rng, 72, 6)
    staff = np.clip(np.rint(rng.normal(3, 1.2, (72, 5)) + (unit // 4)[:, None]), 1, 7).astype(int)
    measured = measure_wave(
        company(
            tmp_path,
            customers={**items("e", expected), **items("p", perceived), "unit": ids},
            employees={**dimensions("d", staff.tolist()), "unit": ids},
        ),
        "2025",
    ).gaps

    gaps = [measured.units[f"u{one}"].gaps for one in range(12)]
    rated = [one.gap3.self_rated.overall.value for one in gaps]
    felt = [one.gap5.surveyed.overall.value for one in gaps]
    line = stats.linregress(rated, felt)
    found = measured.relations["gap3"]
    assert found.units == 12
    assert found.slope.value == pytest.approx(line.slope)
    assert found.slope.high - found.slope.value == pytest.approx(
        stats.t.ppf(0.975, 10) * line.stderr
    )
    assert measured.relations["gap1"].rank_correlation.reason == "too_few_units"

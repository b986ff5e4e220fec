"""Gap 5 of a company agrees with analyze; that of units with their own rows."""

from __future__ import annotations

import numpy as np
import pytest
from measured_companies import ITEMS, answers, company, dimensions, items, scores

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.options import Options
from fivegaps.diagnosis.waves import measure_wave

FIGURES = ("value", "low", "high", "n", "sd", "t", "df", "p", "p_adjusted", "d_z", "d_av")


def bank(tmp_path, *, units=6, missing=0.1):
    rng = np.random.default_rng(4)
    n = units * 15
    unit = rng.permutation(np.repeat(np.arange(units), 15))
    expected, perceived = answers(rng, n, 6, missing=missing), answers(rng, n, 5, missing=missing)
    points = np.tile([20, 30, 20, 20, 10], (n, 1))
    points[: n // 2] = [10, 40, 20, 20, 10]
    found = company(
        tmp_path,
        units={
            "unit": ["all", *(f"u{one}" for one in range(units))],
            "parent": ["", *["all"] * units],
        },
        customers={
            **items("e", expected), **items("p", perceived), **dimensions("w", points.tolist()),
            "unit": [f"u{one}" for one in unit], "channel": ["web", "desk"] * (n // 2),
            "o_satisfaction": rng.integers(1, 8, n),
        },
    )  # fmt: skip
    return found, unit, expected, perceived


def same(one, other, names=FIGURES):
    for name in names:
        ours, theirs = getattr(one, name), getattr(other, name)
        assert ours == theirs if theirs is None else ours == pytest.approx(theirs, rel=1e-9), name


@pytest.mark.parametrize(("units", "cluster"), [(6, "unit"), (4, None)])
def test_the_whole_agrees_with_analyze(tmp_path, units, cluster):
    found, *_ = bank(tmp_path, units=units)

    ours = measure_wave(found, "2025").gaps.gaps.gap5.surveyed

    theirs = analyze(found.customers("2025"), Options(cluster=cluster, replicates=100))
    for name in ("mean_of_dimensions", "mean_of_items", "weighted"):
        same(getattr(ours.overall, name), getattr(theirs.overall, name))
    same(ours.overall.servperf, theirs.overall.servperf, FIGURES[:4])
    for dimension, scored in theirs.dimensions.items():
        same(ours.dimensions[dimension].gap, scored.gap)
        same(ours.dimensions[dimension].expectation, scored.expectation, FIGURES[:4])
        assert ours.dimensions[dimension].gap.wilcoxon == scored.gap.wilcoxon
        assert ours.dimensions[dimension].ceiling == scored.ceiling
    for item, scored in theirs.items.items():
        same(ours.items[item].gap, scored.gap)
        same(ours.items[item].perception, scored.perception, FIGURES[:4])
        assert ours.items[item].missing == scored.missing


def test_a_unit_is_its_own_customers(tmp_path):
    found, unit, expected, perceived = bank(tmp_path, missing=0.0)

    ours = measure_wave(found, "2025").gaps.units["u2"].gaps.gap5.surveyed

    gaps = (perceived - expected)[unit == 2]
    own = scores(gaps, "reliability")
    assert ours.n == 15
    assert ours.dimensions["reliability"].gap.value == pytest.approx(own.mean())
    assert ours.dimensions["reliability"].gap.sd == pytest.approx(own.std(ddof=1))
    assert ours.items["rel2"].gap.value == pytest.approx(gaps[:, ITEMS.index("rel2")].mean())
    assert ours.items["rel2"].gap.sd == pytest.approx(gaps[:, ITEMS.index("rel2")].std(ddof=1))


def test_a_unit_holds_the_units_under_it(tmp_path):
    found, *_ = bank(tmp_path)

    measured = measure_wave(found, "2025").gaps

    top, whole = measured.units["all"].gaps.gap5.surveyed, measured.gaps.gap5.surveyed
    assert top.n == 90
    same(top.overall, whole.overall.mean_of_dimensions, ("value", "low", "high", "n"))
    same(top.items["emp1"].gap, whole.items["emp1"].gap, ("value", "low", "high", "n"))


def test_four_customers_of_a_unit_are_withheld(tmp_path):
    rng = np.random.default_rng(2)
    some = company(
        tmp_path,
        customers={
            **items("e", answers(rng, 24, 6)), **items("p", answers(rng, 24, 5)),
            "unit": ["small"] * 4 + ["large"] * 20,
        },
    )  # fmt: skip

    small = measure_wave(some, "2025").gaps.units["small"]

    figures = (small.gaps.gap5.surveyed.overall, small.gaps.gap5.surveyed.items["emp1"].gap)
    assert {one.reason for one in figures} == {"small_cell"}
    assert "customers" not in small.asked


def test_units_and_channels_stand_side_by_side(tmp_path):
    found, *_ = bank(tmp_path)

    segments = measure_wave(found, "2025").gaps.segments

    assert set(segments["unit"].values) == {f"u{one}" for one in range(6)}
    assert segments["channel"].values["web"].n == 45
    assert set(segments["channel"].dimensions) == set(found.dimension_ids)


def test_outcomes_are_told_for_the_whole_and_for_units(tmp_path):
    found, unit, *_ = bank(tmp_path)

    measured = measure_wave(found, "2025").gaps

    assert measured.outcomes["satisfaction"].n == 90
    assert measured.units["u1"].outcomes["satisfaction"].n == int((unit == 1).sum())


def test_four_customers_in_all_are_withheld(tmp_path):
    rng = np.random.default_rng(2)
    some = company(
        tmp_path, customers={**items("e", answers(rng, 4, 6)), **items("p", answers(rng, 4, 5))}
    )

    whole = measure_wave(some, "2025").gaps.gaps.gap5.surveyed

    figures = (
        whole.overall.mean_of_dimensions,
        whole.overall.servperf,
        whole.dimensions["empathy"].gap,
        whole.dimensions["empathy"].ceiling["expectation"],
        whole.items["emp1"].missing["perception"],
    )
    assert {one.reason for one in figures} == {"small_cell"}

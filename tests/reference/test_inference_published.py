"""Adjustment, Wilson, raking and sample sizes against published figures (method.md 5, T10)."""

import csv
from collections import Counter, defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from fivegaps.stats.adjust import benjamini_hochberg, holm
from fivegaps.stats.intervals import wilson
from fivegaps.stats.linearised import CellSums, clustered_mean, raked_mean
from fivegaps.stats.planning import (
    margin_of_share,
    plan_comparison,
    plan_reliability,
    plan_share,
)
from fivegaps.stats.weights import Margin, Raking, rake

APICLUS1 = Path(__file__).parents[1] / "data" / "reference" / "apiclus1.csv"
STYPE = Margin("stype", {"E": 4421, "H": 755, "M": 1018})
WIDE = Margin("sch.wide", {"No": 1072, "Yes": 5122})

# Benjamini & Hochberg 1995, J. R. Statist. Soc. B 57, section 3.2: fifteen p-values.
HEART = (
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459),
    *(0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
)


def test_benjamini_hochberg_rejects_four_of_its_own_example():
    assert int((benjamini_hochberg(HEART) <= 0.05).sum()) == 4


def test_holm_rejects_three_of_the_same_example():
    assert int((holm(HEART) <= 0.05).sum()) == 3


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_agrees_with_newcombe(k, n, low, high):
    """Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3."""
    assert wilson(k, n) == pytest.approx((low, high), abs=5e-5)


def test_wilson_has_five_figures_of_81_of_263():
    """Method.md 5, T10."""
    assert wilson(81, 263) == pytest.approx((0.25529, 0.36621), abs=5e-6)


def _rows() -> list[dict[str, str]]:
    with APICLUS1.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _raked(*margins: Margin) -> tuple[Raking, Callable[[dict[str, str]], tuple[str, ...]]]:
    def cell(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[margin.column] for margin in margins)

    return rake(Counter(map(cell, _rows())), margins), cell


def _api00(raking: Raking, cell: Callable[[dict[str, str]], tuple[str, ...]]) -> CellSums:
    values, squares = defaultdict(float), defaultdict(float)
    for row in _rows():
        values[cell(row)] += float(row["api00"])
        squares[cell(row)] += float(row["api00"]) ** 2
    return CellSums(
        answered=raking.counts.astype(float),
        values=np.array([values[name] for name in raking.cells]),
        squares=np.array([squares[name] for name in raking.cells]),
    )


def test_raking_has_the_converged_weights_of_survey():
    """R survey 4.1-1, rake(svydesign(ids = ~1, data = apiclus1)), run to 1e-6."""
    raking, _ = _raked(STYPE, WIDE)

    assert raking.by_cell() == pytest.approx(
        {
            ("E", "No"): 39.83924,
            ("E", "Yes"): 29.87068,
            ("H", "No"): 67.12553,
            ("H", "Yes"): 50.32940,
            ("M", "No"): 49.06907,
            ("M", "Yes"): 36.79102,
        },
        abs=5e-6,
    )
    assert raking.deff == pytest.approx(1.051657, abs=5e-7)


def test_a_raked_mean_has_the_standard_error_of_survey():
    """R survey 4.1-1: svymean(~api00, raked) 641.23, SE 7.7788."""
    raking, cell = _raked(STYPE, WIDE)

    mean = raked_mean(raking, _api00(raking, cell))

    assert mean.mean == pytest.approx(641.23, abs=5e-3)
    assert mean.standard_error == pytest.approx(7.7788, abs=5e-5)


def test_a_post_stratified_mean_has_the_standard_error_of_survey():
    """R survey 4.1-1: svymean(~api00, postStratify(design, ~stype, ...)) 642.31, SE 7.8418."""
    raking, cell = _raked(STYPE)

    mean = raked_mean(raking, _api00(raking, cell))

    assert mean.mean == pytest.approx(642.31, abs=5e-3)
    assert mean.standard_error == pytest.approx(7.8418, abs=5e-5)


def test_a_clustered_mean_agrees_with_the_sandwich_by_hand():
    """Cochran 1977, chapter 6, f = 0: ratio of cluster totals to cluster sizes."""
    totals, sizes = defaultdict(float), Counter()
    for row in _rows():
        totals[row["dnum"]] += float(row["api00"])
        sizes[row["dnum"]] += 1
    x = np.array(list(totals.values()))
    m = np.array([sizes[name] for name in totals], dtype=float)
    squares = sum(float(row["api00"]) ** 2 for row in _rows())

    mean = clustered_mean(m, x, n=183, squares=squares)

    ratio = x.sum() / m.sum()
    error = np.sqrt(((x - ratio * m) ** 2).sum() / (m.size * (m.size - 1))) / m.mean()
    assert mean.mean == pytest.approx(ratio)
    assert mean.standard_error == pytest.approx(error)
    assert mean.df == 14


@pytest.mark.parametrize(("margin", "n0", "n"), [(0.05, 384.16, 385), (0.03, 1067.1, 1068)])
def test_a_share_needs_the_textbook_number_of_answers(margin, n0, n):
    """Cochran 1977, section 4.4; the textbook rounds z to 1.96."""
    plan = plan_share(margin=margin)

    assert plan.n0 == pytest.approx(n0, rel=1e-4)
    assert plan.n == n


def test_fifty_thousand_answers_leave_under_half_a_point():
    """Method.md 3.5: ± 0.44 points."""
    assert margin_of_share(50_000).margin == pytest.approx(0.0044, abs=5e-5)


@pytest.mark.parametrize(("icc", "n0", "n"), [(0.061, 138.5, 139), (0.034, 255.7, 256)])
def test_a_reliable_mean_needs_the_published_number_of_answers(icc, n0, n):
    """Fenton et al. 2017: 138 and 255 for .90, rounded down; rounding up is right."""
    plan = plan_reliability(icc=icc, reliability=0.9)

    assert plan.n0 == pytest.approx(n0, abs=0.05)
    assert plan.n == n


@pytest.mark.parametrize(
    ("difference", "power", "n"), [(1.0, 0.9, 23), (0.5, 0.8, 64), (1.0, 0.8, 17)]
)
def test_a_comparison_needs_as_many_as_power_t_test_says(difference, power, n):
    """R 4.2.2: power.t.test(delta, sd = 1, power): n = 22.02, 63.77, 16.71; Cohen 1988."""
    assert plan_comparison(difference=difference, sd=1, power=power).n == n

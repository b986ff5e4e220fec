"""Gaps of the kiosk answers against method.md 5, T1.

Origin: 194 cleaned answers of hanakim120/kiosk-servqual-research (MIT); figures by R
4.2.2 (t.test paired, wilcox.test on whole sums, p.adjust), "[C]" in T1.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from fivegaps.scoring.importance_performance import ItemStanding, importance_performance
from fivegaps.stats.adjust import benjamini_hochberg, holm
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import gap_estimate

KIOSK = Path(__file__).parents[2] / "examples" / "kiosk" / "kiosk.csv"
SECURITY = (19, 20, 21)


def _columns(letter: str, items: range | tuple[int, ...]) -> np.ndarray:
    with KIOSK.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return np.array([[int(row[f"{letter}{item}"]) for item in items] for row in rows])


def _gap(items: tuple[int, ...]) -> GapEstimate:
    perception, expectation = _columns("P", items), _columns("E", items)
    sums = (perception - expectation).sum(axis=1)
    scores = sums / len(items)
    values, counts = np.unique(sums, return_counts=True)
    return gap_estimate(
        n=scores.size,
        mean=float(scores.mean()),
        variance=float(scores.var(ddof=1)),
        sd_perception=float(perception.mean(axis=1).std(ddof=1)),
        sd_expectation=float(expectation.mean(axis=1).std(ddof=1)),
        frequencies=(values, counts),
    )


@pytest.fixture(scope="module")
def items() -> list[GapEstimate]:
    return [_gap((item,)) for item in range(1, 25)]


def test_item_1_has_the_published_gap_t_and_effect(items):
    gap = items[0]

    assert gap.value == pytest.approx(-0.5825, abs=5e-5)
    assert gap.t == pytest.approx(-7.4777, abs=5e-5)
    assert gap.d_z == pytest.approx(-0.5369, abs=5e-5)


def test_item_4_is_above_expectation(items):
    assert items[3].value == pytest.approx(0.3093, abs=5e-5)
    assert items[3].t == pytest.approx(2.9151, abs=5e-5)


def test_item_20_has_the_largest_shortfall(items):
    assert items[19].value == pytest.approx(-1.9278, abs=5e-5)
    assert items[19].t == pytest.approx(-17.0091, abs=5e-5)


def test_item_4_keeps_its_p_after_benjamini_hochberg_and_holm(items):
    p = [gap.p for gap in items]

    assert benjamini_hochberg(p)[3] == pytest.approx(0.0045, abs=5e-5)
    assert holm(p)[3] == pytest.approx(0.0159, abs=5e-5)


def test_only_items_5_6_and_22_do_not_differ_from_zero(items):
    adjusted = benjamini_hochberg([gap.p for gap in items])

    assert [place + 1 for place, p in enumerate(adjusted) if p >= 0.05] == [5, 6, 22]


def test_security_has_the_published_t_and_interval():
    gap = _gap(SECURITY)

    assert gap.value == pytest.approx(-1.80928, abs=5e-6)
    assert gap.t == pytest.approx(-18.5564, abs=5e-5)
    assert gap.df == 193
    assert (gap.low, gap.high) == pytest.approx((-2.00158, -1.61697), abs=5e-6)


def test_security_has_both_effect_sizes():
    gap = _gap(SECURITY)

    assert gap.d_z == pytest.approx(-1.33227, abs=5e-6)
    assert gap.d_av == pytest.approx(-1.98302, abs=5e-6)


def test_security_has_the_signed_ranks_of_whole_sums():
    test = _gap(SECURITY).wilcoxon

    assert test is not None
    assert test.v == 51.5
    assert test.n_nonzero == 168
    assert test.p == pytest.approx(5.685e-29, rel=1e-3)


def test_the_mean_over_items_has_the_published_t():
    gap = _gap(tuple(range(1, 25)))

    assert gap.value == pytest.approx(-1.15936, abs=5e-6)
    assert gap.t == pytest.approx(-19.6126, abs=5e-5)


def _standing(importance: float, satisfaction: float) -> ItemStanding:
    return ItemStanding(
        performance=Estimate(satisfaction, None, None, 194, "mean"),
        stated=Estimate(importance, None, None, 194, "mean"),
    )


def test_the_grid_puts_the_published_items_under_concentrate_and_low():
    importance = _columns("I", range(1, 25)).mean(axis=0)
    satisfaction = _columns("S", range(1, 25)).mean(axis=0)
    standings = {
        str(item + 1): _standing(importance[item], satisfaction[item]) for item in range(24)
    }

    grid = importance_performance(standings, performance_battery="satisfaction")

    quadrants = {name: item.quadrant_stated for name, item in grid.items.items()}
    concentrate = {"7", "10", "11", "16", "23"}
    low = {"4", "5", "6", "12", "15", "22", "24"}
    assert {
        name for name, quadrant in quadrants.items() if quadrant == "concentrate"
    } == concentrate
    assert {name for name, quadrant in quadrants.items() if quadrant == "low"} == low
    assert set(quadrants.values()) == {"concentrate", "low", "keep"}
    assert grid.crosshairs.stated == pytest.approx(5.89626, abs=5e-6)
    assert grid.crosshairs.performance == pytest.approx(4.91774, abs=5e-6)

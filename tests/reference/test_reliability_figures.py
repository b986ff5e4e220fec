"""Reliability against printed figures of R's psych, pingouin and the kiosk study."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fivegaps.model.instrument import Battery, Dimension, Instrument, Item
from fivegaps.psychometrics.reliability import (
    alpha,
    difference_reliability,
    item_reliability,
    reliability,
)
from fivegaps.stats.consistency import alpha as alpha_of
from fivegaps.stats.counts.columns import Columns
from fivegaps.stats.counts.gaps import Gaps
from fivegaps.stats.counts.moments import Moments

ROOT = Path(__file__).parents[2]
KIOSK_DIMENSIONS = {
    "tangibles": (4, 5, 6, 22),
    "security": (19, 20, 21),
    "economy": (10, 11, 18),
    "convenience": (13, 14, 15, 16, 17),
    "reliability": (1, 2, 3),
    "control": (7, 8),
}

# pingouin 0.5, dataset cronbach_wide_missing (BSD licence): 12 people, 11 questions, 0/1.
WIDE = """
1 1 1 1 1 1 1 1 1 1 1
1 1 1 1 1 1 1 1 0 1 0
. 0 1 1 . 1 1 1 1 0 0
1 1 1 0 1 1 0 1 1 0 0
1 1 1 1 1 0 0 0 1 0 0
0 1 . 0 1 1 1 1 0 0 0
1 1 1 1 0 0 1 0 0 0 0
1 1 1 1 1 0 0 0 0 0 0
0 1 0 1 1 0 0 0 0 1 0
1 0 0 1 0 1 0 0 . 0 0
1 1 1 0 0 0 0 0 0 0 0
1 0 0 1 0 0 0 0 0 0 0
"""

# pingouin 0.5, dataset cronbach_alpha: a question a line, 15 people.
LONG = """
3 5 7 2 6 1 4 2 6 5 4 4 5 6 4
2 4 3 4 5 2 3 4 5 4 3 2 5 5 3
4 6 5 3 6 3 5 4 5 6 5 3 6 5 5
1 3 5 3 5 4 3 3 5 4 2 2 2 4 5
4 5 6 2 4 2 5 7 1 3 5 5 3 2 3
5 1 4 2 4 5 2 2 6 5 3 3 3 2 1
1 2 3 2 4 2 1 2 5 3 2 4 2 1 3
4 5 3 6 6 3 2 4 2 1 3 2 4 4 2
3 5 6 6 7 5 4 6 3 7 4 3 4 6 3
2 5 5 3 5 2 3 5 2 2 1 4 5 5 4
"""


def attitude() -> NDArray[np.float64]:
    path = ROOT / "tests" / "data" / "reference" / "attitude.csv"
    return np.genfromtxt(path, delimiter=",", skip_header=1)


def scale(codes: NDArray[np.uint8]) -> tuple[Instrument, Moments]:
    items = tuple(Item(f"q{i}", "all", {"perception": f"q{i}"}) for i in range(len(codes)))
    instrument = Instrument(
        id="test",
        version="1",
        languages=("en",),
        title={},
        batteries=(Battery("perception", 1, 254),),
        dimensions=(Dimension("all"),),
        items=items,
    )
    columns = Columns(tuple(f"perception.{item.id}" for item in items), (254,) * len(items))
    return instrument, Moments.of(columns, codes)


def wide_codes() -> NDArray[np.uint8]:
    meaning = {".": 0, "0": 1, "1": 2}
    rows = [[meaning[mark] for mark in line.split()] for line in WIDE.strip().splitlines()]
    return np.array(rows, dtype=np.uint8).T.copy()


@pytest.fixture(scope="module")
def kiosk() -> tuple[Instrument, Moments]:
    with (ROOT / "examples" / "kiosk" / "kiosk.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    items = tuple(
        Item(f"i{number}", dimension, {"expectation": f"E{number}", "perception": f"P{number}"})
        for dimension, numbers in KIOSK_DIMENSIONS.items()
        for number in numbers
    )
    instrument = Instrument(
        id="kiosk",
        version="1",
        languages=("en",),
        title={},
        batteries=(Battery("expectation", 1, 7), Battery("perception", 1, 7)),
        dimensions=tuple(Dimension(name) for name in KIOSK_DIMENSIONS),
        items=items,
    )
    names = [(b, item) for b in ("expectation", "perception") for item in items]
    codes = np.array([[int(row[item.columns[b]]) for row in rows] for b, item in names], np.uint8)
    columns = Columns(tuple(f"{b}.{item.id}" for b, item in names), (7,) * len(names))
    gaps = Gaps.between(columns)
    return instrument, Moments.of(gaps.all_columns, gaps.appended(codes))


def test_alpha_of_attitude_agrees_with_psych():
    """R 4.2.2, psych 2.2.9: alpha(attitude); Feldt's interval .7394 to .9158 (method.md T7)."""
    covariance = np.cov(attitude().T)

    found = alpha_of(covariance, 30)

    assert (found.value, found.low, found.high) == pytest.approx(
        (0.84314, 0.7394, 0.9158), abs=5e-5
    )


def test_item_figures_of_attitude_agree_with_psych():
    """R 4.2.2, psych 2.2.9: alpha(attitude), alpha.drop raw_alpha and item.stats r.drop."""
    instrument, moments = scale(attitude().T.astype(np.uint8).copy())

    found = item_reliability(instrument, moments, battery="perception")

    dropped = [figures.alpha_if_dropped.value for figures in found.values()]
    rest = [figures.item_rest.value for figures in found.values()]
    assert dropped == pytest.approx(
        [0.80976, 0.79692, 0.82785, 0.80303, 0.79539, 0.86387, 0.84046], abs=5e-6
    )
    assert rest == pytest.approx(
        [0.67126, 0.74211, 0.56071, 0.71445, 0.78628, 0.26503, 0.46081], abs=5e-6
    )


def test_alpha_agrees_with_pingouin_on_complete_answers():
    """pingouin's documentation: cronbach_alpha of its long example, .5917 [.195, .840]."""
    instrument, moments = scale(np.array([line.split() for line in LONG.strip().split("\n")], "u1"))

    found = alpha(instrument, moments, battery="perception")["all"]

    assert found.value == pytest.approx(0.5917, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.195, 0.840), abs=5e-4)


def test_pairwise_alpha_agrees_with_pingouin():
    """pingouin's documentation: the wide example with missing answers, .7327 [.435, .909]."""
    instrument, moments = scale(wide_codes())

    found = alpha(instrument, moments, battery="perception")["all"]

    assert found.value == pytest.approx(0.7327, abs=5e-5)
    assert (found.low, found.high) == pytest.approx((0.435, 0.909), abs=5e-4)
    assert found.n == 12
    assert "pairwise" in found.method


def test_listwise_alpha_agrees_with_pingouin():
    """pingouin's documentation: the same with nan_policy listwise, .8017 [.581, .933].

    pingouin counts the 12 people of the file there; our own n is the 9 complete ones.
    """
    codes = wide_codes()
    instrument, moments = scale(codes[:, (codes > 0).all(axis=0)].copy())

    found = alpha(instrument, moments, battery="perception")["all"]
    of_all_12 = alpha_of(moments.covariance(), 12)

    assert (found.value, found.n) == (pytest.approx(0.8017, abs=5e-5), 9)
    assert (of_all_12.low, of_all_12.high) == pytest.approx((0.581, 0.933), abs=5e-4)


def test_alphas_of_kiosk_perceptions(kiosk):
    """R 4.2.2, psych 2.2.9 on examples/kiosk/kiosk.csv (method.md T1)."""
    found = alpha(*kiosk, battery="perception")

    assert {dimension: estimate.value for dimension, estimate in found.items()} == pytest.approx(
        {
            "tangibles": 0.78885,
            "security": 0.83178,
            "economy": 0.77679,
            "convenience": 0.72466,
            "reliability": 0.64400,
            "control": 0.75922,
        },
        abs=5e-6,
    )
    assert (found["reliability"].low, found["reliability"].high) == pytest.approx(
        (0.5475, 0.7228), abs=1e-4
    )


def test_reliabilities_of_kiosk_gaps(kiosk):
    """R 4.2.2: r_D by the formula of method.md 3.1, and psych's alpha of P − E (T1)."""
    difference = difference_reliability(*kiosk)
    of_gaps = reliability(*kiosk, battery="gap")

    expected = {
        "tangibles": (0.51197, 0.72630),
        "reliability": (0.47803, 0.66565),
        "security": (0.83059, 0.84848),
    }
    assert {
        dimension: (difference[dimension].value, of_gaps[dimension].alpha.value)
        for dimension in expected
    } == {dimension: pytest.approx(pair, abs=5e-6) for dimension, pair in expected.items()}


def test_alphas_of_holzinger_swineford():
    """R 4.2.2, psych 2.2.9: visual, textual, speed (method.md T5)."""
    path = ROOT / "tests" / "data" / "reference" / "holzinger_swineford_1939.csv"
    rows = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=range(6, 15))

    found = [alpha_of(np.cov(rows[:, i : i + 3].T), 301).value for i in (0, 3, 6)]

    assert found == pytest.approx([0.62612, 0.88271, 0.68846], abs=5e-6)

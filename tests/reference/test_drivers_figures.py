"""Drivers against figures of R's relaimpo and rwa, and of the kiosk study."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fivegaps.psychometrics.drivers import drivers
from fivegaps.stats.regression import explained, johnson_weights, lmg_shares
from fivegaps.stats.resampling import BlockSums

ROOT = Path(__file__).parents[2]
KIOSK_DIMENSIONS = {
    "tangibles": (4, 5, 6, 22),
    "security": (19, 20, 21),
    "economy": (10, 11, 18),
    "convenience": (13, 14, 15, 16, 17),
    "reliability": (1, 2, 3),
    "control": (7, 8),
}


def correlations(file: str, outcome: str, *predictors: str) -> NDArray[np.float64]:
    with (ROOT / "tests" / "data" / "reference" / file).open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    columns = [*predictors, outcome]
    return np.corrcoef(np.array([[float(row[name]) for row in rows] for name in columns]))


@pytest.fixture(scope="module")
def kiosk():
    with (ROOT / "examples" / "kiosk" / "kiosk.csv").open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))

    def mean(names: list[str]) -> list[float]:
        return [sum(int(row[name]) for name in names) / len(names) for row in rows]

    columns = {
        dimension: mean([f"P{number}" for number in numbers])
        for dimension, numbers in KIOSK_DIMENSIONS.items()
    }
    columns["satisfaction"] = mean(["tot1", "tot2"])
    columns["P"] = mean([f"P{i}" for i in range(1, 25)])
    columns["E"] = mean([f"E{i}" for i in range(1, 25)])
    blocks = BlockSums.of(
        tuple(columns), np.array(list(columns.values())).T, block=np.arange(194), blocks=194
    )
    return drivers(
        blocks,
        outcome="satisfaction",
        predictors={dimension: dimension for dimension in KIOSK_DIMENSIONS},
        battery="perception",
        direct=("P", "E"),
        seed=1,
    )


def test_lmg_of_swiss_fertility():
    """R 4.2.2, LMG by all orders on datasets::swiss (method.md T7)."""
    predictors = ("Agriculture", "Examination", "Education", "Catholic", "Infant.Mortality")
    joint = correlations("swiss.csv", "Fertility", *predictors)

    shares = lmg_shares(joint[:-1, :-1], joint[:-1, -1])

    assert shares == pytest.approx([0.057091, 0.171173, 0.260135, 0.105570, 0.112766], abs=5e-7)
    assert explained(joint[:-1, :-1], joint[:-1, -1]) == pytest.approx(0.706735, abs=5e-7)


def test_relative_weights_of_mtcars_agree_with_rwa():
    """R's rwa documentation: mpg on cyl, disp, hp, wt (method.md T7)."""
    joint = correlations("mtcars.csv", "mpg", "cyl", "disp", "hp", "wt")

    weights = johnson_weights(joint[:-1, :-1], joint[:-1, -1])

    assert weights == pytest.approx([0.2096904, 0.1883043, 0.1799590, 0.2706812], abs=5e-8)


def test_relative_weights_of_mtcars_with_gear():
    """R 4.2.2: mpg on cyl, disp, hp, gear (method.md T7)."""
    joint = correlations("mtcars.csv", "mpg", "cyl", "disp", "hp", "gear")

    weights = johnson_weights(joint[:-1, :-1], joint[:-1, -1])

    assert weights == pytest.approx([0.228480, 0.222147, 0.232174, 0.096389], abs=5e-7)


def test_lmg_shares_of_kiosk_satisfaction(kiosk):
    """R 4.2.2 (method.md T1): mean of tot1 and tot2 on the six factors of P."""
    shares = [predictor.lmg.value for predictor in kiosk.predictors.values()]

    assert kiosk.r2 == pytest.approx(0.386568, abs=5e-7)
    assert shares == pytest.approx(
        [0.028621, 0.085971, 0.169987, 0.033340, 0.032408, 0.036241], abs=5e-7
    )


def test_johnson_weights_of_kiosk_satisfaction(kiosk):
    """R 4.2.2 (method.md T1)."""
    weights = [predictor.johnson.value for predictor in kiosk.predictors.values()]

    assert weights == pytest.approx(
        [0.030826, 0.088143, 0.167770, 0.029165, 0.033538, 0.037125], abs=5e-7
    )


def test_direct_effects_of_kiosk_perception_and_expectation(kiosk):
    """R 4.2.2 (method.md T1): P and E are means of all 24 items."""
    direct = kiosk.direct

    assert (direct.b_perception, direct.b_expectation) == pytest.approx(
        (0.59153, -0.05123), abs=5e-6
    )
    assert (direct.f, direct.df1, direct.df2) == (pytest.approx(26.64, abs=5e-3), 1, 191)
    assert direct.p == pytest.approx(6.1e-7, abs=5e-9)
    assert (direct.r2, direct.r2_difference) == pytest.approx((0.33114, 0.23785), abs=5e-6)
    assert (direct.r_perception, direct.r_gap) == pytest.approx((0.57465, 0.48770), abs=5e-6)

"""The two sets of answers with published factor models, ready to be fitted."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.confirmatory import confirm
from fivegaps.psychometrics.results import MaximumLikelihood
from fivegaps.stats.structural.casewise import CasewiseSums

ROOT = Path(__file__).resolve().parents[2]
HOLZINGER = ROOT / "tests/data/reference/holzinger_swineford_1939.csv"
POLITICAL = ROOT / "tests/data/reference/political_democracy.csv"
KIOSK = ROOT / "examples/kiosk/kiosk.csv"

SCHOOL_TESTS = {
    "visual": ("x1", "x2", "x3"),
    "textual": ("x4", "x5", "x6"),
    "speed": ("x7", "x8", "x9"),
}
KIOSK_ITEMS = {
    "TAN": (4, 5, 6, 22),
    "SEC": (19, 20, 21),
    "ECO": (10, 11, 18),
    "CON": (13, 14, 15, 16, 17),
    "REL": (1, 2, 3),
    "CTL": (7, 8),
}

Fitted = tuple[MaximumLikelihood, Confirmation, CasewiseSums]


def columns(path: Path, names: Sequence[str]) -> NDArray[np.float64]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = [[float(row[name]) for name in names] for row in csv.DictReader(file)]
    return np.array(rows)


def fitted(path: Path, dimensions: dict[str, tuple[str, ...]]) -> Fitted:
    items = [item for members in dimensions.values() for item in members]
    values = columns(path, items)
    likelihood, confirmation = confirm(
        np.cov(values.T, bias=True),
        len(values),
        items=items,
        dimensions=dimensions,
        means=values.mean(axis=0),
    )
    assert confirmation.solution is not None
    return likelihood, confirmation, CasewiseSums.of(confirmation.solution, values)


def holzinger() -> Fitted:
    return fitted(HOLZINGER, SCHOOL_TESTS)


def kiosk(battery: str) -> Fitted:
    named = {
        dimension: tuple(f"{battery}{item}" for item in items)
        for dimension, items in KIOSK_ITEMS.items()
    }
    return fitted(KIOSK, named)

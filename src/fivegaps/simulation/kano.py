"""Simulated Kano pairs: kinds of customers, each with a likely pair of answers."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Rows: with the feature, 1 like … 5 dislike; columns: without it.
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
CATEGORIES = "AOMIRQ"
_MIX = (
    {"A": 0.50, "O": 0.20, "M": 0.10, "I": 0.17, "R": 0.02, "Q": 0.01},
    {"A": 0.15, "O": 0.50, "M": 0.20, "I": 0.12, "R": 0.02, "Q": 0.01},
    {"A": 0.08, "O": 0.20, "M": 0.52, "I": 0.17, "R": 0.02, "Q": 0.01},
    {"A": 0.17, "O": 0.08, "M": 0.12, "I": 0.58, "R": 0.04, "Q": 0.01},
)


def kano_cells(place: int) -> Floats:
    """Return the probabilities (25,) of the answers (functional, dysfunctional) of a pair."""
    flat = "".join(TABLE)
    mix = _MIX[place % len(_MIX)]
    return np.array([mix[category] / flat.count(category) for category in flat])


def kano_truth(place: int) -> dict[str, float]:
    """Return the true share of each category of a pair."""
    return dict(_MIX[place % len(_MIX)])


def draw_kano(place: int, chance: Floats) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Return functional and dysfunctional answers 1 to 5 from uniform numbers (n,)."""
    edges = np.cumsum(kano_cells(place))
    cell = np.minimum(np.searchsorted(edges, chance, side="right"), 24)
    return (cell // 5 + 1).astype(np.uint8), (cell % 5 + 1).astype(np.uint8)

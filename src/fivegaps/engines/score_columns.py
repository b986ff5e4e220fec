"""Columns of scores: their names, units and masks, and the numbers that rule them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

UNIT = 27_720
WIDE_UNIT = 2_520
WIDE_SCALE = 20
EVERYONE = "everyone"
ENOUGH_POINTS = 50.0
POINTS = 100.0
LOWEST_TOTAL, HIGHEST_TOTAL = 90.0, 110.0
PAIRED = ("expectation", "perception")
ZONE = ("adequate", "desired", "perception")

# The square of the largest score stays far below 2**53, and the sum of squares over
# all rows below 2**62: then sums of products are exact and fit into 64 bits.
LARGEST_SCORE = 2.0**21
LARGEST_SUM = 2.0**62
# Fewer steps than this over its whole range would blur an outcome.
COARSEST = 10_000


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One column of scores: its name, the mask it is answered under, and its unit.

    A score s stands for ``s / unit + shift`` scale points.
    """

    name: str
    mask: str
    unit: float
    shift: float


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of some respondents: ``values`` (c, n) in units, ``masks`` (m, n).

    ``differences`` holds perception minus expectation (n,) of the paired masks, in
    units: rounded once and alike on both sides of 0, so that equal gaps stay equal.
    """

    values: NDArray[np.int64]
    masks: NDArray[np.bool_]
    differences: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ScoredOutcome:
    """An outcome to score: the mean of its columns, whose values have this range."""

    id: str
    columns: tuple[str, ...]
    lowest: float
    highest: float

    def unit(self, rows: int) -> float:
        """Return the unit of its scores: fine for its range, safe for sums over so many rows."""
        most = min(LARGEST_SCORE, math.sqrt(LARGEST_SUM / max(rows, 1)))
        width = self.highest - self.lowest
        if width == 0 or COARSEST <= width * UNIT <= most:
            return UNIT
        unit = most / width
        return float(math.floor(unit)) if unit >= 1 else unit

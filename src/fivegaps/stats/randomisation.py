"""Randomisation inference: how often chance alone would give a contrast as large.

For a handful of treated units no standard error can be trusted; but if the units
could as well have been chosen otherwise, every other choice tells what chance
does. Source: fisher-1935, rosenbaum-2002.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fivegaps.errors import CannotCompute

Floats = NDArray[np.float64]

MOST_CHOICES = 20_000


@dataclass(frozen=True, slots=True)
class Randomised:
    """A difference of mean changes with its randomisation p and interval.

    ``low`` and ``high`` bound the constant effects that are not rejected; None
    where the choices are too few to reject anything.
    """

    value: float
    p: float
    low: float | None
    high: float | None
    choices: int


def randomised_difference(
    changes: ArrayLike, treated: ArrayLike, *, confidence: float = 0.95, seed: int = 0
) -> Randomised:
    """Return treated minus other units' mean change, judged against other choices of units.

    Args:
        changes: (g,) change of each unit.
        treated: (g,) whether it was treated.
        confidence: Of the interval, by inverting the test.
        seed: Of the choices drawn when there are more than 20,000.

    Raises:
        CannotCompute: too_few, when so few choices exist that none could be rare.
    """
    change = np.asarray(changes, dtype=np.float64)
    arm = np.asarray(treated, dtype=np.bool_)
    g, k = len(change), int(arm.sum())
    choices = comb(g, k)
    if k in (0, g) or 1 / choices > 1 - confidence:
        raise CannotCompute("too_few", f"{choices} ways to choose the units cannot show anything")
    picks = _choices(g, arm, seed)
    value = float(change[arm].mean() - change[~arm].mean())
    p = _p(change, picks, 0.0, arm)
    low, high = _interval(change, arm, picks, confidence, value)
    return Randomised(value, p, low, high, len(picks))


def _choices(g: int, arm: NDArray[np.bool_], seed: int) -> NDArray[np.bool_]:
    """Return choices (c, g) of as many units, the actual one first."""
    k = int(arm.sum())
    if comb(g, k) <= MOST_CHOICES:
        picks = np.zeros((comb(g, k), g), dtype=np.bool_)
        for row, chosen in enumerate(combinations(range(g), k)):
            picks[row, list(chosen)] = True
        return picks
    generator = np.random.default_rng(seed)
    order = np.argsort(generator.random((MOST_CHOICES, g)), axis=1)
    picks = order < k
    picks[0] = arm
    return picks


def _differences(change: Floats, picks: NDArray[np.bool_]) -> Floats:
    k = picks[0].sum()
    chosen: Floats = picks @ change / k
    others = (change.sum() - picks @ change) / (len(change) - k)
    differences: Floats = chosen - others
    return differences


def _p(change: Floats, picks: NDArray[np.bool_], effect: float, arm: NDArray[np.bool_]) -> float:
    """Return the two-sided p of a constant effect."""
    without = change - effect * arm
    drawn = np.abs(_differences(without, picks))
    own = abs(float(without[arm].mean() - without[~arm].mean()))
    return float(np.mean(drawn >= own - 1e-12))


def _interval(
    change: Floats,
    arm: NDArray[np.bool_],
    picks: NDArray[np.bool_],
    confidence: float,
    value: float,
) -> tuple[float, float]:
    """Return the ends of the effects that are not rejected, by bisection from the estimate."""
    reach = float(change.max() - change.min()) + 1e-9
    ends = []
    for direction in (-1.0, 1.0):
        inside, outside = 0.0, reach
        while _p(change, picks, value + direction * outside, arm) > 1 - confidence:
            outside *= 2
            if outside > 64 * reach:
                break
        for _ in range(40):
            middle = (inside + outside) / 2
            if _p(change, picks, value + direction * middle, arm) > 1 - confidence:
                inside = middle
            else:
                outside = middle
        ends.append(value + direction * outside)
    return ends[0], ends[1]

"""Linear scales with round ticks."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps values from ``low`` to ``high`` onto positions from ``start`` to ``end``."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Return the position of a value; values outside land outside."""
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def clamped(self, value: float) -> float:
        """Return the position of a value, held inside the scale."""
        return self(min(max(value, self.low), self.high))


def step_for(span: float, about: int) -> float:
    """Return a round step (1, 2, 2.5 or 5 times a power of ten) for about that many ticks."""
    raw = max(span, 1e-9) / max(about, 1)
    power = 10.0 ** math.floor(math.log10(raw))
    for factor in (1.0, 2.0, 2.5, 5.0):
        if raw <= factor * power * (1 + 1e-9):
            return factor * power
    return 10.0 * power


def decimals_of(step: float) -> int:
    """Return how many decimals are needed to print multiples of the step."""
    for decimals in range(6):
        if abs(round(step, decimals) - step) < 1e-9 * max(step, 1.0):
            return decimals
    return 6


def ticks(low: float, high: float, about: int = 5) -> list[float]:
    """Return round values within the range, both ends included where they are round."""
    step = step_for(high - low, about)
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return [index * step for index in range(first, last + 1)]


def widened(low: float, high: float, about: int = 5) -> tuple[float, float]:
    """Return the range widened to round ends, never empty."""
    if high - low < 1e-9:
        low, high = low - 0.5, high + 0.5
    step = step_for(high - low, about)
    return math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step

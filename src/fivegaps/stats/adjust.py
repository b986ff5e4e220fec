"""Adjust p-values for many tests: Holm for few, Benjamini-Hochberg for many.

A test that could not be made (p is None or NaN) is not counted as a test.

Source: holm-1979, benjamini-1995.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.estimate import GapEstimate

Probabilities = Sequence[float | None] | NDArray[np.float64]


def holm(p: Probabilities) -> NDArray[np.float64]:
    """Return Holm's step-down p-values: the chance of even one false finding is kept.

    Args:
        p: (k,) p-values in any order; None or NaN where no test could be made.

    Returns:
        (k,) adjusted p-values in the order given, at most 1; NaN where p had no value.
    """

    def step_down(ascending: NDArray[np.float64]) -> NDArray[np.float64]:
        left = np.arange(ascending.size, 0, -1)
        return np.maximum.accumulate(ascending * left)

    return _stepwise(p, step_down)


def benjamini_hochberg(p: Probabilities) -> NDArray[np.float64]:
    """Return Benjamini-Hochberg p-values: the share of false findings is kept.

    Args:
        p: (k,) p-values in any order; None or NaN where no test could be made.

    Returns:
        (k,) adjusted p-values in the order given, at most 1; NaN where p had no value.
    """

    def step_up(ascending: NDArray[np.float64]) -> NDArray[np.float64]:
        inflated = ascending * ascending.size / np.arange(1, ascending.size + 1)
        lowest: NDArray[np.float64] = np.minimum.accumulate(inflated[::-1])[::-1]
        return lowest

    return _stepwise(p, step_up)


def adjusted(
    estimates: Mapping[str, GapEstimate],
    rule: Callable[[Probabilities], NDArray[np.float64]],
) -> dict[str, GapEstimate]:
    """Return the same estimates with ``p_adjusted`` filled by the rule, in the same order."""
    values = rule([estimate.p for estimate in estimates.values()])
    return {
        name: estimate.with_adjusted(None if estimate.p is None else float(value))
        for (name, estimate), value in zip(estimates.items(), values, strict=True)
    }


def _stepwise(
    p: Probabilities, rule: Callable[[NDArray[np.float64]], NDArray[np.float64]]
) -> NDArray[np.float64]:
    """Apply a rule for ascending p-values to those that exist, and put them back in place."""
    given = np.array([np.nan if value is None else value for value in p], dtype=np.float64)
    made = np.flatnonzero(~np.isnan(given))
    order = made[np.argsort(given[made], kind="stable")]
    result = np.full(given.shape, np.nan)
    result[order] = np.minimum(rule(given[order]), 1.0)
    return result

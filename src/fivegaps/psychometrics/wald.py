"""Estimates with Wald intervals from figures and their standard errors."""

from __future__ import annotations

from scipy.special import ndtri

from fivegaps.stats.estimate import Estimate


def wald_estimate(
    value: float, error: float, *, n: int, confidence: float, method: str
) -> Estimate:
    """Return value ± z · error; without an interval where the error is not known.

    The interval is not cut off at the borders of what is possible: that it reaches beyond
    them is news.
    """
    reach = float(ndtri((1 + confidence) / 2)) * error
    if not reach < float("inf"):
        return Estimate(value, None, None, n, f"{method}, no interval: error unknown")
    return Estimate(value, value - reach, value + reach, n, method)

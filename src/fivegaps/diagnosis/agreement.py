"""Whether two figures put the same units, or the same items, in the same order."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import t_interval

SPEARMAN = "Spearman rank correlation, Fisher z interval with Bonett and Wright's error"
SLOPE = "least squares over units, t interval"
DECIMALS = 9

Floats = NDArray[np.float64]


def rank_correlation(
    first: Floats, second: Floats, *, fewest: int, confidence: float, reason: str = "too_few"
) -> Estimate:
    """Return Spearman's correlation of n pairs with its interval.

    Args:
        first: (n,) figures; NaN where there is none.
        second: (n,) the other figures.
        fewest: Pairs without which nothing is said, at least 4.
        confidence: For instance .95.
        reason: Code where there are fewer.

    Source: spearman-1904, bonett-2000.
    """
    both = ~(np.isnan(first) | np.isnan(second))
    n = int(both.sum())
    if n < fewest:
        return Estimate.cannot(reason, n=n, method=SPEARMAN)
    ranks = [_ranks(side[both]) for side in (first, second)]
    spread = [float(((rank - rank.mean()) ** 2).sum()) for rank in ranks]
    if min(spread) == 0:
        return Estimate.cannot("constant", n=n, method=SPEARMAN)
    joint = float((ranks[0] - ranks[0].mean()) @ (ranks[1] - ranks[1].mean()))
    rho = max(-1.0, min(1.0, joint / math.sqrt(spread[0] * spread[1])))
    if abs(rho) == 1.0:
        return Estimate(rho, None, None, n, f"{SPEARMAN}; none for identical orders")
    reach = float(ndtri((1 + confidence) / 2)) * math.sqrt((1 + rho**2 / 2) / (n - 3))
    low, high = math.tanh(math.atanh(rho) - reach), math.tanh(math.atanh(rho) + reach)
    return Estimate(rho, low, high, n, SPEARMAN)


def slope(
    predictor: Floats, outcome: Floats, *, fewest: int, confidence: float, reason: str = "too_few"
) -> Estimate:
    """Return the regression slope of (n,) outcomes on (n,) predictors, NaN pairs left out."""
    both = ~(np.isnan(predictor) | np.isnan(outcome))
    n = int(both.sum())
    if n < max(fewest, 3):
        return Estimate.cannot(reason, n=n, method=SLOPE)
    x, y = predictor[both] - predictor[both].mean(), outcome[both] - outcome[both].mean()
    spread = float(x @ x)
    if spread <= 1e-12:
        return Estimate.cannot("constant", n=n, method=SLOPE)
    found = float(x @ y) / spread
    left = y - found * x
    error = math.sqrt(float(left @ left) / (n - 2) / spread)
    low, high = t_interval(found, error, df=n - 2, confidence=confidence)
    return Estimate(found, low, high, n, SLOPE)


def _ranks(values: Floats) -> Floats:
    """Return ranks from 1, ties sharing their mean; rounding of means must break no tie."""
    rounded = np.round(values, DECIMALS)
    _, place, often = np.unique(rounded, return_inverse=True, return_counts=True)
    last = np.cumsum(often)
    ranks: Floats = (last - (often - 1) / 2)[place]
    return ranks

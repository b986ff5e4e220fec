"""Intervals of bootstrap replicates: percentile, and bias-corrected and accelerated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from fivegaps.stats.resampling import Resamples

Floats = NDArray[np.float64]

# Fewer usable replicates than this share make an interval that nobody can defend.
USABLE_SHARE = 0.9

# The spread of so few blocks (sampled clusters) cannot be told from themselves.
LEAST_BLOCKS = 10

BOOTSTRAP = "BCa bootstrap interval"


@dataclass(frozen=True, slots=True)
class Interval:
    """Ends (m,) of the intervals of m figures; NaN where none can be had."""

    low: Floats
    high: Floats

    def ends(self, figure: int = 0) -> tuple[float | None, float | None]:
        """Return low and high of one figure, None where there is no interval."""
        low, high = float(self.low[figure]), float(self.high[figure])
        return (low, high) if np.isfinite(low) and np.isfinite(high) else (None, None)


def interval_of(
    figures: Callable[[Floats], Floats],
    covariance: Floats,
    resamples: Resamples,
    *,
    confidence: float = 0.95,
) -> Interval:
    """Return BCa intervals of any figures that are functions of covariances.

    Args:
        figures: Turns covariances (B, c, c) into figures (B, m); NaN where one
            cannot be had.
        covariance: Covariances (c, c) of the sample itself.
        resamples: Resamples of the same columns.
        confidence: Coverage aimed at.
    """
    return bca_interval(
        figures(covariance[None])[0],
        figures(resamples.drawn.covariances),
        figures(resamples.left_out.covariances),
        confidence=confidence,
    )


def percentile_interval(replicates: Floats, *, confidence: float = 0.95) -> Interval:
    """Return percentile intervals of figures replicated B times, (B, m).

    A replicate in which a figure could not be had (NaN) is left out for that
    figure; when more than a tenth are, its interval is NaN.
    """
    tail = (1 - confidence) / 2
    return _quantiles(replicates, np.array([[tail], [1 - tail]]))


def bca_interval(
    value: Floats, replicates: Floats, left_out: Floats, *, confidence: float = 0.95
) -> Interval:
    """Return bias-corrected and accelerated intervals of m figures.

    Falls back on the percentile interval for a figure whose replicates all lie on
    one side of its value, where the correction does not exist. NaN below 10 blocks.

    Args:
        value: Figures (m,) of the sample itself.
        replicates: The same figures in B resamples, (B, m); NaN is left out.
        left_out: The same figures (G, m) with each block left out in turn.
        confidence: Coverage aimed at.

    Source: efron-1987.
    """
    tail = (1 - confidence) / 2
    usable = np.isfinite(replicates)
    count = np.maximum(usable.sum(axis=0), 1)
    below = ((replicates < value) & usable).sum(axis=0) + ((replicates == value).sum(axis=0)) / 2
    share = below / count
    one_sided = (share <= 0) | (share >= 1)
    bias = ndtri(np.where(one_sided, 0.5, share))
    acceleration = np.where(one_sided, 0.0, _acceleration(left_out))
    normal = ndtri(np.array([[tail], [1 - tail]]))
    shifted = bias + normal
    corrected = ndtr(bias + shifted / (1 - acceleration * shifted))
    if len(left_out) < LEAST_BLOCKS:
        corrected = np.full_like(corrected, np.nan)
    return _quantiles(replicates, corrected)


def _acceleration(left_out: Floats) -> Floats:
    usable = np.isfinite(left_out)
    count = np.maximum(usable.sum(axis=0), 1)
    centre = np.where(usable, left_out, 0.0).sum(axis=0) / count
    pull = np.where(usable, centre - left_out, 0.0)
    spread = (pull**2).sum(axis=0) ** 1.5
    return np.where(spread > 0, (pull**3).sum(axis=0) / np.where(spread > 0, 6 * spread, 1.0), 0.0)


def _quantiles(replicates: Floats, shares: Floats) -> Interval:
    """Return the quantiles at ``shares`` (2, m or 1) of each column, by linear interpolation."""
    total, figures = replicates.shape
    # NaN sorts to the end, so the usable replicates of a column come first.
    ordered = np.sort(replicates, axis=0)
    count = np.isfinite(replicates).sum(axis=0)
    enough = (count >= 2) & (count >= USABLE_SHARE * total)
    enough = enough & np.isfinite(shares)
    place = np.broadcast_to(np.nan_to_num(shares), (2, figures)) * (np.maximum(count, 1) - 1)
    lower = np.floor(place).astype(np.intp)
    upper = np.minimum(lower + 1, np.maximum(count, 1) - 1)
    column = np.arange(figures)
    at_lower = ordered[lower, column]
    ends = at_lower + (place - lower) * (ordered[upper, column] - at_lower)
    ends = np.where(enough, ends, np.nan)
    return Interval(low=ends[0], high=ends[1])

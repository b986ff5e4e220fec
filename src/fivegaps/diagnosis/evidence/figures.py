"""Shares and means of records, with units as clusters where there are several."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.evidence.dossier import NOT_RECORDED, Reading, unread
from fivegaps.diagnosis.sampling import SEVERAL, column_samples
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import SHARE, mean_estimate, share_estimate

Floats = NDArray[np.float64]
Places = NDArray[np.integer]

OVER_UNITS = "units as clusters"
# Fewer rows of a register say nothing about how a company works.
FEWEST = 5


def share_of(measure: str, marks: Floats, unit: Places | None = None) -> Reading:
    """Return the share of rows marked 1 among those marked 0 or 1.

    Args:
        measure: Its id.
        marks: (n,) 1, 0 or NaN.
        unit: (n,) places of units; None for a register of the whole company.
    """
    given = ~np.isnan(marks)
    weights = np.ones(int(given.sum()))
    return counted_share(measure, marks[given], weights, None if unit is None else unit[given])


def counted_share(measure: str, times: Floats, of: Floats, unit: Places | None = None) -> Reading:
    """Return the share Σ times / Σ of.

    Args:
        measure: Its id.
        times: (n,) how often.
        of: (n,) of how many.
        unit: (n,) places of units, −1 for none; None when rows have none.
    """
    n = float(of.sum())
    if n <= 0:
        return unread(measure, NOT_RECORDED)
    if n < FEWEST:
        return unread(measure, "too_few", n=round(n))
    share = float(times.sum()) / n
    effective = n
    method = SHARE
    if unit is not None and 0 < share < 1:
        design = _design_effect(times - share * of, unit, n, share)
        if design is not None:
            effective = n / design
            method = f"{SHARE}, {OVER_UNITS}"
    estimate = share_estimate(float(times.sum()), round(n), n_effective=effective, method=method)
    return Reading(measure, estimate, n_effective=effective)


def mean_of(measure: str, values: Floats, unit: Places) -> Reading:
    """Return the mean of values (n,), NaN is not given."""
    sample = column_samples(values[:, None], unit)[0]
    if sample.n == 0:
        return unread(measure, NOT_RECORDED)
    if sample.n < FEWEST or not sample.usable or sample.variance is None:
        return unread(measure, "too_few", n=sample.n)
    return Reading(
        measure,
        mean_estimate(sample),
        n_effective=float(sample.n),
        error=math.sqrt(sample.squared_error),
        sd=math.sqrt(sample.variance),
    )


def _design_effect(residuals: Floats, unit: Places, n: float, share: float) -> float | None:
    """Return the variance over units against that of independent rows; None with few units."""
    alone = unit < 0
    if len(np.unique(unit[~alone])) < SEVERAL:
        return None
    codes = unit.astype(np.int64)
    codes[alone] = codes.max(initial=0) + 1 + np.arange(int(alone.sum()))
    sums = np.bincount(np.unique(codes, return_inverse=True)[1], residuals)
    groups = len(sums)
    variance = float((sums**2).sum()) * groups / (groups - 1) / n**2
    return max(variance / (share * (1 - share) / n), 1.0)


def figure(measure: str, value: float, n: int, *, method: str) -> Reading:
    """Return a figure that has no sampling error, such as a fact."""
    return Reading(measure, Estimate(value, value, value, n, method), n_effective=float(n))

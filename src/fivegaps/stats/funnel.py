"""Funnel limits: which of many units differ from the whole by more than chance.

Units with few answers scatter widely by chance alone, so a ranking of raw means
puts small units first and last. The funnel shows how far chance reaches at each n.
Source: spiegelhalter-2005, cochran-1954, dersimonian-1986.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc, ndtri

from fivegaps.stats.intervals import SMALLEST_VARIANCE, Sample, t_probability

WARNING = 0.95
ALARM = 0.998


@dataclass(frozen=True, slots=True)
class FunnelUnit:
    """One unit in the funnel; None where it cannot be told.

    ``low``/``high`` are the 95 % limits at its n, ``alarm_low``/``alarm_high`` the
    99.8 % ones; ``place`` is above | inside | below the latter; ``p`` tests the
    unit against all others together.
    """

    n: int
    mean: float | None
    low: float | None
    high: float | None
    alarm_low: float | None
    alarm_high: float | None
    place: str | None
    p: float | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """All units with what can be said of their spread.

    ``centre`` is the mean of all answers, ``sd`` the SD within units, ``q``
    Cochran's statistic over the units that have two answers or more, ``p`` its
    probability when all units are alike, ``tau`` the SD of true unit means,
    ``span`` the largest minus the smallest mean.
    """

    units: tuple[FunnelUnit, ...]
    centre: float | None
    sd: float | None
    q: float | None
    df: int | None
    p: float | None
    tau: float | None
    span: float | None


def funnel_limits(
    n: ArrayLike, *, centre: float, sd: float, confidence: float = ALARM, tau: float = 0.0
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the lower and upper limit for units of n answers.

    Args:
        n: (m,) answers (effective ones, where weights or clusters count).
        centre: Overall mean.
        sd: SD of answers within units.
        confidence: .95 or .998.
        tau: SD of true unit means to allow for (overdispersion); 0 for chance alone.
    """
    size = np.asarray(n, dtype=np.float64)
    reach = float(ndtri((1 + confidence) / 2)) * np.sqrt(sd**2 / size + tau**2)
    return centre - reach, centre + reach


def funnel(units: Sequence[Sample], *, overdispersion: bool = False) -> Funnel:
    """Return where each unit lies between the funnel's limits.

    The SD within units is pooled over all that have two answers or more; a single
    answer has a mean but no place. p of Q is from F with the pooled degrees of
    freedom, which for many answers is Cochran's chi-square / df. A unit's p is
    that of a pooled t of the unit against all others, since it is itself part of
    the overall mean.

    Args:
        units: Mean, variance and n of each unit; where a sample brings its own
            standard error, n is replaced by variance / standard error².
        overdispersion: Widen the limits by tau, for units that are known to differ
            and of which only the extreme ones are wanted.
    """
    usable = [index for index, unit in enumerate(units) if unit.usable]
    answers = np.array([units[index].n for index in usable], dtype=np.float64)
    within = int(answers.sum()) - len(usable)
    centre = _centre(units)
    if centre is None or within < 1:
        return _unplaced(units, centre)
    variances = np.array([units[index].variance for index in usable], dtype=np.float64)
    pooled = float((answers - 1) @ variances) / within
    means = np.array([units[index].mean for index in usable], dtype=np.float64)
    span = float(means.max() - means.min())
    if pooled <= SMALLEST_VARIANCE or len(usable) < 2:
        return _unplaced(units, centre, sd=math.sqrt(max(pooled, 0.0)), span=span)

    sizes = np.array([_effective(units[index]) for index in usable])
    precision = sizes / pooled
    common = float(precision @ means) / float(precision.sum())
    q = float(precision @ (means - common) ** 2)
    df = len(usable) - 1
    excess = precision.sum() - (precision**2).sum() / precision.sum()
    tau = math.sqrt(max(0.0, (q - df) / float(excess)))
    widened = tau if overdispersion else 0.0
    sd = math.sqrt(pooled)
    limits = {
        confidence: funnel_limits(sizes, centre=centre, sd=sd, confidence=confidence, tau=widened)
        for confidence in (WARNING, ALARM)
    }
    total = float(sizes.sum())
    placed = list(_unplaced(units, centre).units)
    for position, index in enumerate(usable):
        mean, size = float(means[position]), float(sizes[position])
        rest = total - size
        others = (float(sizes @ means) - size * mean) / rest
        t = (mean - others) / (sd * math.sqrt(1 / size + 1 / rest))
        alarm_low, alarm_high = (float(side[position]) for side in limits[ALARM])
        low, high = (float(side[position]) for side in limits[WARNING])
        placed[index] = FunnelUnit(
            n=units[index].n,
            mean=mean,
            low=low,
            high=high,
            alarm_low=alarm_low,
            alarm_high=alarm_high,
            place="above" if mean > alarm_high else "below" if mean < alarm_low else "inside",
            p=t_probability(t, within),
        )
    return Funnel(
        units=tuple(placed),
        centre=centre,
        sd=sd,
        q=q,
        df=df,
        p=float(fdtrc(df, within, q / df)),
        tau=tau,
        span=span,
    )


def _centre(units: Sequence[Sample]) -> float | None:
    """Return the mean of all answers, single ones included."""
    known = [(unit.n, unit.mean) for unit in units if unit.mean is not None and unit.n > 0]
    total = sum(n for n, _ in known)
    return sum(n * mean for n, mean in known) / total if total else None


def _effective(unit: Sample) -> float:
    """Return n, or the n of plain answers that would give the same standard error."""
    if unit.standard_error and unit.variance:
        return unit.variance / unit.standard_error**2
    return float(unit.n)


def _unplaced(
    units: Sequence[Sample],
    centre: float | None,
    *,
    sd: float | None = None,
    span: float | None = None,
) -> Funnel:
    return Funnel(
        units=tuple(
            FunnelUnit(unit.n, unit.mean, None, None, None, None, None, None) for unit in units
        ),
        centre=centre,
        sd=sd,
        q=None,
        df=None,
        p=None,
        tau=None,
        span=span,
    )

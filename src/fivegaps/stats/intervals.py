"""Ordinary intervals: t, Welch, Wilson, Fisher's z, and the paired gap with its tests.

Every function here takes numbers that are already reduced (n, mean, variance), so
the cost does not depend on how many people answered. A standard error from
clusters or survey weights may stand in for the plain one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtr, stdtrit

from fivegaps.errors import CannotCompute
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.ranks import signed_rank

MEAN = "mean, t interval"
PAIRED = "mean of paired differences, t interval"
SHARE = "share, Wilson interval"
CORRELATION = "Pearson correlation, Fisher z interval"
NO_VARIATION = "no variation: the interval has no width and there is no t"
NO_INTERVAL = "no interval: fewer than two sampled groups"

# A variance computed from sums in floating point is rarely exactly 0; the smallest
# real one (one point of one item of 22, one person in ten million) is above 1e-10.
SMALLEST_VARIANCE = 1e-13


@dataclass(frozen=True, slots=True)
class Sample:
    """What is needed of a group of answers to estimate and compare its mean.

    ``variance`` is that of single answers (divisor n − 1), None for n < 2.
    ``standard_error`` and ``df`` are those of the mean where clusters or weights
    changed them; otherwise √(variance / n) and n − 1.
    """

    n: int
    mean: float | None
    variance: float | None = None
    standard_error: float | None = None
    df: float | None = None

    @property
    def usable(self) -> bool:
        """Whether there are two answers at least, with their mean and variance."""
        return self.n >= 2 and self.mean is not None and self.variance is not None

    @property
    def squared_error(self) -> float:
        """Variance of the mean, 0 when nothing varies; NaN when it is not usable."""
        if self.standard_error is not None:
            squared = self.standard_error**2
        elif self.variance is not None and self.n >= 2:
            squared = self.variance / self.n
        else:
            return math.nan
        return squared if squared * self.n > SMALLEST_VARIANCE else 0.0

    @property
    def degrees(self) -> float:
        """Degrees of freedom of the mean's standard error."""
        return self.n - 1 if self.df is None else self.df


def t_interval(
    mean: float, standard_error: float, *, df: float, confidence: float = 0.95
) -> tuple[float, float]:
    """Return mean ± t · standard error, with df degrees of freedom (df > 0)."""
    reach = float(stdtrit(df, (1 + confidence) / 2)) * standard_error
    return mean - reach, mean + reach


def t_probability(t: float, df: float) -> float:
    """Return the two-sided p of a t statistic."""
    return 2 * float(stdtr(df, -abs(t)))


def welch_df(first: Sample, second: Sample) -> float:
    """Return Welch-Satterthwaite's degrees of freedom; source: welch-1947."""
    a, b = first.squared_error, second.squared_error
    return (a + b) ** 2 / (a**2 / first.degrees + b**2 / second.degrees)


def wilson(
    k: float, n: float, *, confidence: float = 0.95, n_effective: float | None = None
) -> tuple[float, float]:
    """Return Wilson's score interval of the share k / n.

    Args:
        k: How many (weighted: share · n); 0 ≤ k ≤ n.
        n: Of how many.
        confidence: For instance .95.
        n_effective: n divided by the design effect, for weighted or clustered answers.

    Raises:
        CannotCompute: n is 0 (``too_few``).

    Source: wilson-1927.
    """
    if n <= 0:
        raise CannotCompute("too_few", "a share of nothing")
    size = n if n_effective is None else n_effective
    share = min(max(k / n, 0.0), 1.0)
    z_squared = float(ndtri((1 + confidence) / 2)) ** 2
    centre = (share + z_squared / (2 * size)) / (1 + z_squared / size)
    spread = math.sqrt(z_squared * (share * (1 - share) + z_squared / (4 * size)) / size)
    reach = spread / (1 + z_squared / size)
    low = 0.0 if share == 0 else max(centre - reach, 0.0)
    high = 1.0 if share == 1 else min(centre + reach, 1.0)
    return low, high


def fisher_z(r: float, n: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Return Fisher's interval of a correlation of n > 3 pairs; source: fisher-1921."""
    if n <= 3:
        raise CannotCompute("too_few", f"a correlation of {n} pairs has no interval")
    if abs(r) >= 1:
        return math.copysign(1.0, r), math.copysign(1.0, r)
    reach = float(ndtri((1 + confidence) / 2)) / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - reach), math.tanh(math.atanh(r) + reach)


def share_estimate(
    k: float,
    n: int,
    *,
    confidence: float = 0.95,
    n_effective: float | None = None,
    method: str = SHARE,
) -> Estimate:
    """Return the share k / n with Wilson's interval, or the reason ``too_few``."""
    if n <= 0:
        return Estimate.cannot("too_few", method=method)
    low, high = wilson(k, n, confidence=confidence, n_effective=n_effective)
    return Estimate(value=k / n, low=low, high=high, n=n, method=method)


def correlation_estimate(
    r: float | None, n: int, *, confidence: float = 0.95, method: str = CORRELATION
) -> Estimate:
    """Return a correlation with Fisher's interval; ``constant`` when r is undefined."""
    if n <= 3:
        return Estimate.cannot("too_few", n=n, method=method)
    if r is None or math.isnan(r):
        return Estimate.cannot("constant", n=n, method=method)
    low, high = fisher_z(r, n, confidence=confidence)
    return Estimate(value=r, low=low, high=high, n=n, method=method)


def mean_estimate(sample: Sample, *, confidence: float = 0.95, method: str = MEAN) -> Estimate:
    """Return a mean with its t interval, or the reason ``too_few`` for n < 2."""
    if not sample.usable or sample.mean is None:
        return Estimate.cannot("too_few", n=sample.n, method=method)
    low, high, how, _ = _interval(sample, sample.mean, confidence, method)
    return Estimate(value=sample.mean, low=low, high=high, n=sample.n, method=how)


def gap_estimate(
    *,
    n: int,
    mean: float | None,
    variance: float | None,
    sd_perception: float | None = None,
    sd_expectation: float | None = None,
    frequencies: tuple[ArrayLike, ArrayLike] | None = None,
    confidence: float = 0.95,
    method: str = PAIRED,
    standard_error: float | None = None,
    df: float | None = None,
) -> GapEstimate:
    """Return a mean of paired differences with its interval, t, p and effect sizes.

    ``d_z`` is mean / SD of the differences, ``d_av`` mean / the average of the two
    batteries' SDs. When every difference is the same, the value stands, its
    interval has no width, and t, p and d_z are None; ``method`` says so.

    Args:
        n: Complete pairs.
        mean: Mean difference, in scale points.
        variance: Of the differences, divisor n − 1.
        sd_perception: SD of the first battery over the same pairs.
        sd_expectation: SD of the second battery over the same pairs.
        frequencies: Distinct whole-number differences and their counts, for
            Wilcoxon's test; None leaves it out (weights, clusters).
        confidence: For instance .95.
        method: Name of the method that made mean and standard error.
        standard_error: Of the mean, when clusters or weights changed it.
        df: Degrees of freedom of that standard error; default n − 1.

    Returns:
        The estimate; reason ``too_few`` for n < 2.

    Source: student-1908, cohen-1988, lakens-2013.
    """
    sample = Sample(n=n, mean=mean, variance=variance, standard_error=standard_error, df=df)
    if not sample.usable or mean is None or variance is None:
        return GapEstimate.cannot("too_few", n=n, method=method)
    low, high, how, error = _interval(sample, mean, confidence, method)
    sd = math.sqrt(variance) if variance > SMALLEST_VARIANCE else 0.0
    t = mean / error if error else None
    both = (sd_perception or 0.0) + (sd_expectation or 0.0)
    known = sd_perception is not None and sd_expectation is not None and both > 0
    return GapEstimate(
        value=mean,
        low=low,
        high=high,
        n=n,
        method=how,
        sd=sd,
        t=t,
        df=sample.degrees,
        p=None if t is None else t_probability(t, sample.degrees),
        d_z=mean / sd if sd else None,
        d_av=mean / (both / 2) if known else None,
        wilcoxon=None if frequencies is None else signed_rank(*frequencies),
    )


def _interval(
    sample: Sample, mean: float, confidence: float, method: str
) -> tuple[float | None, float | None, str, float | None]:
    """Return low, high, the method in words and the standard error (None: no t)."""
    if sample.degrees < 1:
        return None, None, f"{method}; {NO_INTERVAL}", None
    error = math.sqrt(sample.squared_error)
    if error == 0:
        return mean, mean, f"{method}; {NO_VARIATION}", None
    low, high = t_interval(mean, error, df=sample.degrees, confidence=confidence)
    return low, high, method, error

"""Internal consistency from covariances: alpha, item-rest r, reliability of a difference.

Covariances may come from complete answers or pair by pair; n is then the number
that the caller names. The figures are those of sum scores (or, which is the same,
of means over items).
"""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtri, ndtri

from fivegaps.stats.bootstrap_intervals import BOOTSTRAP, Interval, interval_of
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import fisher_z
from fivegaps.stats.resampling import Resamples

Floats = NDArray[np.float64]

ALPHA = "Cronbach's alpha, Feldt interval"
ITEM_REST = "correlation of item with the sum of the others, Fisher z interval"
MEAN_R = "mean inter-item correlation"
DIFFERENCE = "reliability of the difference score from alphas"
NORMAL_THEORY = "normal-theory delta interval"

# Variances of answers on a scale are far above this: below is only rounding.
_NO_VARIANCE = 1e-12


def alpha(covariance: Floats, n: int, *, confidence: float = 0.95) -> Estimate:
    """Return Cronbach's alpha of k items (k, k), with Feldt's interval.

    α = k/(k−1) · (1 − Σs_j² / s_X²); the interval multiplies 1 − α by quantiles of
    F with n − 1 and (n − 1)(k − 1) degrees of freedom.

    Returns:
        The estimate, or its reason: single_item, too_few (some pair without
        answers), constant, not_positive_definite (the sum has no positive
        variance, which only pairwise covariances can have).

    Source: cronbach-1951, feldt-1965.
    """
    k = len(covariance)
    reason = _reason(covariance)
    if reason is not None:
        return Estimate.cannot(reason, n=n, method=ALPHA)
    value = alpha_value(covariance)
    tail = (1 - confidence) / 2
    df1, df2 = n - 1, (n - 1) * (k - 1)
    low = 1 - (1 - value) * float(fdtri(df1, df2, 1 - tail))
    high = 1 - (1 - value) * float(fdtri(df1, df2, tail))
    return Estimate(value=value, low=low, high=high, n=n, method=ALPHA)


def alpha_value(covariance: Floats) -> float:
    """Return k/(k−1) · (1 − trace / sum) of covariances (k, k) that have both."""
    k = len(covariance)
    return k / (k - 1) * (1 - float(np.trace(covariance)) / float(covariance.sum()))


def alpha_if_dropped(
    covariance: Floats, n: int, *, confidence: float = 0.95
) -> tuple[Estimate, ...]:
    """Return alpha of the remaining items when each of the k items in turn is dropped."""
    k = len(covariance)
    return tuple(
        alpha(np.delete(np.delete(covariance, j, 0), j, 1), n, confidence=confidence)
        for j in range(k)
    )


def item_rest(
    covariance: Floats, n: NDArray[np.int64], *, confidence: float = 0.95
) -> tuple[Estimate, ...]:
    """Return the correlation of each of k items with the sum of the others.

    Args:
        covariance: Covariances (k, k).
        n: Answers (k,) that the figure of each item rests on.
        confidence: Coverage of Fisher's interval.
    """
    return tuple(_item_rest(covariance, j, int(n[j]), confidence) for j in range(len(covariance)))


def _item_rest(covariance: Floats, j: int, n: int, confidence: float) -> Estimate:
    k = len(covariance)
    if k == 1 or not np.isfinite(covariance).all():
        reason = "single_item" if k == 1 else "too_few"
        return Estimate.cannot(reason, n=n, method=ITEM_REST)
    others = np.arange(k) != j
    own, rest = float(covariance[j, j]), float(covariance[np.ix_(others, others)].sum())
    if own <= _NO_VARIANCE or abs(rest) <= _NO_VARIANCE:
        return Estimate.cannot("constant", n=n, method=ITEM_REST)
    r = float(covariance[j, others].sum()) / sqrt(own * abs(rest))
    if rest < 0 or abs(r) > 1 + 1e-9:
        return Estimate.cannot("not_positive_definite", n=n, method=ITEM_REST)
    if n <= 3:
        method = f"{ITEM_REST}; no interval below 4 answers"
        return Estimate(value=r, low=None, high=None, n=n, method=method)
    low, high = fisher_z(r, n, confidence=confidence)
    return Estimate(value=r, low=low, high=high, n=n, method=ITEM_REST)


def mean_inter_item_r(
    covariance: Floats,
    n: int,
    *,
    resamples: Resamples | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return the mean of the k(k−1)/2 correlations among items.

    The interval is the bootstrap's where resamples are given; otherwise that of
    normal theory by the delta method, symmetric on Fisher's z scale so that it
    stays within −1 and 1.
    """
    reason = _reason(covariance)
    if reason is None and (np.diag(covariance) <= _NO_VARIANCE).any():
        reason = "constant"
    if reason is not None:
        return Estimate.cannot(reason, n=n, method=MEAN_R)
    value = float(_mean_r(covariance[None])[0, 0])
    if resamples is not None:
        interval = interval_of(_mean_r, covariance, resamples, confidence=confidence)
        return _resampled(MEAN_R, value, n, interval)
    k = len(covariance)
    spread = np.sqrt(np.diag(covariance))
    r = covariance / np.outer(spread, spread)
    # d r_ij / d s_ii = −r_ij / (2 s_ii): what a covariance gives, its variances take.
    gradient = (np.ones((k, k)) - np.eye(k) - np.diag(r.sum(axis=1) - 1)) / (k * (k - 1))
    error = _delta_error(r, gradient, n)
    if n < 3 or abs(value) >= 1:
        method = f"{MEAN_R}; no interval"
        return Estimate(value=value, low=None, high=None, n=n, method=method)
    reach = float(ndtri((1 + confidence) / 2)) * error / (1 - value**2)
    centre = np.arctanh(value)
    return Estimate(
        value=value,
        low=float(np.tanh(centre - reach)),
        high=float(np.tanh(centre + reach)),
        n=n,
        method=f"{MEAN_R}, {NORMAL_THEORY} on Fisher's z",
    )


def difference_reliability(
    covariance: Floats,
    n: int,
    *,
    resamples: Resamples | None = None,
    confidence: float = 0.95,
) -> Estimate:
    """Return the reliability of the difference of two sum scores of k items each.

    r_D = (σ_P² r_P + σ_E² r_E − 2 r_PE σ_P σ_E) / (σ_P² + σ_E² − 2 r_PE σ_P σ_E) with
    alpha as r_P and r_E. It is low when the two correlate, and is not the alpha of
    the items' differences.

    Args:
        covariance: Covariances (2k, 2k): k items in one battery, then the same in
            the other.
        n: Answers.
        resamples: Of the same 2k columns in the same order; without them the
            interval is that of normal theory, on the scale of ln(1 − r_D).
        confidence: Coverage aimed at.

    Source: lord-1968 (reliability of a difference).
    """
    sign = np.repeat([1.0, -1.0], len(covariance) // 2)
    # The variance of the difference is the sum of the covariances with these signs.
    reason = "single_item" if len(covariance) == 2 else _reason(covariance * np.outer(sign, sign))
    if reason is not None:
        return Estimate.cannot(reason, n=n, method=DIFFERENCE)
    value = float(_difference(covariance[None])[0, 0])
    if resamples is not None:
        interval = interval_of(_difference, covariance, resamples, confidence=confidence)
        return _resampled(DIFFERENCE, value, n, interval)
    share = 1 - value
    if n < 3 or share <= 0:
        method = f"{DIFFERENCE}; no interval"
        return Estimate(value=value, low=None, high=None, n=n, method=method)
    noise, contrast = _difference_forms(len(covariance) // 2)
    gradient = (noise - share * contrast) / float((contrast * covariance).sum())
    reach = float(ndtri((1 + confidence) / 2)) * _delta_error(covariance, gradient, n) / share
    return Estimate(
        value=value,
        low=1 - share * float(np.exp(reach)),
        high=1 - share * float(np.exp(-reach)),
        n=n,
        method=f"{DIFFERENCE}, {NORMAL_THEORY}",
    )


def _reason(covariance: Floats) -> str | None:
    if len(covariance) == 1:
        return "single_item"
    if not np.isfinite(covariance).all():
        return "too_few"
    total = float(covariance.sum())
    if (np.diag(covariance) <= _NO_VARIANCE).all() or abs(total) <= _NO_VARIANCE:
        return "constant"
    return "not_positive_definite" if total < 0 else None


def _mean_r(covariances: Floats) -> Floats:
    """Return the mean correlation (B, 1) of covariances (B, k, k)."""
    k = covariances.shape[-1]
    variances = np.diagonal(covariances, axis1=1, axis2=2)
    weights = 1 / np.sqrt(np.where(variances > _NO_VARIANCE, variances, np.nan))
    total = np.einsum("bi,bij,bj->b", weights, covariances, weights)
    mean: Floats = (total[:, None] - k) / (k * (k - 1))
    return mean


def _difference_forms(k: int) -> tuple[Floats, Floats]:
    """Return weights (2k, 2k) whose sums with S are the noise and the variance of P − E.

    The noise σ²(1 − α) of a sum score is (k · trace − sum) / (k − 1).
    """
    noise = np.zeros((2 * k, 2 * k))
    noise[:k, :k] = noise[k:, k:] = (k * np.eye(k) - 1) / (k - 1)
    contrast = np.ones((2 * k, 2 * k))
    contrast[:k, k:] = contrast[k:, :k] = -1
    return noise, contrast


def _difference(covariances: Floats) -> Floats:
    """Return r_D (B, 1) of covariances (B, 2k, 2k)."""
    noise, contrast = _difference_forms(covariances.shape[-1] // 2)
    variance = (covariances * contrast).sum(axis=(1, 2))
    variance = np.where(variance > _NO_VARIANCE, variance, np.nan)
    reliability: Floats = 1 - (covariances * noise).sum(axis=(1, 2))[:, None] / variance[:, None]
    return reliability


def _delta_error(covariance: Floats, gradient: Floats, n: int) -> float:
    """Return the standard error of a function of normal covariances with this gradient."""
    turned = gradient @ covariance
    return float(np.sqrt(max(0.0, 2 * float(np.trace(turned @ turned)) / max(n - 1, 1))))


def _resampled(method: str, value: float, n: int, interval: Interval) -> Estimate:
    low, high = interval.ends()
    if low is None:
        return Estimate(value=value, low=None, high=None, n=n, method=f"{method}; no interval")
    return Estimate(value=value, low=low, high=high, n=n, method=f"{method}, {BOOTSTRAP}")

"""Regression from covariances alone: coefficients, and shares of R² for many resamples at once.

Every function takes correlations among k predictors ``within`` (…, k, k) and with
the outcome ``outcome`` (…, k), and works on any number of leading axes, so that
the replicates of a bootstrap are one call. Where predictors are collinear to
within 1e-10 the figures are NaN: the caller tells the reader.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import factorial

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from fivegaps.errors import CannotCompute

Floats = NDArray[np.float64]

# All 2**k subsets are computed: 15 predictors make 32,768 of them.
MOST_LMG_PREDICTORS = 15
_SINGULAR = 1e-10
_NO_VARIANCE = 1e-12


def standardised_coefficients(within: Floats, outcome: Floats) -> Floats:
    """Return standardised regression coefficients β (…, k); NaN where collinear."""
    k = within.shape[-1]
    # Elimination without pivoting is stable for a positive definite matrix, and
    # unlike a library solver it lets one singular resample fail by itself.
    left = within.copy()
    right = outcome.copy()
    with np.errstate(invalid="ignore"):
        for i in range(k):
            pivot = _nonzero(left[..., i, i])
            row = left[..., i, :] / pivot[..., None]
            solved = right[..., i] / pivot
            factor = left[..., :, i].copy()
            factor[..., i] = 0.0
            left -= factor[..., :, None] * row[..., None, :]
            right -= factor * solved[..., None]
            left[..., i, :] = row
            right[..., i] = solved
    return right


def raw_coefficients(covariances: Floats) -> Floats:
    """Return coefficients (…, k) of the last column of covariances (…, k+1, k+1) on the others.

    NaN where predictors are collinear or a column does not vary.
    """
    variances = np.diagonal(covariances, axis1=-2, axis2=-1)
    spread = np.sqrt(np.where(variances > _NO_VARIANCE, variances, np.nan))
    correlations = covariances / (spread[..., :, None] * spread[..., None, :])
    beta = standardised_coefficients(correlations[..., :-1, :-1], correlations[..., :-1, -1])
    raw: Floats = beta * spread[..., -1:] / spread[..., :-1]
    return raw


def explained(within: Floats, outcome: Floats) -> Floats:
    """Return R² (…) of the outcome on all predictors."""
    share: Floats = (standardised_coefficients(within, outcome) * outcome).sum(axis=-1)
    return share


def lmg_shares(within: Floats, outcome: Floats) -> Floats:
    """Return each predictor's share of R² (…, k), averaged over all orders of entry.

    The shares add up to R². Exact, from all subsets of the predictors.

    Raises:
        CannotCompute: too_many_predictors, above 15.

    Source: lindeman-1980, gromping-2006.
    """
    k = within.shape[-1]
    if k > MOST_LMG_PREDICTORS:
        raise CannotCompute("too_many_predictors", f"{k} predictors, at most 15 for LMG")
    explained_by = 1.0 - _left_unexplained(within, outcome)
    shares: Floats = explained_by.T @ _shapley_weights(k)
    return shares.reshape(outcome.shape)


def johnson_weights(within: Floats, outcome: Floats) -> Floats:
    """Return relative weights (…, k): shares of R² through the nearest orthogonal predictors.

    They add up to R². Any number of predictors.

    Source: johnson-2000.
    """
    finite = np.isfinite((within.sum(axis=-1) + outcome).sum(axis=-1))
    safe = np.where(finite[..., None, None], within, np.eye(within.shape[-1]))
    values, vectors = np.linalg.eigh(safe)
    regular = finite & (values[..., 0] > _SINGULAR)
    roots = np.sqrt(np.where(regular[..., None], values, 1.0))
    loadings = (vectors * roots[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    rotated = (np.swapaxes(vectors, -1, -2) @ outcome[..., None]) / roots[..., None]
    coefficients = (vectors @ rotated)[..., 0]
    weights = ((loadings**2) @ (coefficients**2)[..., None])[..., 0]
    usable: Floats = np.where(regular[..., None], weights, np.nan)
    return usable


def _nonzero(pivot: Floats) -> Floats:
    """Return pivots of an elimination, NaN where nothing is left to divide by."""
    kept: Floats = np.where(pivot > _SINGULAR, pivot, np.nan)
    return kept


def _left_unexplained(within: Floats, outcome: Floats) -> Floats:
    """Return 1 − R² (2**k, batch) for every subset; bit i of the index is predictor i.

    Predictor after predictor, each state is carried on twice: without the
    predictor, and with it, its effect swept out of the others. Only what still
    lies ahead is kept, so the work is about twelve operations per subset.
    """
    k = within.shape[-1]
    batch = int(np.prod(within.shape[:-2], dtype=np.int64))
    joint = np.empty((k + 1, k + 1, 1, batch))
    joint[:k, :k, 0] = np.moveaxis(within.reshape(batch, k, k), 0, -1)
    joint[k, :k, 0] = joint[:k, k, 0] = outcome.reshape(batch, k).T
    joint[k, k, 0] = 1.0
    with np.errstate(invalid="ignore"):
        for _ in range(k):
            ahead = joint[1:, 1:]
            swept = ahead - joint[1:, :1] * (joint[:1, 1:] / _nonzero(joint[0, 0]))
            joint = np.concatenate([ahead, swept], axis=2)
    unexplained: Floats = joint[0, 0]
    return unexplained


def _shapley_weights(k: int) -> Floats:
    """Return weights (2**k, k) that turn R² of every subset into Shapley values."""
    subsets = np.arange(2**k)
    member = (subsets[:, None] >> np.arange(k)) & 1
    size = member.sum(axis=1)
    weight = np.array(
        [factorial(s) * factorial(k - s - 1) / factorial(k) for s in range(k)] + [0.0]
    )
    joining = weight[np.maximum(size - 1, 0)][:, None]
    staying = weight[size][:, None]
    weights: Floats = np.where(member == 1, joining, -staying)
    return weights


@dataclass(frozen=True, slots=True)
class LeastSquares:
    """Ordinary least squares with a constant: raw coefficients (k,) and their covariance."""

    coefficients: Floats
    covariance: Floats
    r2: float
    residual_sum: float
    df: int


def least_squares(covariance: Floats, n: int) -> LeastSquares:
    """Regress the last column of a covariance matrix (k+1, k+1) on the k before it.

    Raises:
        CannotCompute: too_few when no degree of freedom is left, constant when the
            outcome or a predictor does not vary, collinear when predictors are
            linear combinations of one another.
    """
    k = len(covariance) - 1
    df = n - k - 1
    if k == 0:
        raise CannotCompute("too_few", "there is no predictor")
    if df < 1:
        raise CannotCompute("too_few", f"{k} predictors need at least {k + 2} answers, found {n}")
    variances = np.diag(covariance)
    if not (variances > _NO_VARIANCE).all():
        raise CannotCompute("constant", "a column of the regression does not vary")
    spread = np.sqrt(variances)
    correlation = covariance / np.outer(spread, spread)
    within = correlation[:k, :k]
    if np.linalg.eigvalsh(within)[0] <= _SINGULAR:
        raise CannotCompute("collinear", "predictors are linear combinations of one another")
    inverse = np.linalg.inv(within)
    beta = inverse @ correlation[:k, k]
    r2 = float(beta @ correlation[:k, k])
    residual_sum = max(0.0, 1.0 - r2) * float(variances[k]) * (n - 1)
    scale = residual_sum / df / (n - 1)
    return LeastSquares(
        coefficients=beta * spread[k] / spread[:k],
        covariance=scale * inverse / np.outer(spread[:k], spread[:k]),
        r2=r2,
        residual_sum=residual_sum,
        df=df,
    )


@dataclass(frozen=True, slots=True)
class ContrastTest:
    """F test that one combination of coefficients is zero."""

    f: float
    df1: int
    df2: int
    p: float


def contrast_test(fit: LeastSquares, contrast: Floats) -> ContrastTest:
    """Test that ``contrast`` (k,) times the coefficients is zero.

    Raises:
        CannotCompute: constant, when the outcome is explained without any rest.
    """
    variance = float(contrast @ fit.covariance @ contrast)
    if variance <= 0:
        raise CannotCompute("constant", "nothing is left unexplained")
    f = float(contrast @ fit.coefficients) ** 2 / variance
    return ContrastTest(f=f, df1=1, df2=fit.df, p=float(fdtrc(1, fit.df, f)))

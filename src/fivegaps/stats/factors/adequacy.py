"""Whether a correlation matrix is worth factoring: KMO and Bartlett's test."""

from __future__ import annotations

from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from fivegaps.errors import CannotCompute

Floats = NDArray[np.float64]

# The smallest eigenvalue that still counts as positive, for a matrix with unit diagonal.
LEAST_EIGENVALUE = 1e-8


def require_positive_definite(correlation: Floats) -> None:
    """Refuse a correlation matrix that no complete set of answers could have.

    Correlations from pairs of answers may contradict one another, and repeated
    items make a matrix singular. It is not smoothed: a smoothed matrix would
    answer for data that nobody gave.

    Raises:
        CannotCompute: not_positive_definite; too_few below two items, or when some
            pair has no correlation.
    """
    if len(correlation) < 2:
        raise CannotCompute("too_few", "factors need items that correlate")
    if not np.isfinite(correlation).all():
        raise CannotCompute("too_few", "some pairs of items were never answered together")
    smallest = float(np.linalg.eigvalsh(correlation)[0])
    if smallest <= LEAST_EIGENVALUE:
        raise CannotCompute("not_positive_definite", f"smallest eigenvalue {smallest:.3g}")


@dataclass(frozen=True, slots=True)
class SamplingAdequacy:
    """Kaiser-Meyer-Olkin measure, overall and of each of the p items, from 0 to 1."""

    overall: float
    items: Floats


def sampling_adequacy(correlation: Floats) -> SamplingAdequacy:
    """Return how small the partial correlations are beside the correlations (p, p).

    Raises:
        CannotCompute: not_positive_definite.

    Source: kaiser-rice-1974.
    """
    require_positive_definite(correlation)
    inverse = np.linalg.inv(correlation)
    scale = np.sqrt(np.diag(inverse))
    partial = inverse / np.outer(scale, scale)
    raw_squares = correlation**2
    partial_squares = partial**2
    np.fill_diagonal(raw_squares, 0.0)
    np.fill_diagonal(partial_squares, 0.0)
    raw, rest = raw_squares.sum(axis=0), partial_squares.sum(axis=0)
    total = raw + rest
    if not (total > 0).all():
        raise CannotCompute("uncorrelated", "an item correlates with no other")
    return SamplingAdequacy(overall=float(raw.sum() / total.sum()), items=raw / total)


@dataclass(frozen=True, slots=True)
class SphericityTest:
    """Bartlett's test that no item correlates with another."""

    chi2: float
    df: int
    p: float


def sphericity(correlation: Floats, n: int) -> SphericityTest:
    """Return Bartlett's test: χ² = −(n − 1 − (2p + 5)/6) · ln|R|, df p(p − 1)/2.

    Raises:
        CannotCompute: not_positive_definite, or too_few when n leaves no weight.

    Source: bartlett-1951.
    """
    require_positive_definite(correlation)
    p = len(correlation)
    weight = n - 1 - (2 * p + 5) / 6
    if weight <= 0:
        raise CannotCompute("too_few", f"{p} items need more than {n} answers")
    chi2 = -weight * log_determinant(correlation)
    df = p * (p - 1) // 2
    return SphericityTest(chi2=chi2, df=df, p=float(chdtrc(df, chi2)))


def log_determinant(matrix: Floats) -> float:
    """Return the natural logarithm of the determinant of a positive definite matrix."""
    return 2 * sum(log(pivot) for pivot in np.diag(np.linalg.cholesky(matrix)))


def squared_multiple_correlations(correlations: Floats) -> Floats:
    """Return R² (…, p) of each item on all others, for correlations (…, p, p)."""
    inverse = np.linalg.inv(correlations)
    smc: Floats = 1 - 1 / np.diagonal(inverse, axis1=-2, axis2=-1)
    return smc

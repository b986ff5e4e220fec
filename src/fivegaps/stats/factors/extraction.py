"""Common factors of a correlation matrix: minimum residuals and maximum likelihood."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtrc

from fivegaps.errors import CannotCompute
from fivegaps.stats.factors.adequacy import (
    log_determinant,
    require_positive_definite,
    squared_multiple_correlations,
)

Floats = NDArray[np.float64]
Method = Literal["minres", "ml"]

# The bound of R's factanal and psych: a unique variance may not fall below it.
LEAST_UNIQUENESS = 0.005


@dataclass(frozen=True, slots=True)
class Extraction:
    """Unrotated factors of p items.

    ``loadings`` (p, q); ``uniquenesses`` (p,); ``at_bound`` (p,) tells the items
    whose unique variance fell to its bound (Heywood cases).
    """

    method: Method
    loadings: Floats
    uniquenesses: Floats
    at_bound: NDArray[np.bool_]
    converged: bool

    @property
    def implied(self) -> Floats:
        """Correlations (p, p) that the factors imply, uniquenesses on the diagonal."""
        implied: Floats = self.loadings @ self.loadings.T + np.diag(self.uniquenesses)
        return implied


@dataclass(frozen=True, slots=True)
class FactorTest:
    """Test that the factors are enough, with Bartlett's correction.

    ``chi2`` is None when there are too few answers for the correction, ``p`` also
    when no degree of freedom is left to test.
    """

    chi2: float | None
    df: int
    p: float | None


def degrees_of_freedom(p: int, factors: int) -> int:
    """Return ((p − q)² − p − q) / 2, negative when the factors cannot be identified."""
    return ((p - factors) ** 2 - p - factors) // 2


def most_factors(p: int) -> int:
    """Return how many factors p items can identify; 0 below three items."""
    return max((q for q in range(p) if degrees_of_freedom(p, q) >= 0), default=0)


def extract(correlation: Floats, factors: int, *, method: Method = "minres") -> Extraction:
    """Extract ``factors`` common factors from a correlation matrix (p, p).

    ``minres`` minimises the squared residual correlations (as psych::fa does by
    default), ``ml`` the likelihood discrepancy (as factanal does).

    Raises:
        CannotCompute: not_positive_definite; too_few when p items cannot identify
            that many factors.

    Source: harman-1966 (minres), joreskog-1967 (ml).
    """
    require_positive_definite(correlation)
    p = len(correlation)
    if not 1 <= factors <= most_factors(p):
        raise CannotCompute("too_few", f"{p} items cannot identify {factors} factors")
    objective = _residual_objective if method == "minres" else _likelihood_objective
    smc = squared_multiple_correlations(correlation)
    start = np.clip(1 - smc if method == "minres" else (1 - 0.5 * factors / p) * (1 - smc), 0.01, 1)
    uniquenesses, converged = _minimise(objective(correlation, factors), start)
    loadings_of = _residual_loadings if method == "minres" else _likelihood_loadings
    loadings = loadings_of(correlation, uniquenesses, factors)
    return Extraction(
        method=method,
        loadings=loadings,
        uniquenesses=uniquenesses,
        at_bound=uniquenesses <= LEAST_UNIQUENESS * 1.001,
        converged=converged,
    )


def enough_factors(extraction: Extraction, correlation: Floats, n: int) -> FactorTest:
    """Test that the extracted factors are enough for n answers.

    The likelihood discrepancy times n − 1 − (2p + 5)/6 − 2q/3. After minres it is
    an approximation, since minres does not minimise that discrepancy.

    Source: bartlett-1951.
    """
    p, q = extraction.loadings.shape
    df = degrees_of_freedom(p, q)
    weight = n - 1 - (2 * p + 5) / 6 - 2 * q / 3
    if weight <= 0:
        return FactorTest(chi2=None, df=df, p=None)
    implied = extraction.implied
    discrepancy = (
        log_determinant(implied)
        - log_determinant(correlation)
        + float(np.trace(np.linalg.solve(implied, correlation)))
        - p
    )
    chi2 = max(0.0, weight * discrepancy)
    return FactorTest(chi2=chi2, df=df, p=float(chdtrc(df, chi2)) if df > 0 else None)


Objective = Callable[[Floats], tuple[float, Floats]]


def _minimise(objective: Objective, start: Floats) -> tuple[Floats, bool]:
    # scipy.optimize takes a tenth of a second to import: only who factors pays it.
    from scipy.optimize import minimize

    solution = minimize(
        objective,
        start,
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUENESS, 1.0)] * len(start),
        options={"maxiter": 1000, "ftol": 1e-14, "gtol": 1e-8},
    )
    found: Floats = solution.x
    _, slope = objective(found)
    # The search may stop on flat ground with an "abnormal" flag: what counts is
    # whether the gradient vanishes in every direction that is not blocked.
    blocked = (found <= LEAST_UNIQUENESS) & (slope > 0) | (found >= 1) & (slope < 0)
    return found, bool(np.abs(np.where(blocked, 0.0, slope)).max() < 1e-4)


def _residual_objective(correlation: Floats, factors: int) -> Objective:
    def objective(uniquenesses: Floats) -> tuple[float, Floats]:
        values, vectors = np.linalg.eigh(correlation - np.diag(uniquenesses))
        # Negative roots among the first q carry no factor and stay in the residual.
        left = np.concatenate([values[:-factors], np.minimum(values[-factors:], 0.0)])
        return float(left @ left) / 2, -(vectors**2) @ left

    return objective


def _residual_loadings(correlation: Floats, uniquenesses: Floats, factors: int) -> Floats:
    values, vectors = np.linalg.eigh(correlation - np.diag(uniquenesses))
    roots = np.sqrt(np.maximum(values[-factors:], 0.0))
    loadings: Floats = (vectors[:, -factors:] * roots)[:, ::-1]
    return loadings


def _likelihood_objective(correlation: Floats, factors: int) -> Objective:
    def objective(uniquenesses: Floats) -> tuple[float, Floats]:
        scale = 1 / np.sqrt(uniquenesses)
        values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
        left = np.maximum(values[:-factors], 1e-12)
        discrepancy = float((left - np.log(left) - 1).sum())
        slope = (vectors[:, :-factors] ** 2) @ (1 - left) / uniquenesses
        return discrepancy, slope

    return objective


def _likelihood_loadings(correlation: Floats, uniquenesses: Floats, factors: int) -> Floats:
    root = np.sqrt(uniquenesses)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    strengths = np.sqrt(np.maximum(values[-factors:] - 1, 0.0))
    loadings: Floats = (root[:, None] * vectors[:, -factors:] * strengths)[:, ::-1]
    return loadings

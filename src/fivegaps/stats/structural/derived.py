"""Figures made from the parameters, with their standard errors by the delta method."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.implied import covariance as implied_covariance
from fivegaps.stats.structural.implied import latent_covariance
from fivegaps.stats.structural.structure import Matrices, Matrix, Vector

# A fraction of a standard error: far above rounding, far below curvature.
_STEP = 1e-4


@dataclass(frozen=True, slots=True)
class Derived:
    """Figures (f,) and their covariances (f, f)."""

    values: Vector
    covariance: Matrix

    @property
    def errors(self) -> Vector:
        """Return the standard errors (f,)."""
        return np.sqrt(np.maximum(np.diag(self.covariance), 0.0))


def derive(
    solution: Solution, figures: Callable[[Matrices], Vector], covariance: Matrix | None = None
) -> Derived:
    """Return figures of the model with their covariances.

    Args:
        solution: One that converged.
        figures: From the model's matrices to (f,); differentiated by central differences.
        covariance: Of the parameters (q, q); by default from the expected information.
    """
    given = solution.covariance if covariance is None else covariance
    structure, values = solution.structure, solution.values
    steps = _STEP * np.sqrt(np.maximum(np.diag(given), 0.0))
    here = figures(structure.matrices(values))
    slopes = np.zeros((len(here), len(values)))
    for position in np.flatnonzero(steps):
        moved = np.zeros(len(values))
        moved[position] = steps[position]
        above = figures(structure.matrices(values + moved))
        below = figures(structure.matrices(values - moved))
        slopes[:, position] = (above - below) / (2 * steps[position])
    return Derived(values=here, covariance=slopes @ given @ slopes.T)


def factor_correlations(matrices: Matrices) -> Matrix:
    """Return the correlations (m, m) of the latent variables; a variance ≤ 0 gives NaN."""
    _, factors = latent_covariance(matrices)
    variances = np.diag(factors)
    deviations = np.sqrt(np.where(variances > 0, variances, np.nan))
    correlations: Matrix = factors / np.outer(deviations, deviations)
    return correlations


def standardised_loadings(matrices: Matrices) -> Matrix:
    """Return loadings (p, m) for observed and latent variables of variance 1."""
    _, factors = latent_covariance(matrices)
    observed = np.sqrt(np.diag(implied_covariance(matrices)))
    variances = np.diag(factors)
    latent = np.sqrt(np.where(variances > 0, variances, np.nan))
    return matrices.loadings * latent / observed[:, None]

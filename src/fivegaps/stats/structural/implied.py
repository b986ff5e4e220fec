"""The covariance matrix that a model implies, its derivatives and the information."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lapack

from fivegaps.stats.structural.structure import Matrices, Matrix, Place, Structure, Vector


@dataclass(frozen=True, slots=True)
class Implied:
    """What the model implies at one set of values.

    Attributes:
        sigma: Σ (p, p).
        inverse: Σ⁻¹ (p, p).
        log_determinant: ln|Σ|.
        effects: (I − B)⁻¹ (m, m).
        factors: (m, m), covariances of the latent variables.
        loadings: Λ (p, m).
    """

    sigma: Matrix
    inverse: Matrix
    log_determinant: float
    effects: Matrix
    factors: Matrix
    loadings: Matrix


def latent_covariance(matrices: Matrices) -> tuple[Matrix, Matrix]:
    """Return (I − B)⁻¹ and the covariances of the latent variables, both (m, m)."""
    if not np.any(matrices.regressions):
        return np.eye(len(matrices.latent)), matrices.latent
    direct = np.eye(len(matrices.latent)) - matrices.regressions
    effects = np.asarray(np.linalg.inv(direct), dtype=np.float64)
    return effects, effects @ matrices.latent @ effects.T


def covariance(matrices: Matrices) -> Matrix:
    """Return Σ (p, p)."""
    _, factors = latent_covariance(matrices)
    return matrices.loadings @ factors @ matrices.loadings.T + matrices.residual


def imply(structure: Structure, values: Vector) -> Implied | None:
    """Return what the model implies, or None where Σ is not positive definite."""
    matrices = structure.matrices(values)
    try:
        effects, factors = latent_covariance(matrices)
    except np.linalg.LinAlgError:
        return None
    sigma = matrices.loadings @ factors @ matrices.loadings.T + matrices.residual
    factor, failed = lapack.dpotrf(sigma, lower=True)
    if failed or not np.all(np.isfinite(factor)):
        return None
    root, failed = lapack.dtrtri(factor, lower=True)
    if failed:
        return None
    root = np.tril(root)
    return Implied(
        sigma=sigma,
        inverse=root.T @ root,
        log_determinant=2 * float(np.sum(np.log(np.diag(factor)))),
        effects=effects,
        factors=factors,
        loadings=matrices.loadings,
    )


@dataclass(frozen=True, slots=True)
class Directions:
    """Derivatives of Σ, one per element: dΣ = weight · (left rightᵀ + right leftᵀ).

    Every element of the four matrices moves Σ by a symmetric matrix of rank two or less,
    so p-vectors suffice where a general derivative would need p² numbers each.

    Attributes:
        left, right: (e, p).
        weight: (e,), one half on the diagonal of a symmetric matrix, else one.
    """

    left: Matrix
    right: Matrix
    weight: Vector

    def sandwiched(self, matrix: Matrix) -> Vector:
        """Return tr(M dΣ) (e,) for a symmetric M (p, p)."""
        trace: Vector = np.einsum("ei,ei->e", self.left @ matrix, self.right)
        return 2 * self.weight * trace

    def information(self, inverse: Matrix, other: Directions) -> Matrix:
        """Return ½ tr(Σ⁻¹ dΣ Σ⁻¹ dΣ') (e, e'): expected information of one row."""
        left, right = self.left @ inverse, self.right @ inverse
        same = (left @ other.left.T) * (right @ other.right.T)
        crossed = (left @ other.right.T) * (right @ other.left.T)
        information: Matrix = np.outer(self.weight, other.weight) * (same + crossed)
        return information

    def own_information(self, inverse: Matrix) -> Vector:
        """Return the diagonal (e,) of the expected information of one row."""
        left, right = self.left @ inverse, self.right @ inverse
        first = np.einsum("ei,ei->e", left, self.left) * np.einsum("ei,ei->e", right, self.right)
        second: Vector = np.einsum("ei,ei->e", left, self.right) ** 2
        information: Vector = self.weight**2 * (first + second)
        return information


def directions(
    implied: Implied,
    places: NDArray[np.intp],
    rows: NDArray[np.intp],
    columns: NDArray[np.intp],
) -> Directions:
    """Return the derivatives of Σ in the named elements, free or not."""
    observed, reached = len(implied.sigma), (implied.loadings @ implied.effects).T
    carried = (implied.loadings @ implied.factors).T
    unit = np.eye(observed)
    left = np.empty((len(places), observed))
    right = np.empty((len(places), observed))
    for place, first, second in (
        (Place.LOADING, unit, carried),
        (Place.REGRESSION, reached, carried),
        (Place.LATENT, reached, reached),
        (Place.RESIDUAL, unit, unit),
    ):
        here = places == place
        left[here] = first[rows[here]]
        right[here] = second[columns[here]]
    symmetric = (places == Place.LATENT) | (places == Place.RESIDUAL)
    weight = np.where(symmetric & (rows == columns), 0.5, 1.0)
    return Directions(left=left, right=right, weight=weight)


def free_directions(structure: Structure, implied: Implied) -> Directions:
    """Return the derivatives of Σ in the free elements (e)."""
    return directions(implied, structure.places, structure.rows, structure.columns)


def discrepancy(implied: Implied, sample: Matrix, log_determinant: float) -> float:
    """Return F = ln|Σ| + tr(SΣ⁻¹) − ln|S| − p."""
    trace = float(np.sum(sample * implied.inverse))
    return implied.log_determinant + trace - log_determinant - len(sample)


def gradient(structure: Structure, implied: Implied, sample: Matrix) -> Vector:
    """Return the derivatives (q,) of the discrepancy F."""
    weighted = implied.inverse - implied.inverse @ sample @ implied.inverse
    return structure.collected(free_directions(structure, implied).sandwiched(weighted))


def expected_information(structure: Structure, implied: Implied) -> Matrix:
    """Return the expected information (q, q) of one row."""
    way = free_directions(structure, implied)
    elements = way.information(implied.inverse, way)
    return structure.collected(structure.collected(elements).T)

"""Sums over single rows that robust statistics need: a second pass, additive by block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.implied import free_directions
from fivegaps.stats.structural.structure import Matrix, Vector

_ROWS_AT_A_TIME = 8192


@dataclass(frozen=True, slots=True)
class CasewiseSums:
    """What the rows say about their own spread around a solution; O(p² + q²) a row.

    Attributes:
        n: Complete rows.
        scores: (q, q), sum of s sᵀ, s the derivative of a row's log-likelihood.
        squares: Sum of d², the squared Mahalanobis distance under S.
        fourths: Sum of d⁴.
        column_fourths: (p,), sums of the standardised deviations to the fourth power.
    """

    n: int
    scores: Matrix
    squares: float
    fourths: float
    column_fourths: Vector

    @classmethod
    def empty(cls, solution: Solution) -> Self:
        """Return the sums of no rows."""
        free, columns = solution.structure.free, solution.sample.columns
        return cls(0, np.zeros((free, free)), 0.0, 0.0, np.zeros(columns))

    @classmethod
    def of(cls, solution: Solution, values: NDArray[np.float64] | NDArray[np.uint8]) -> Self:
        """Return the sums of the rows of values (n, p), complete rows only.

        Columns are in the solution's order, and in the unit of its S and means. Whole-number
        codes (uint8) mark a missing answer by 0, numbers by NaN.
        """
        total = cls.empty(solution)
        for start in range(0, len(values), _ROWS_AT_A_TIME):
            total += cls._of_block(solution, values[start : start + _ROWS_AT_A_TIME])
        return total

    @classmethod
    def _of_block(cls, solution: Solution, block: NDArray[np.float64] | NDArray[np.uint8]) -> Self:
        coded = block.dtype == np.uint8
        complete = block.all(axis=1) if coded else np.isfinite(block).all(axis=1)
        if not complete.all():
            block = block[complete]
        deviations = block.astype(np.float64) - solution.sample.means
        covariance = solution.sample.covariance
        whitened = deviations @ np.linalg.inv(np.linalg.cholesky(covariance)).T
        distances = np.einsum("ni,ni->n", whitened, whitened)
        squared = (deviations / np.sqrt(np.diag(covariance))) ** 2
        scores = _scores(solution, deviations)
        return cls(
            n=len(deviations),
            scores=scores.T @ scores,
            squares=float(distances.sum()),
            fourths=float(distances @ distances),
            column_fourths=np.einsum("np,np->p", squared, squared),
        )

    def __add__(self, other: Self) -> Self:
        """Return the sums of both sets of rows."""
        return type(self)(
            n=self.n + other.n,
            scores=self.scores + other.scores,
            squares=self.squares + other.squares,
            fourths=self.fourths + other.fourths,
            column_fourths=self.column_fourths + other.column_fourths,
        )

    def check(self, solution: Solution) -> None:
        """Do nothing when these are the rows that S and the means were made of.

        Raises:
            CannotCompute: rows_differ; the mean of d² is p exactly for the right rows.
        """
        columns = solution.sample.columns
        same = self.n == solution.sample.n
        if not same or abs(self.squares / self.n - columns) > 1e-6 * columns:
            detail = f"{self.n} rows, the model was fitted to {solution.sample.n}"
            raise CannotCompute("rows_differ", detail)


def _scores(solution: Solution, deviations: Matrix) -> Matrix:
    """Return the derivatives (n, q) of each row's log-likelihood in the free parameters.

    With z = Σ⁻¹x a row's score is w·(lᵀz · rᵀz − lᵀΣ⁻¹r) for dΣ = w(lrᵀ + rlᵀ).
    """
    way = free_directions(solution.structure, solution.implied)
    left = solution.implied.inverse @ (way.left * way.weight[:, None]).T
    right = solution.implied.inverse @ way.right.T
    scores = deviations @ left
    scores *= deviations @ right
    scores -= np.einsum("ie,ei->e", left, way.right)
    return solution.structure.collected(scores.T).T

"""Sums over single rows that robust statistics need: a second pass, additive by block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.implied import free_directions
from fivegaps.stats.structural.structure import Matrix, Structure, Vector

# Rows are taken in stacks of slices so small that BLAS multiplies each in one thread: its
# threads cost more than they bring on matrices of this width, and many times more on a busy
# machine.
_MULTIPLICATIONS_A_SLICE = 200_000
_ROWS_A_STACK = 4096


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
        passing = _Passing.of(solution)
        widest = max(solution.structure.free, solution.sample.columns, 1)
        slice_rows = int(np.clip(_MULTIPLICATIONS_A_SLICE // widest**2, 1, _ROWS_A_STACK))
        stack_rows = slice_rows * max(_ROWS_A_STACK // slice_rows, 1)
        for start in range(0, len(values), stack_rows):
            block = _complete(values[start : start + stack_rows])
            whole = len(block) // slice_rows * slice_rows
            for part, height in ((block[:whole], slice_rows), (block[whole:], len(block) - whole)):
                if len(part):
                    total += cls._of_stack(passing, part.reshape(-1, height, part.shape[1]))
        return total

    @classmethod
    def _of_stack(cls, passing: _Passing, stack: NDArray[np.float64]) -> Self:
        """Return the sums of a stack of slices of rows (slices, rows, p)."""
        deviations = stack - passing.means
        whitened = deviations @ passing.whitening
        distances = np.einsum("bni,bni->bn", whitened, whitened)
        squared = deviations * passing.precision
        squared *= squared
        scores = deviations @ passing.left
        scores *= deviations @ passing.right
        scores -= passing.expected
        elements = (scores.transpose(0, 2, 1) @ scores).sum(axis=0)
        collected = passing.structure.collected
        return cls(
            n=stack.shape[0] * stack.shape[1],
            scores=collected(collected(elements).T),
            squares=float(distances.sum()),
            fourths=float(np.einsum("bn,bn->", distances, distances)),
            column_fourths=np.einsum("bnp,bnp->p", squared, squared),
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


@dataclass(frozen=True, slots=True)
class _Passing:
    """What every row is multiplied with.

    With z = Σ⁻¹x a row's score in an element is w·(lᵀz · rᵀz − lᵀΣ⁻¹r), for dΣ = w(lrᵀ + rlᵀ).
    """

    structure: Structure
    means: Vector
    precision: Vector
    whitening: Matrix
    left: Matrix
    right: Matrix
    expected: Vector

    @classmethod
    def of(cls, solution: Solution) -> Self:
        covariance = solution.sample.covariance
        way = free_directions(solution.structure, solution.implied)
        left = solution.implied.inverse @ (way.left * way.weight[:, None]).T
        return cls(
            structure=solution.structure,
            means=solution.sample.means,
            precision=1 / np.sqrt(np.diag(covariance)),
            whitening=np.linalg.inv(np.linalg.cholesky(covariance)).T,
            left=left,
            right=solution.implied.inverse @ way.right.T,
            expected=np.einsum("ie,ei->e", left, way.right),
        )


def _complete(block: NDArray[np.float64] | NDArray[np.uint8]) -> NDArray[np.float64]:
    coded = block.dtype == np.uint8
    complete = block.all(axis=1) if coded else np.isfinite(block).all(axis=1)
    if not complete.all():
        block = block[complete]
    return np.ascontiguousarray(block, dtype=np.float64)

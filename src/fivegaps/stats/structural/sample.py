"""What a covariance structure is fitted to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fivegaps.errors import CannotCompute

# Smallest eigenvalue of the correlation matrix that still counts as positive definite;
# rounding alone leaves a duplicated column at some 1e-16.
_SMALLEST_EIGENVALUE = 1e-10


@dataclass(frozen=True, slots=True)
class Sample:
    """The moments of n complete rows.

    Attributes:
        n: Rows.
        covariance: S (p, p) with divisor n.
        means: (p,), needed only where rows are gone through again; zeros otherwise.
    """

    n: int
    covariance: NDArray[np.float64]
    means: NDArray[np.float64]

    @classmethod
    def of(cls, covariance: ArrayLike, n: int, *, means: ArrayLike | None = None) -> Self:
        """Return the sample of an S with divisor n.

        Raises:
            CannotCompute: too_few when n is not larger than p, constant when a variance
                is zero, not_positive_definite when S is not finite or (nearly) singular.
        """
        matrix = np.asarray(covariance, dtype=np.float64)
        columns = matrix.shape[0]
        if n <= columns:
            raise CannotCompute("too_few", f"{n} complete rows for {columns} variables")
        if not np.all(np.isfinite(matrix)):
            raise CannotCompute("not_positive_definite", "the covariance matrix is not finite")
        variances = np.diag(matrix)
        if np.any(variances <= 0):
            raise CannotCompute("constant", "a variable does not vary")
        scale = np.sqrt(variances)
        smallest = float(np.linalg.eigvalsh(matrix / np.outer(scale, scale))[0])
        if smallest < _SMALLEST_EIGENVALUE:
            detail = f"smallest eigenvalue of the correlations {smallest:.3g}"
            raise CannotCompute("not_positive_definite", detail)
        centre = np.zeros(columns) if means is None else np.asarray(means, dtype=np.float64)
        return cls(n=int(n), covariance=(matrix + matrix.T) / 2, means=centre)

    @property
    def columns(self) -> int:
        """Return p, the number of observed variables."""
        return int(self.covariance.shape[0])

    def correlation(self) -> NDArray[np.float64]:
        """Return the correlations (p, p)."""
        scale = np.sqrt(np.diag(self.covariance))
        correlation: NDArray[np.float64] = self.covariance / np.outer(scale, scale)
        return correlation

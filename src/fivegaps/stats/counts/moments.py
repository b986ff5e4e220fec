"""Moments: pairwise n, sums, squares and cross-products of codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.columns import Columns
from fivegaps.stats.counts.kernel import MomentCounter, Path, chosen_path


@dataclass(frozen=True, slots=True, eq=False)
class Moments:
    """Sums over the n rows that answered both of two columns; all (k, k) int64.

    ``pairs[i, j]`` counts rows with both answered; over those rows
    ``sums[i, j]`` adds the code of i, ``squares[i, j]`` its square and
    ``products[i, j]`` the product of both codes. A code is value − scale
    minimum + 1, so a mean of values is the mean of codes + minimum − 1, and
    covariances need no shift. Adding is exact and in any order the same.
    """

    columns: Columns
    n: int
    pairs: NDArray[np.int64]
    sums: NDArray[np.int64]
    squares: NDArray[np.int64]
    products: NDArray[np.int64]

    @classmethod
    def empty(cls, columns: Columns) -> Moments:
        """Return the moments of no rows."""
        return cls.counted(MomentCounter(columns), 0)

    @classmethod
    def of(cls, columns: Columns, codes: NDArray[np.uint8], *, path: Path | None = None) -> Moments:
        """Count codes (k, n) of these columns.

        Raises:
            CodesOffScale: A code above its column's levels, or another shape.
        """
        codes = columns.checked(codes)
        counter = MomentCounter(columns)
        counter.add(codes, chosen_path(codes.size, path))
        return cls.counted(counter, int(codes.shape[1]))

    @classmethod
    def counted(cls, counter: MomentCounter, n: int) -> Moments:
        """Return what a counter has added up over n rows."""
        pairs, sums, squares, products = counter.found
        return cls(counter.columns, n, pairs, sums, squares, products)

    def __add__(self, other: Moments) -> Moments:
        """Return the moments of both sets of rows."""
        self.columns.same_as(other.columns)
        return Moments(
            self.columns,
            self.n + other.n,
            self.pairs + other.pairs,
            self.sums + other.sums,
            self.squares + other.squares,
            self.products + other.products,
        )

    def __eq__(self, other: object) -> bool:
        """Tell whether columns, n and every sum are equal."""
        if not isinstance(other, Moments):
            return NotImplemented
        return (
            self.columns == other.columns
            and self.n == other.n
            and np.array_equal(self.pairs, other.pairs)
            and np.array_equal(self.sums, other.sums)
            and np.array_equal(self.squares, other.squares)
            and np.array_equal(self.products, other.products)
        )

    __hash__ = None  # type: ignore[assignment]

    def select(self, names: Sequence[str]) -> Moments:
        """Return these columns alone, in the order given."""
        places = self.columns.places(names)
        both = np.ix_(places, places)
        return Moments(
            self.columns.select(names),
            self.n,
            self.pairs[both],
            self.sums[both],
            self.squares[both],
            self.products[both],
        )

    def means(self) -> NDArray[np.float64]:
        """Return the mean code of each column (k,) over its own answers; NaN without any."""
        return _ratio(np.diag(self.sums).astype(np.float64), np.diag(self.pairs))

    def covariance(self, ddof: int = 1) -> NDArray[np.float64]:
        """Return pairwise covariances (k, k): means and products over the rows with both.

        NaN where no more than ``ddof`` rows have both. The matrix need not be
        positive definite when answers are missing. Equals R's
        ``cov(x, use = "pairwise.complete.obs")``.
        """
        products, sums, _squares = self._centred()
        means = _ratio(sums, self.pairs)
        return _ratio(products - means * sums.T, self.pairs - ddof)

    def correlation(self) -> NDArray[np.float64]:
        """Return pairwise correlations (k, k), standard deviations over the rows with both.

        NaN where a column is constant over those rows. Equals R's
        ``cor(x, use = "pairwise.complete.obs")``.
        """
        products, sums, squares = self._centred()
        means = _ratio(sums, self.pairs)
        variation = squares - means * sums
        scale = np.sqrt(variation * variation.T)
        found = np.full(scale.shape, np.nan)
        # Rounding leaves a constant column a variation of some 1e-16 of its squares.
        alive = scale > 1e-12 * np.maximum(squares, 1.0)
        np.divide(products - means * sums.T, scale, out=found, where=alive)
        return found

    def _centred(self) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
        """Return products, sums and squares about each column's rounded mean.

        The shift is done in integers, so that nothing cancels in floating point.
        """
        own = np.diag(self.pairs)
        centre = np.diag(self.sums) // np.maximum(own, 1)
        left, right = centre[:, None], centre[None, :]
        sums = self.sums - left * self.pairs
        squares = self.squares - 2 * left * self.sums + left**2 * self.pairs
        products = (
            self.products - left * self.sums.T - right * self.sums + left * right * self.pairs
        )
        return products.astype(np.float64), sums.astype(np.float64), squares.astype(np.float64)


def _ratio(above: NDArray[np.float64], below: NDArray[np.int64]) -> NDArray[np.float64]:
    found = np.full(above.shape, np.nan)
    np.divide(above, below, out=found, where=below > 0)
    return found

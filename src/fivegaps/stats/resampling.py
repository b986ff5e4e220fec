"""Bootstrap on the sums of random blocks of rows, so that its cost does not grow with n.

Rows are dealt into at most a thousand random blocks (or into clusters, when these
were sampled). A block keeps its number of rows, its sums and its products. A
bootstrap replicate draws blocks, not rows, and adds up their sums: means and
covariances of a replicate follow, and with them any figure that is a function of
means and covariances.

Sums and products of whole numbers stay exact in float64 below 2**53, so block
sums are equal in bits for any batching or order of the rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute

BLOCKS = 1000
REPLICATES = 2000
_CHUNK = 256
_WINDOW = 65_536

Floats = NDArray[np.float64]


def number_of_blocks(rows: int, *, most: int = BLOCKS) -> int:
    """Return how many blocks ``rows`` rows are dealt into: each its own up to ``most``."""
    return max(1, min(rows, most))


def block_of(
    row_numbers: NDArray[np.int64], *, rows: int, most: int = BLOCKS, seed: int = 0
) -> NDArray[np.int64]:
    """Return the block (n,) of each row, from its number in the file alone.

    Up to ``most`` rows in the source each row is a block of its own, which makes
    the block bootstrap the ordinary one. Beyond, every 65,536 rows of the file are
    shuffled and dealt out evenly, whatever the batches or threads that read them.

    Args:
        row_numbers: Numbers (n,) of the rows in the source, from 0.
        rows: Rows of the whole source.
        most: The largest number of blocks.
        seed: Changes the deal.
    """
    if rows <= most:
        return row_numbers.astype(np.int64)
    blocks = np.empty(row_numbers.shape, dtype=np.int64)
    window, place = np.divmod(row_numbers.astype(np.int64), _WINDOW)
    for number in np.unique(window):
        here = window == number
        shuffled = np.random.default_rng([seed, int(number)]).permutation(_WINDOW)
        blocks[here] = shuffled[place[here]] % most
    return blocks


@dataclass(frozen=True, slots=True)
class Replicates:
    """Means and covariances of B resamples of the same columns.

    ``n`` (B,) rows, ``means`` (B, c), ``covariances`` (B, c, c) with divisor n − 1.
    """

    names: tuple[str, ...]
    n: Floats
    means: Floats
    covariances: Floats

    def select(self, names: Sequence[str]) -> Self:
        """Return the replicates of some columns, in the order asked for."""
        at = _places(self.names, names)
        return type(self)(
            names=tuple(names),
            n=self.n,
            means=self.means[:, at],
            covariances=self.covariances[:, at[:, None], at[None, :]],
        )

    def correlations(self) -> Floats:
        """Return correlations (B, c, c); NaN where a column does not vary in a resample."""
        return correlations_of(self.covariances)


@dataclass(frozen=True, slots=True)
class Resamples:
    """What an interval needs: B bootstrap replicates, and the sample less each block."""

    drawn: Replicates
    left_out: Replicates

    def select(self, names: Sequence[str]) -> Self:
        """Return the resamples of some columns, in the order asked for."""
        return type(self)(self.drawn.select(names), self.left_out.select(names))


@dataclass(frozen=True, slots=True, eq=False)
class BlockSums:  # noqa: PLW1641 (holds arrays, has no hash)
    """Sums over the complete rows of each of G blocks, for c columns.

    ``n`` (G,) rows, ``sums`` (G, c), ``products`` (G, c, c) sums of products.
    Adding two of them joins their rows, in any order and with equal bits.
    """

    names: tuple[str, ...]
    n: Floats
    sums: Floats
    products: Floats

    @classmethod
    def empty(cls, names: Sequence[str], *, blocks: int = BLOCKS) -> Self:
        """Return the sums of no rows at all."""
        c = len(names)
        return cls(
            names=tuple(names),
            n=np.zeros(blocks),
            sums=np.zeros((blocks, c)),
            products=np.zeros((blocks, c, c)),
        )

    @classmethod
    def of(
        cls,
        names: Sequence[str],
        values: Floats,
        *,
        block: NDArray[np.int64],
        blocks: int = BLOCKS,
    ) -> Self:
        """Return the sums of rows ``values`` (n, c); a row with any NaN is left out.

        Args:
            names: Names of the c columns.
            values: Rows; whole numbers keep every sum exact.
            block: Block (n,) of each row, below ``blocks``.
            blocks: Number of blocks G.
        """
        sums = cls.empty(names, blocks=blocks)
        complete = ~np.isnan(values).any(axis=1)
        order = np.argsort(block[complete], kind="stable")
        rows = values[complete][order]
        present, first, sizes = np.unique(
            block[complete][order], return_index=True, return_counts=True
        )
        for place, start, size in zip(present, first, sizes, strict=True):
            part = rows[start : start + size]
            sums.n[place] = size
            sums.sums[place] = part.sum(axis=0)
            sums.products[place] = part.T @ part
        return sums

    def __add__(self, other: Self) -> Self:
        """Return the sums of both sets of rows."""
        if self.names != other.names or self.n.shape != other.n.shape:
            raise ValueError("block sums of other columns or another number of blocks")
        return type(self)(
            names=self.names,
            n=self.n + other.n,
            sums=self.sums + other.sums,
            products=self.products + other.products,
        )

    def __eq__(self, other: object) -> bool:
        """Tell whether columns and every sum are equal."""
        if not isinstance(other, BlockSums):
            return NotImplemented
        return (
            self.names == other.names
            and np.array_equal(self.n, other.n)
            and np.array_equal(self.sums, other.sums)
            and np.array_equal(self.products, other.products)
        )

    @property
    def rows(self) -> int:
        """Complete rows in all blocks."""
        return int(self.n.sum())

    @property
    def filled(self) -> int:
        """Blocks that hold at least one row."""
        return int(np.count_nonzero(self.n))

    def select(self, names: Sequence[str]) -> Self:
        """Return the sums of some columns, in the order asked for."""
        at = _places(self.names, names)
        return type(self)(
            names=tuple(names),
            n=self.n,
            sums=self.sums[:, at],
            products=self.products[:, at[:, None], at[None, :]],
        )

    def means(self) -> Floats:
        """Return the means (c,) over all rows; NaN when there are none."""
        means: Floats = self._whole().means[0]
        return means

    def covariance(self) -> Floats:
        """Return the covariances (c, c) over all rows, divisor n − 1; NaN below 2 rows."""
        covariance: Floats = self._whole().covariances[0]
        return covariance

    def replicates(self, count: int = REPLICATES, *, seed: int) -> Replicates:
        """Draw blocks with replacement, ``count`` times.

        One block fewer is drawn than there are, which makes the spread of a mean
        over the replicates unbiased also when the blocks are a few clusters.

        Raises:
            CannotCompute: too_few, when fewer than two blocks hold rows.

        Source: mccarthy-1985 (with-replacement bootstrap).
        """
        filled = self.n > 0
        blocks = int(filled.sum())
        if blocks < 2:
            raise CannotCompute("too_few", "the bootstrap needs at least 2 blocks of answers")
        generator = np.random.default_rng(seed)
        parts = []
        for start in range(0, count, _CHUNK):
            size = min(_CHUNK, count - start)
            drawn = generator.integers(0, blocks, size=(size, blocks - 1))
            drawn += np.arange(size)[:, None] * blocks
            weights = np.bincount(drawn.ravel(), minlength=size * blocks)
            parts.append(weights.reshape(size, blocks).astype(np.float64))
        return self._weighted(parts)

    def resamples(self, count: int = REPLICATES, *, seed: int) -> Resamples:
        """Return replicates and leave-one-block-out moments together.

        Raises:
            CannotCompute: too_few, when fewer than two blocks hold rows.
        """
        return Resamples(drawn=self.replicates(count, seed=seed), left_out=self.without_each())

    def without_each(self) -> Replicates:
        """Return the means and covariances that remain when each block in turn is left out."""
        filled = self.n > 0
        total_sums = self.sums.sum(axis=0)
        total_products = self.products.sum(axis=0)
        return _moments(
            self.names,
            self.n.sum() - self.n[filled],
            total_sums - self.sums[filled],
            total_products - self.products[filled],
        )

    def _whole(self) -> Replicates:
        return _moments(
            self.names,
            self.n.sum(keepdims=True),
            self.sums.sum(axis=0, keepdims=True),
            self.products.sum(axis=0, keepdims=True),
        )

    def _weighted(self, weights: Sequence[Floats]) -> Replicates:
        filled = self.n > 0
        c = len(self.names)
        # Products are symmetric: half of them are enough for the matrix product,
        # which is where nearly all of the time goes.
        left, right = np.triu_indices(c)
        half = np.concatenate(
            [self.n[filled, None], self.sums[filled], self.products[filled][:, left, right]], axis=1
        )
        totals = np.concatenate([part @ half for part in weights])
        products = np.empty((len(totals), c, c))
        products[:, left, right] = totals[:, c + 1 :]
        products[:, right, left] = totals[:, c + 1 :]
        return _moments(self.names, totals[:, 0], totals[:, 1 : c + 1], products)


def correlations_of(covariances: Floats) -> Floats:
    """Return correlations (…, c, c) of covariances (…, c, c); NaN for a column that is constant."""
    variances = np.diagonal(covariances, axis1=-2, axis2=-1)
    # A variance that is only rounding is no variance.
    spread = np.sqrt(np.where(variances > 1e-12, variances, np.nan))
    correlations: Floats = covariances / (spread[..., :, None] * spread[..., None, :])
    diagonal = np.arange(covariances.shape[-1])
    correlations[..., diagonal, diagonal] = np.where(np.isnan(spread), np.nan, 1.0)
    return correlations


def _moments(names: tuple[str, ...], n: Floats, sums: Floats, products: Floats) -> Replicates:
    rows = np.where(n > 0, n, np.nan)
    means = sums / rows[:, None]
    free = np.where(n > 1, n - 1, np.nan)
    covariances = (products - sums[:, :, None] * means[:, None, :]) / free[:, None, None]
    return Replicates(names=names, n=n, means=means, covariances=covariances)


def _places(known: tuple[str, ...], wanted: Sequence[str]) -> NDArray[np.intp]:
    place = {name: at for at, name in enumerate(known)}
    return np.array([place[name] for name in wanted], dtype=np.intp)

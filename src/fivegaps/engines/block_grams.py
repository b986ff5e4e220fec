"""Gram matrices of complete rows by bootstrap block, added up over the answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.grams import Floats, Grouping

CHUNK = 128
CROWDED = 2

# Rows of one block up to which products of codes to 40 add up exactly in single precision.
MOST_SINGLE = 10_000

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class BlockGrams:
    """Gram matrices (g, c + 1, c + 1) of [1; columns] for the blocks ``keys``, in order.

    Whole numbers held as floats, exact below 2⁵³.
    """

    keys: tuple[str, ...]
    grams: Floats

    def __add__(self, other: BlockGrams) -> BlockGrams:
        """Return the Gram matrices over both sets of rows."""
        if self.keys == other.keys:
            return BlockGrams(self.keys, self.grams + other.grams)
        keys = tuple(sorted({*self.keys, *other.keys}))
        place = {key: at for at, key in enumerate(keys)}
        grams = np.zeros((len(keys), *self.grams.shape[1:]))
        for part in (self, other):
            grams[[place[key] for key in part.keys]] += part.grams
        return BlockGrams(keys, grams)


class Dealt:
    """Rows dealt to blocks once, for many sets of columns."""

    def __init__(self, found: Grouping, n: int) -> None:
        """Lay the rows of each block side by side, filled up with a row that counts nothing.

        Blocks of very unequal size are not filled up but taken one by one.
        """
        sizes = np.diff(found.bounds)
        self.blocks = len(sizes)
        self._bounds: NDArray[np.intp] | None = found.bounds
        self._order = found.order
        self._widest = int(sizes.max(initial=0))
        if self._widest * self.blocks <= CROWDED * n + CHUNK:
            index = np.full((self.blocks, self._widest), n, dtype=np.intp)
            index[np.arange(self._widest) < sizes[:, None]] = found.order
            self._order = index.ravel()
            self._bounds = None

    def arranged(self, columns: NDArray[T]) -> NDArray[T]:
        """Return columns (c, n) in the order of the blocks, fillers 0."""
        empty = np.zeros((columns.shape[0], 1), dtype=columns.dtype)
        return np.concatenate([columns, empty], axis=1)[:, self._order]

    def grams(self, columns: NDArray[np.float32] | Floats, complete: NDArray[np.bool_]) -> Floats:
        """Return the Gram matrices (g, c + 1, c + 1) of [1; columns] over complete rows.

        Args:
            columns: Arranged columns (c, m).
            complete: Arranged (m,): which rows count; a filler never does.
        """
        if self._widest > MOST_SINGLE:
            columns = columns.astype(np.float64)
        width = columns.shape[0] + 1
        rows = np.empty((width, columns.shape[1]), dtype=columns.dtype)
        rows[0] = complete
        np.multiply(columns, complete, out=rows[1:])
        if self._bounds is None:
            apart = rows.reshape(width, self.blocks, self._widest).transpose(1, 0, 2)
            products: Floats = np.matmul(apart, apart.transpose(0, 2, 1)).astype(np.float64)
            return products
        grams = np.empty((self.blocks, width, width))
        for place in range(self.blocks):
            part = rows[:, self._bounds[place] : self._bounds[place + 1]].astype(np.float64)
            grams[place] = part @ part.T
        return grams

"""Gram matrices of complete rows by bootstrap block, added up over the answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.grams import Floats, Grouping

CHUNK = 128
CROWDED = 2


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
        """Lay the rows of each group side by side, filled up with a row that counts nothing."""
        self.n = n
        sizes = np.diff(found.bounds)
        self._index: NDArray[np.intp] | None = None
        self._found = found
        widest = int(sizes.max(initial=0))
        if widest * len(sizes) <= CROWDED * n + CHUNK:
            index = np.full((len(sizes), widest), n, dtype=np.intp)
            inside = np.arange(widest) < sizes[:, None]
            index[inside] = found.order
            self._index = index

    def grams(self, columns: NDArray[np.float32] | Floats, complete: NDArray[np.bool_]) -> Floats:
        """Return the Gram matrices (g, c + 1, c + 1) of [1; columns] over complete rows."""
        width = columns.shape[0] + 1
        rows = np.zeros((self.n + 1, width), dtype=columns.dtype)
        rows[:-1, 0] = complete
        np.multiply(columns.T, complete[:, None], out=rows[:-1, 1:])
        groups = len(self._found.keys)
        grams = np.empty((groups, width, width))
        if self._index is None:
            ordered = rows[self._found.order]
            bounds = self._found.bounds
            for place in range(groups):
                part = ordered[bounds[place] : bounds[place + 1]].astype(np.float64)
                grams[place] = part.T @ part
            return grams
        for start in range(0, groups, CHUNK):
            part = rows[self._index[start : start + CHUNK]]
            grams[start : start + CHUNK] = np.matmul(part.transpose(0, 2, 1), part)
        return grams

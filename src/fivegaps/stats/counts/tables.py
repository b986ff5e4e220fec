"""Tables: how many rows have one level of one column and one of another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.columns import Columns
from fivegaps.stats.counts.histograms import Histograms
from fivegaps.stats.counts.kernel import TABLES_COST, Path, TableCounter, chosen_path
from fivegaps.stats.counts.moments import Moments


@dataclass(frozen=True, slots=True, eq=False)
class Tables:
    """Two-way tables of the levels of every pair of k columns over n rows.

    ``counts`` is (L, L) int64, symmetric, with L the sum of all levels:
    ``counts[a, b]`` rows have level a and level b. Its diagonal counts single
    levels; missing answers are in none. `Moments`, `Histograms`, pairwise n,
    rank correlations and polychoric input follow from it exactly. It grows
    with the square of the levels: for scales of 0 to 100 prefer `Moments`.
    """

    columns: Columns
    n: int
    counts: NDArray[np.int64]

    @classmethod
    def empty(cls, columns: Columns) -> Tables:
        """Return the tables of no rows."""
        size = sum(columns.levels)
        return cls(columns, 0, np.zeros((size, size), dtype=np.int64))

    @classmethod
    def of(cls, columns: Columns, codes: NDArray[np.uint8], *, path: Path | None = None) -> Tables:
        """Count codes (k, n) of these columns.

        Raises:
            CodesOffScale: A code above its column's levels, or another shape.
        """
        codes = columns.checked(codes)
        counter = TableCounter(columns)
        counter.add(codes, chosen_path(TABLES_COST * codes.size, path))
        return cls(columns, int(codes.shape[1]), counter.whole())

    def __add__(self, other: Tables) -> Tables:
        """Return the tables of both sets of rows."""
        self.columns.same_as(other.columns)
        return Tables(self.columns, self.n + other.n, self.counts + other.counts)

    def __eq__(self, other: object) -> bool:
        """Tell whether columns, n and every count are equal."""
        if not isinstance(other, Tables):
            return NotImplemented
        return (
            self.columns == other.columns
            and self.n == other.n
            and np.array_equal(self.counts, other.counts)
        )

    __hash__ = None  # type: ignore[assignment]

    def table(self, left: str, right: str) -> NDArray[np.int64]:
        """Return the table of two columns (levels of left, levels of right)."""
        return self.counts[self._levels_of(left), self._levels_of(right)]

    def select(self, names: Sequence[str]) -> Tables:
        """Return these columns alone, in the order given."""
        spans = [self._levels_of(name) for name in names]
        places = np.array([place for span in spans for place in range(span.start, span.stop)], int)
        return Tables(self.columns.select(names), self.n, self.counts[np.ix_(places, places)])

    def moments(self) -> Moments:
        """Return the pairwise n, sums, squares and products that the tables hold."""
        starts = self.columns.offsets[:-1]
        code = np.concatenate(
            [np.arange(1, levels + 1, dtype=np.int64) for levels in self.columns.levels]
            or [np.zeros(0, dtype=np.int64)]
        )

        def summed(counts: NDArray[np.int64]) -> NDArray[np.int64]:
            if not starts.size:
                return np.zeros((0, 0), dtype=np.int64)
            return np.add.reduceat(np.add.reduceat(counts, starts, axis=0), starts, axis=1)

        weighed = self.counts * code[:, None]
        return Moments(
            self.columns,
            self.n,
            pairs=summed(self.counts),
            sums=summed(weighed),
            squares=summed(weighed * code[:, None]),
            products=summed(weighed * code[None, :]),
        )

    def histograms(self) -> Histograms:
        """Return the level counts of single columns."""
        found = Histograms.empty(self.columns).counts
        single = np.diag(self.counts)
        offsets = self.columns.offsets
        for place, levels in enumerate(self.columns.levels):
            found[place, 1 : levels + 1] = single[offsets[place] : offsets[place + 1]]
        found[:, 0] = self.n - found.sum(axis=1)
        return Histograms(self.columns, self.n, found)

    def _levels_of(self, name: str) -> slice:
        place = self.columns.place(name)
        offsets = self.columns.offsets
        return slice(int(offsets[place]), int(offsets[place + 1]))

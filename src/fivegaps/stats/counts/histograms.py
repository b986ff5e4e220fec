"""Histograms: how many rows have each level, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.columns import Columns
from fivegaps.stats.counts.kernel import Path, chosen_path, loops


@dataclass(frozen=True, slots=True, eq=False)
class Histograms:
    """Level counts of k columns over n rows.

    ``counts`` is (k, most levels + 1) int64: column 0 counts missing answers,
    column c the rows with code c. Adding is exact and in any order the same.
    """

    columns: Columns
    n: int
    counts: NDArray[np.int64]

    @classmethod
    def empty(cls, columns: Columns) -> Histograms:
        """Return the counts of no rows."""
        width = max(columns.levels, default=0) + 1
        return cls(columns, 0, np.zeros((len(columns), width), dtype=np.int64))

    @classmethod
    def of(
        cls, columns: Columns, codes: NDArray[np.uint8], *, path: Path | None = None
    ) -> Histograms:
        """Count codes (k, n) of these columns.

        Raises:
            CodesOffScale: A code above its column's levels, or another shape.
        """
        codes = columns.checked(codes)
        found = cls.empty(columns).counts
        loops(chosen_path(codes.size, path)).add_histograms(codes, found)
        return cls(columns, int(codes.shape[1]), found)

    def __add__(self, other: Histograms) -> Histograms:
        """Return the counts of both sets of rows."""
        self.columns.same_as(other.columns)
        return Histograms(self.columns, self.n + other.n, self.counts + other.counts)

    def __eq__(self, other: object) -> bool:
        """Tell whether columns, n and every count are equal."""
        if not isinstance(other, Histograms):
            return NotImplemented
        return (
            self.columns == other.columns
            and self.n == other.n
            and np.array_equal(self.counts, other.counts)
        )

    __hash__ = None  # type: ignore[assignment]

    def select(self, names: Sequence[str]) -> Histograms:
        """Return these columns alone."""
        chosen = self.columns.select(names)
        width = max(chosen.levels, default=0) + 1
        return Histograms(chosen, self.n, self.counts[self.columns.places(names), :width])

    def of_column(self, name: str) -> NDArray[np.int64]:
        """Return one column's counts (levels + 1,): missing, then level 1 to the last."""
        place = self.columns.place(name)
        return self.counts[place, : self.columns.levels[place] + 1]

    @property
    def answered(self) -> NDArray[np.int64]:
        """Number of answers of each column (k,)."""
        return self.n - self.counts[:, 0]

    @property
    def sums(self) -> NDArray[np.int64]:
        """Sum of the codes of each column (k,)."""
        return self.counts @ np.arange(self.counts.shape[1], dtype=np.int64)

    @property
    def squares(self) -> NDArray[np.int64]:
        """Sum of the squared codes of each column (k,)."""
        return self.counts @ np.arange(self.counts.shape[1], dtype=np.int64) ** 2

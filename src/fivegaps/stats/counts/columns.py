"""Which columns are counted: their names and how many scale points each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import FivegapsError

MOST_LEVELS = 254


class ColumnsDiffer(FivegapsError):
    """Counts of different columns cannot be added."""

    def __init__(self, left: Columns, right: Columns) -> None:
        self.left = left
        self.right = right
        super().__init__(
            f"counts of {len(left.names)} and {len(right.names)} columns differ in names or "
            "levels; add counts of the same instrument only"
        )


class CodesOffScale(FivegapsError):
    """A code lies above its column's scale, or the codes have another shape."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Counted columns: ``levels`` scale points each; code 0 is missing, 1..levels an answer."""

    names: tuple[str, ...]
    levels: tuple[int, ...]

    def __post_init__(self) -> None:
        if len(self.names) != len(self.levels):
            raise ValueError(f"{len(self.names)} names for {len(self.levels)} scales")
        if len(set(self.names)) != len(self.names):
            raise ValueError("two columns have the same name")
        if any(not 1 <= levels <= MOST_LEVELS for levels in self.levels):
            raise ValueError(f"a scale has 1 to {MOST_LEVELS} points")

    def __len__(self) -> int:
        """Return k, the number of columns."""
        return len(self.names)

    @property
    def offsets(self) -> NDArray[np.int64]:
        """Where each column's levels begin among all L levels (k + 1,); the last is L."""
        return np.concatenate(([0], np.cumsum(self.levels, dtype=np.int64))).astype(np.int64)

    def place(self, name: str) -> int:
        """Return the place of a column; KeyError when it is not counted."""
        try:
            return self.names.index(name)
        except ValueError:
            raise KeyError(name) from None

    def places(self, names: Sequence[str]) -> NDArray[np.int64]:
        """Return the places of columns; KeyError when one is not counted."""
        return np.array([self.place(name) for name in names], dtype=np.int64)

    def select(self, names: Sequence[str]) -> Columns:
        """Return these columns alone, in the order given."""
        return Columns(tuple(names), tuple(self.levels[place] for place in self.places(names)))

    def checked(self, codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return codes (k, n) as a C-contiguous uint8 array.

        Raises:
            CodesOffScale: Not k rows of uint8, or a code above its column's levels.
        """
        if codes.ndim != 2 or codes.shape[0] != len(self) or codes.dtype != np.uint8:
            raise CodesOffScale(
                f"needs uint8 codes ({len(self)}, n), found {codes.dtype} {codes.shape}"
            )
        if codes.size:
            highest = codes.max(axis=1)
            for name, levels, code in zip(self.names, self.levels, highest, strict=True):
                if code > levels:
                    raise CodesOffScale(f"column {name!r} has {levels} levels, found code {code}")
        return np.ascontiguousarray(codes)

    def same_as(self, other: Columns) -> None:
        """Refuse to go on unless the other columns are equal.

        Raises:
            ColumnsDiffer: Names or levels differ.
        """
        if self != other:
            raise ColumnsDiffer(self, other)

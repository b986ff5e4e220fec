"""Gap columns: one answer less another, as codes of their own."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.columns import MOST_LEVELS, Columns
from fivegaps.stats.counts.kernel import Path, chosen_path, loops


@dataclass(frozen=True, slots=True)
class Gaps:
    """Differences to derive from counted columns: (name, low, high) stands for high − low.

    Both columns have the same levels. The code of a gap is high − low +
    levels: 1..2·levels − 1, the middle one no gap, 0 when either is missing.
    Covariances of gaps need all four answers, so they cannot be had from the
    moments of the answers; derived in the scan, they are columns like others.
    """

    source: Columns
    wanted: tuple[tuple[str, str, str], ...]

    def __post_init__(self) -> None:
        for name, low, high in self.wanted:
            points = {self.source.levels[self.source.place(end)] for end in (low, high)}
            if len(points) != 1:
                raise ValueError(f"gap {name!r} lies between scales of different lengths")
            if 2 * max(points) - 1 > MOST_LEVELS:
                raise ValueError(f"gap {name!r} has more than {MOST_LEVELS} levels")

    @classmethod
    def between(cls, source: Columns, low: str = "expectation", high: str = "perception") -> Gaps:
        """Return the gaps ``gap.item`` = ``high.item`` − ``low.item`` of items that have both."""
        items = [
            name.removeprefix(f"{low}.") for name in source.names if name.startswith(f"{low}.")
        ]
        return cls(
            source,
            tuple(
                (f"gap.{item}", f"{low}.{item}", f"{high}.{item}")
                for item in items
                if f"{high}.{item}" in source.names
            ),
        )

    @property
    def columns(self) -> Columns:
        """The derived columns: names in order, 2·levels − 1 levels each."""
        return Columns(
            tuple(name for name, _low, _high in self.wanted),
            tuple(
                2 * self.source.levels[self.source.place(low)] - 1
                for _name, low, _high in self.wanted
            ),
        )

    def codes(self, codes: NDArray[np.uint8], *, path: Path | None = None) -> NDArray[np.uint8]:
        """Return the gaps' codes (gaps, n) of the source's codes (k, n)."""
        codes = self.source.checked(codes)
        found = np.empty((len(self.wanted), codes.shape[1]), dtype=np.uint8)
        inner = loops(chosen_path(2 * found.size, path))
        for row, (_name, low, high) in zip(found, self.wanted, strict=True):
            below, above = self.source.place(low), self.source.place(high)
            inner.fill_gaps(codes[below], codes[above], self.source.levels[below], row)
        return found

    def appended(self, codes: NDArray[np.uint8], *, path: Path | None = None) -> NDArray[np.uint8]:
        """Return codes and gap codes together (k + gaps, n)."""
        return np.concatenate((codes, self.codes(codes, path=path)))

    @property
    def all_columns(self) -> Columns:
        """The source's columns and after them the gaps, as `appended` gives them."""
        derived = self.columns
        return Columns(self.source.names + derived.names, self.source.levels + derived.levels)

"""Which path counts: compiled loops, or NumPy where compiling does not pay.

Both give the same integers, so the choice is about time alone. Loading numba
costs a second or two, which NumPy needs for some million responses: a
process begins with NumPy and changes over when it has spent as much.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from itertools import combinations_with_replacement
from typing import Literal, Protocol, cast

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.columns import Columns

Path = Literal["numba", "numpy"]
Whole = NDArray[np.int64]
Codes = NDArray[np.uint8]

CELLS_BEFORE_COMPILING = 300_000_000
TABLES_COST = 5  # NumPy's time for tables over its time for moments
SORTED_ROWS = 131_072  # rows sorted by segment at a time
# A table of more levels is cheaper to fill row by row than by a popcount a cell.
MOST_LEVELS_BY_POPCOUNT = 16


class Loops(Protocol):
    """The inner loops, whichever path they are on; see `popcount`, `rowwise` and `matrix`."""

    add_tables: Callable[[Codes, Whole, Whole, Whole], None]
    add_pair: Callable[[Codes, Codes, Whole, Whole], None]
    add_moments: Callable[[Codes, Whole, Whole, Whole], None]
    add_histograms: Callable[[Codes, Whole], None]
    add_cell_histograms: Callable[[Codes, NDArray[np.int32], Whole], None]
    sort_rows: Callable[[Codes, NDArray[np.int32], int, Codes, Whole], None]
    fill_gaps: Callable[[Codes, Codes, int, Codes], None]
    fill_byte_codes: Callable[[Codes, int, int, int, Codes], None]
    fill_whole_codes: Callable[[Whole, int, int, int, Codes], None]
    clear_missing: Callable[[Codes, Codes], None]


@dataclass(slots=True)
class _Effort:
    """How many answers this process has counted without compiled loops."""

    cells: int = 0


_effort = _Effort()


def has_numba() -> bool:
    """Tell whether compiled loops can be had."""
    return find_spec("numba") is not None


def chosen_path(cells: int, path: Path | None = None) -> Path:
    """Return the path for the next ``cells`` answers (rows × columns), or the one asked for.

    Tables count `TABLES_COST` times.
    """
    if path is not None:
        return path
    _effort.cells += cells
    return "numba" if _effort.cells >= CELLS_BEFORE_COMPILING and has_numba() else "numpy"


@cache
def loops(path: Path) -> Loops:
    """Return the inner loops of a path; the first call for numba imports it."""
    package = "fivegaps.stats.counts"
    if path == "numpy":
        return cast("Loops", import_module(f"{package}.matrix"))
    return cast("Loops", import_module(f"{package}.compiled_loops"))


def every_row(codes: Codes) -> Whole:
    """Return the one run that all n rows of codes (k, n) are."""
    return np.array([[0, codes.shape[1]]], dtype=np.int64)


@dataclass(slots=True)
class TableCounter:
    """Counts being added up for `Tables`: not exact to read until `whole` is called."""

    columns: Columns
    narrow: Whole = field(init=False)
    levels: Whole = field(init=False)
    counts: Whole = field(init=False)
    wide: dict[tuple[int, int], Whole] = field(init=False)

    def __post_init__(self) -> None:
        levels = self.columns.levels
        self.narrow = np.array(
            [i for i, points in enumerate(levels) if points <= MOST_LEVELS_BY_POPCOUNT],
            dtype=np.int64,
        )
        self.levels = np.array(levels, dtype=np.int64)[self.narrow]
        size = int(self.levels.sum())
        size += size % 2
        self.counts = np.zeros((size, size), dtype=np.int64)
        self.wide = {
            (i, j): np.zeros((levels[i], levels[j]), dtype=np.int64)
            for i, j in combinations_with_replacement(range(len(levels)), 2)
            if max(levels[i], levels[j]) > MOST_LEVELS_BY_POPCOUNT
        }

    def add(self, codes: Codes, path: Path, runs: Whole | None = None) -> None:
        """Add rows of checked codes (k, n): all, or ``runs`` (r, 2) from first to before last."""
        inner = loops(path)
        rows = every_row(codes) if runs is None else runs
        if self.narrow.size and codes.shape[1]:
            chosen = codes if not self.wide else codes[self.narrow]
            inner.add_tables(chosen, rows, self.levels, self.counts)
        for (i, j), table in self.wide.items():
            inner.add_pair(codes[i], codes[j], rows, table)

    def whole(self) -> Whole:
        """Return the symmetric counts (L, L) of all columns' levels; the counter is spent."""
        offsets = self.columns.offsets
        size = int(offsets[-1])
        if not self.wide:
            whole = self.counts[:size, :size]
        else:
            whole = np.zeros((size, size), dtype=np.int64)
            places = [np.arange(offsets[i], offsets[i + 1]) for i in self.narrow]
            every = np.concatenate([np.zeros(0, dtype=np.int64), *places])
            whole[np.ix_(every, every)] = self.counts[: every.size, : every.size]
        for (i, j), table in self.wide.items():
            whole[offsets[i] : offsets[i + 1], offsets[j] : offsets[j + 1]] = table
        np.copyto(whole, whole.T, where=np.tri(size, k=-1, dtype=np.bool_))
        return whole


@dataclass(slots=True)
class MomentCounter:
    """Pairwise n, sums, squares and products being added up for `Moments`."""

    columns: Columns
    bits: Whole = field(init=False)
    found: Whole = field(init=False)

    def __post_init__(self) -> None:
        k = len(self.columns)
        self.bits = np.array(
            [points.bit_length() for points in self.columns.levels], dtype=np.int64
        )
        self.found = np.zeros((4, k, k), dtype=np.int64)

    def add(self, codes: Codes, path: Path, runs: Whole | None = None) -> None:
        """Add rows of checked codes (k, n): all, or ``runs`` (r, 2) from first to before last."""
        if self.bits.size and codes.shape[1]:
            rows = every_row(codes) if runs is None else runs
            loops(path).add_moments(codes, rows, self.bits, self.found)

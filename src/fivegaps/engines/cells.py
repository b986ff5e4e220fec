"""Counts by segment: rows of a block are brought together by segment, then counted.

Threads share the counts. Integers add up to the same in any order, so each
segment needs a lock of its own and nothing more.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from threading import Lock, local
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Block, Categories
from fivegaps.stats.counts import Columns, Histograms, Moments, Tables
from fivegaps.stats.counts.kernel import (
    SORTED_ROWS,
    MomentCounter,
    Path,
    TableCounter,
    every_row,
    loops,
)

Key = tuple[str, ...]
Codes = NDArray[np.uint8]
Located = tuple[Codes, "Cells"]


@dataclass(frozen=True, slots=True)
class Cells:
    """Which segment each row of a block is in: ``codes`` (n,) index ``keys``.

    ``codes`` is None when all rows are in the one segment there is.
    """

    keys: tuple[Key, ...]
    codes: NDArray[np.int32] | None


EVERYBODY = Cells(((),), None)


def cells_of(block: Block, by: Sequence[str]) -> Cells:
    """Return the segments of a block's rows; a value that is not given is ``""``."""
    combined = np.zeros(block.codes.shape[1], dtype=np.int64)
    values: list[tuple[str, ...]] = []
    for name in by:
        column = block.columns[name]
        if not isinstance(column, Categories):
            raise TypeError(f"segments need the column {name!r} as categories")
        labels = ("", *column.values)
        combined = combined * len(labels) + column.codes + 1
        values.append(labels)
    if not by:
        return EVERYBODY
    most = int(np.prod([len(labels) for labels in values]))
    present, codes = _numbered(combined, most)
    keys: list[Key] = []
    for place in present:
        rest, key = int(place), []
        for labels in reversed(values):
            rest, code = divmod(rest, len(labels))
            key.append(labels[code])
        keys.append(tuple(reversed(key)))
    return _merged(keys, codes)


def _numbered(
    combined: NDArray[np.int64], most: int
) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
    if most > 4 * combined.size + 1024:
        present, codes = np.unique(combined, return_inverse=True)
        return present, codes.astype(np.int32)
    present = np.flatnonzero(np.bincount(combined, minlength=most))
    number = np.zeros(most, dtype=np.int32)
    number[present] = np.arange(present.size)
    return present, number[combined]


def _merged(keys: list[Key], codes: NDArray[np.int32]) -> Cells:
    """Two categories of a file may carry the same label (a number and its text)."""
    distinct = dict.fromkeys(keys)
    if len(distinct) == len(keys):
        return Cells(tuple(keys), codes)
    place = {key: number for number, key in enumerate(distinct)}
    return Cells(tuple(distinct), np.array([place[key] for key in keys], dtype=np.int32)[codes])


Counter = TypeVar("Counter", TableCounter, MomentCounter)
Counts = TypeVar("Counts", Tables, Moments)


@dataclass(slots=True)
class _Cell(Generic[Counter]):
    counter: Counter
    n: int = 0
    lock: Lock = field(default_factory=Lock)


class _Stretches:
    """Rows sorted by segment, some at a time, side by side in ``together`` (k, n)."""

    def __init__(self, together: Codes, path: Path) -> None:
        self.together = together
        self.keys: dict[Key, int] = {}
        self._path = path
        self._ends: list[NDArray[np.int64]] = []
        self._starts: list[NDArray[np.int64]] = []
        self._base = 0

    def put(self, codes: Codes, keys: Sequence[Key], cells: NDArray[np.int32]) -> None:
        """Sort a block's rows, which lie in the segments ``keys`` that ``cells`` (n,) index."""
        numbers = [self.keys.setdefault(key, len(self.keys)) for key in keys]
        starts = np.arange(0, cells.size, SORTED_ROWS, dtype=np.int64)
        ends = np.empty((starts.size, len(self.keys)), dtype=np.int64)
        numbered = np.array(numbers, dtype=np.int32)[cells]
        loops(self._path).sort_rows(codes, numbered, self._base, self.together, ends)
        self._starts.append(self._base + starts)
        self._ends.append(ends)
        self._base += cells.size

    def bounds(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return where every segment's run ends in each stretch (s, keys), and the starts (s,).

        A segment first met later has an empty run at the end of earlier stretches.
        """
        ends = [
            np.pad(known, ((0, 0), (0, len(self.keys) - known.shape[1])), mode="edge")
            for known in self._ends
        ]
        return np.concatenate(ends), np.concatenate(self._starts)


class _CellCounts(ABC, Generic[Counter, Counts]):
    """Counters of segments that several threads add blocks to."""

    def __init__(self, columns: Columns, path: Path) -> None:
        self._columns = columns
        self._path = path
        self._cells: dict[Key, list[_Cell[Counter]]] = {}
        self._scratch = local()
        self._lock = Lock()

    @abstractmethod
    def _counter(self) -> Counter: ...

    @abstractmethod
    def _counts(self, cell: _Cell[Counter]) -> Counts: ...

    def add(self, blocks: Iterable[Located], rows: int) -> None:
        """Add blocks of checked codes (k, n), together at most ``rows``, each row to its segment.

        Each block is sorted while it is in the cache; its memory is free then.
        Segments are counted when all are sorted, because a popcount pays by the
        row: a thousand rows of a segment cost half as much again as ten thousand.
        """
        stretches = _Stretches(self._memory(len(self._columns), rows), self._path)
        for codes, cells in blocks:
            if cells.codes is None:
                self._add_rows(cells.keys[0], codes, every_row(codes))
            elif bool((cells.codes[1:] >= cells.codes[:-1]).all()):
                ends = np.cumsum(np.bincount(cells.codes, minlength=len(cells.keys)))
                self._add_runs(codes, cells.keys, ends[None, :], np.zeros(1, dtype=np.int64))
            else:
                stretches.put(codes, cells.keys, cells.codes)
        if stretches.keys:
            ends, starts = stretches.bounds()
            self._add_runs(stretches.together, tuple(stretches.keys), ends, starts)

    def _memory(self, k: int, n: int) -> Codes:
        """Return codes (k, n) to be filled: memory that this thread uses again and again."""
        memory: Codes | None = getattr(self._scratch, "memory", None)
        if memory is None or memory.size < k * n:
            memory = self._scratch.memory = np.empty(k * n, dtype=np.uint8)
        return memory[: k * n].reshape(k, n)

    def _add_runs(
        self,
        codes: Codes,
        keys: Sequence[Key],
        ends: NDArray[np.int64],
        starts: NDArray[np.int64],
    ) -> None:
        """Add the runs of every segment: in each stretch its rows end at ``ends`` (s, keys)."""
        firsts = np.concatenate((starts[:, None], ends[:, :-1]), axis=1)
        for place, key in enumerate(keys):
            runs = np.stack((firsts[:, place], ends[:, place]), axis=1)
            self._add_rows(key, codes, runs[runs[:, 1] > runs[:, 0]])

    def _add_rows(self, key: Key, codes: Codes, runs: NDArray[np.int64]) -> None:
        cell = self._free_cell(key)
        try:
            cell.counter.add(codes, self._path, runs)
            cell.n += int((runs[:, 1] - runs[:, 0]).sum())
        finally:
            cell.lock.release()

    def _free_cell(self, key: Key) -> _Cell[Counter]:
        """Return a locked counter of the segment; a second one only for the whole."""
        with self._lock:
            cells = self._cells.setdefault(key, [])
            for cell in cells:
                if cell.lock.acquire(blocking=False):
                    return cell
            if key == () or not cells:
                cells.append(_Cell(self._counter()))
            cell = cells[-1]
            if cell.lock.acquire(blocking=False):
                return cell
        cell.lock.acquire()
        return cell

    def found(self, *, empty: bool) -> dict[Key, Counts]:
        """Return the counts by segment, keys sorted; the whole of nothing when ``empty``."""
        if empty and not self._cells:
            self._cells[()] = [_Cell(self._counter())]
        found: dict[Key, Counts] = {}
        for key in sorted(self._cells):
            found[key] = _summed([self._counts(cell) for cell in self._cells.pop(key)])
        return found


class CellTables(_CellCounts[TableCounter, Tables]):
    """Two-way tables by segment."""

    def _counter(self) -> TableCounter:
        return TableCounter(self._columns)

    def _counts(self, cell: _Cell[TableCounter]) -> Tables:
        return Tables(self._columns, cell.n, cell.counter.whole())


class CellMoments(_CellCounts[MomentCounter, Moments]):
    """Moments by segment."""

    def _counter(self) -> MomentCounter:
        return MomentCounter(self._columns)

    def _counts(self, cell: _Cell[MomentCounter]) -> Moments:
        return Moments.counted(cell.counter, cell.n)


class CellHistograms:
    """Level counts by segment."""

    def __init__(self, columns: Columns, path: Path) -> None:
        self._columns = columns
        self._path = path
        self._counts: dict[Key, Histograms] = {}
        self._lock = Lock()

    def add(self, blocks: Iterable[Located], _rows: int) -> None:
        """Add blocks of checked codes (k, n), each row to its segment."""
        for codes, cells in blocks:
            self._add(codes, cells)

    def _add(self, codes: Codes, cells: Cells) -> None:
        width = max(self._columns.levels, default=0) + 1
        counts = np.zeros((len(cells.keys), len(self._columns), width), dtype=np.int64)
        if cells.codes is None:
            loops(self._path).add_histograms(codes, counts[0])
            rows = [codes.shape[1]]
        else:
            loops(self._path).add_cell_histograms(codes, cells.codes, counts)
            rows = np.bincount(cells.codes, minlength=len(cells.keys)).tolist()
        with self._lock:
            for key, n, found in zip(cells.keys, rows, counts, strict=True):
                known = self._counts.get(key)
                if known is None:
                    self._counts[key] = Histograms(self._columns, n, found.copy())
                else:
                    self._counts[key] = known + Histograms(self._columns, n, found)

    def found(self, *, empty: bool) -> dict[Key, Histograms]:
        """Return the counts by segment, keys sorted; the whole of nothing when ``empty``."""
        if empty and not self._counts:
            return {(): Histograms.empty(self._columns)}
        return {key: self._counts[key] for key in sorted(self._counts)}


def _summed(counts: list[Counts]) -> Counts:
    total = counts[0]
    for count in counts[1:]:
        total += count
    return total

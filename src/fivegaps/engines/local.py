"""The local engine: threads read parts of the answers and reduce them to counts.

One pass, whatever is counted. Memory does not grow with the number of rows: no
more parts are under way than threads, and one more read ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, Self, TypeVar

import numpy as np

from fivegaps.engines.cells import (
    EVERYBODY,
    CellHistograms,
    CellMoments,
    CellTables,
    Key,
    Located,
    cells_of,
)
from fivegaps.io.answers import Answers, Block, Categories, ColumnKind, Numbers, Part
from fivegaps.stats.counts import Columns, Gaps, Histograms, Moments, Tables
from fivegaps.stats.counts.kernel import TABLES_COST, Path, chosen_path

THREADS = 2
BUNDLE_BYTES = 64 * 2**20  # codes that a thread brings together by segment at a time
BLOCK_ROWS = 131_072


class Additive(Protocol):
    """A state that can be added up: associative, so that parts may be folded."""

    def __add__(self, other: Self, /) -> Self: ...


AdditiveState = TypeVar("AdditiveState", bound=Additive)
Counts = TypeVar("Counts", Tables, Moments, Histograms)
Task = TypeVar("Task")
Found = TypeVar("Found")


def counted_columns(answers: Answers) -> Columns:
    """Return the item columns as counted: ``battery.item`` and its levels."""
    return Columns(
        tuple(column.key for column in answers.item_columns),
        tuple(column.levels for column in answers.item_columns),
    )


def run(
    answers: Answers,
    reduce: Callable[[Block], AdditiveState],
    *,
    columns: Mapping[str, ColumnKind] | None = None,
    threads: int = THREADS,
    block_rows: int = BLOCK_ROWS,
) -> AdditiveState:
    """Return the sum of ``reduce`` over all parts of the answers.

    Parts are added in the order of the file, so that a state with floating
    sums is the same whatever the number of threads; it may still depend on how
    the source is cut into parts. No rows: ``reduce`` of an empty block.

    Args:
        answers: The source.
        reduce: Counts of one block; called from several threads at once.
        columns: Other columns to read into the blocks.
        threads: How many parts are read and reduced at a time.
        block_rows: The most rows that ``reduce`` is given at once.

    Raises:
        FileRefused: What the source raises while reading.
    """
    parts = answers.parts() or [Part(0, 0)]

    def reduced(part: Part) -> AdditiveState:
        return _folded(reduce(block) for block in _cut(answers.read(part, columns), block_rows))

    return _folded(_in_order(reduced, parts, threads))


def _folded(states: Iterable[AdditiveState]) -> AdditiveState:
    found: AdditiveState | None = None
    for state in states:
        found = state if found is None else found + state
    if found is None:
        raise RuntimeError("nothing was read")
    return found


def _cut(block: Block, rows: int) -> Iterator[Block]:
    """Yield a block in pieces of at most ``rows`` rows, and an empty block as it is."""
    n = len(block.rows)
    if n <= rows:
        yield block
        return
    for first in range(0, n, rows):
        piece = slice(first, min(n, first + rows))
        yield Block(
            block.rows[piece],
            np.ascontiguousarray(block.codes[:, piece]),
            {name: _piece(column, piece) for name, column in block.columns.items()},
        )


def _piece(column: Categories | Numbers, piece: slice) -> Categories | Numbers:
    if isinstance(column, Categories):
        return Categories(column.codes[piece], column.values)
    return Numbers(column.values[piece])


def _in_order(
    work: Callable[[Task], Found], parts: Sequence[Task], threads: int
) -> Iterator[Found]:
    if threads <= 1 or len(parts) == 1:
        yield from map(work, parts)
        return
    waiting = iter(parts)
    with ThreadPoolExecutor(threads, thread_name_prefix="fivegaps-scan") as pool:
        under_way: deque[Future[Found]] = deque(
            pool.submit(work, part) for part in islice(waiting, threads + 1)
        )
        try:
            while under_way:
                found = under_way.popleft().result()
                for part in islice(waiting, 1):
                    under_way.append(pool.submit(work, part))
                yield found
        finally:
            for future in under_way:
                future.cancel()


def scan(
    answers: Answers, by: Sequence[str] = (), *, threads: int = THREADS, path: Path | None = None
) -> dict[Key, Tables]:
    """Return the two-way tables of every segment, in one pass.

    A segment is a combination of values of the columns ``by``; a row without a
    value belongs to the segment ``""``. Without ``by`` the whole is the one
    segment ``()``. Keys are sorted. A segment of 44 seven-point items takes
    0.8 MB: for thousands of segments use `scan_moments` or `scan_histograms`.

    Raises:
        FileRefused: An answer off the scale, or a column that is not there.
    """
    columns = counted_columns(answers)
    tables = CellTables(columns, _path(answers, columns, path, cost=TABLES_COST))
    _read_all(answers, _Located(columns, by).each(tables.add), by, threads)
    return tables.found(empty=not by)


def scan_moments(
    answers: Answers,
    by: Sequence[str] = (),
    *,
    gaps: Gaps | None = None,
    threads: int = THREADS,
    path: Path | None = None,
) -> dict[Key, Moments]:
    """Return the moments of every segment, in one pass; segments as in `scan`.

    With ``gaps`` the derived columns follow the answers' own
    (`Gaps.all_columns`), so that covariances of gaps are exact under missing
    answers.
    """
    columns = counted_columns(answers)
    counted = columns if gaps is None else gaps.all_columns
    chosen = _path(answers, counted, path)
    moments = CellMoments(counted, chosen)
    _read_all(answers, _Located(columns, by, gaps, chosen).each(moments.add), by, threads)
    return moments.found(empty=not by)


def scan_histograms(
    answers: Answers,
    by: Sequence[str] = (),
    *,
    gaps: Gaps | None = None,
    threads: int = THREADS,
    path: Path | None = None,
) -> dict[Key, Histograms]:
    """Return the level counts of items, and of ``gaps``, of every segment, in one pass."""
    columns = counted_columns(answers)
    counted = columns if gaps is None else gaps.all_columns
    chosen = _path(answers, counted, path)
    histograms = CellHistograms(counted, chosen)
    _read_all(answers, _Located(columns, by, gaps, chosen).each(histograms.add), by, threads)
    return histograms.found(empty=not by)


def scan_units(
    answers: Answers, by: Sequence[str], *, threads: int = THREADS, path: Path | None = None
) -> tuple[Tables, dict[Key, Moments]]:
    """Return the tables of the whole and the moments of every unit, in one pass."""
    columns = counted_columns(answers)
    chosen = _path(answers, columns, path, cost=TABLES_COST)
    whole, units = CellTables(columns, chosen), CellMoments(columns, chosen)

    def add(blocks: Iterable[Located], rows: int) -> None:
        units.add(map(counted, blocks), rows)

    def counted(block: Located) -> Located:
        whole.add([(block[0], EVERYBODY)], 0)
        return block

    _read_all(answers, _Located(columns, by).each(add), by, threads)
    return whole.found(empty=True)[()], units.found(empty=not by)


def merge(counts: Iterable[Counts]) -> Counts:
    """Return the sum of counts of the same columns: parts, waves, segments, in any order.

    Raises:
        ColumnsDiffer: The counts are of different columns.
        ValueError: Nothing was given.
    """
    found: Counts | None = None
    for count in counts:
        found = count if found is None else found + count
    if found is None:
        raise ValueError("merge needs at least one count; start from Tables.empty(columns)")
    return found


@dataclass(frozen=True, slots=True)
class _Located:
    """Turns blocks into checked codes (with gaps) and the segments of their rows."""

    columns: Columns
    by: Sequence[str]
    gaps: Gaps | None = None
    path: Path | None = None

    def __call__(self, block: Block) -> Located:
        codes = self.columns.checked(block.codes)
        if self.gaps is not None:
            codes = self.gaps.appended(codes, path=self.path)
        return codes, cells_of(block, self.by)

    def each(
        self, add: Callable[[Iterable[Located], int], None]
    ) -> Callable[[Iterable[Block], int], None]:
        return lambda blocks, rows: add(map(self, blocks), rows)


def _read_all(
    answers: Answers, add: Callable[[Iterable[Block], int], None], by: Sequence[str], threads: int
) -> None:
    wanted: dict[str, ColumnKind] = dict.fromkeys(by, "categories")
    most = BUNDLE_BYTES // max(1, len(answers.item_columns)) if by else 1

    def add_parts(parts: Sequence[Part]) -> None:
        add((answers.read(part, wanted) for part in parts), sum(part.n for part in parts))

    for _done in _in_order(add_parts, list(_bundled(answers.parts(), most)), threads):
        pass


def _bundled(parts: Sequence[Part], rows: int) -> Iterator[tuple[Part, ...]]:
    """Yield runs of neighbouring parts that together have at most ``rows``, or one part."""
    together, n = list[Part](), 0
    for part in parts:
        if together and n + part.n > rows:
            yield tuple(together)
            together, n = [], 0
        together.append(part)
        n += part.n
    if together:
        yield tuple(together)


def _path(answers: Answers, columns: Columns, path: Path | None, cost: int = 1) -> Path:
    return chosen_path(cost * answers.rows * len(columns), path)

"""The local engine: threads read parts of the answers and reduce them to counts.

One pass, whatever is counted. Memory does not grow with the number of rows: no
more parts are under way than threads, and one more read ahead.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import islice
from typing import Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.cells import CellHistograms, CellMoments, CellTables, Key, cells_of
from fivegaps.io.answers import Answers, Block, ColumnKind, Part
from fivegaps.stats.counts import Columns, Gaps, Histograms, Moments, Tables
from fivegaps.stats.counts.kernel import Path, chosen_path

THREADS = 2


class Additive(Protocol):
    """A state that can be added up: associative, so that parts may be folded."""

    def __add__(self, other: Self, /) -> Self: ...


AdditiveState = TypeVar("AdditiveState", bound=Additive)
Counts = TypeVar("Counts", Tables, Moments, Histograms)
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

    Raises:
        FileRefused: What the source raises while reading.
    """
    parts = answers.parts() or [Part(0, 0)]

    def reduced(part: Part) -> AdditiveState:
        return reduce(answers.read(part, columns))

    found: AdditiveState | None = None
    for state in _in_order(reduced, parts, threads):
        found = state if found is None else found + state
    if found is None:
        raise RuntimeError("a source without parts")
    return found


def _in_order(
    work: Callable[[Part], Found], parts: Sequence[Part], threads: int
) -> Iterable[Found]:
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
    tables = CellTables(columns, _path(answers, columns, path))

    def reduce(block: Block) -> None:
        tables.add(columns.checked(block.codes), cells_of(block, by))

    _read_all(answers, reduce, by, threads)
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

    def reduce(block: Block) -> None:
        moments.add(_with_gaps(columns, block, gaps, chosen), cells_of(block, by))

    _read_all(answers, reduce, by, threads)
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

    def reduce(block: Block) -> None:
        histograms.add(_with_gaps(columns, block, gaps, chosen), cells_of(block, by))

    _read_all(answers, reduce, by, threads)
    return histograms.found(empty=not by)


def scan_units(
    answers: Answers, by: Sequence[str], *, threads: int = THREADS, path: Path | None = None
) -> tuple[Tables, dict[Key, Moments]]:
    """Return the tables of the whole and the moments of every unit, in one pass."""
    columns = counted_columns(answers)
    chosen = _path(answers, columns, path)
    whole, units = CellTables(columns, chosen), CellMoments(columns, chosen)

    def reduce(block: Block) -> None:
        codes = columns.checked(block.codes)
        whole.add(codes, cells_of(block, ()))
        units.add(codes, cells_of(block, by))

    _read_all(answers, reduce, by, threads)
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


def _read_all(
    answers: Answers, reduce: Callable[[Block], None], by: Sequence[str], threads: int
) -> None:
    wanted: dict[str, ColumnKind] = dict.fromkeys(by, "categories")
    for _done in _in_order(
        lambda part: reduce(answers.read(part, wanted)), answers.parts(), threads
    ):
        pass


def _with_gaps(columns: Columns, block: Block, gaps: Gaps | None, path: Path) -> NDArray[np.uint8]:
    codes = columns.checked(block.codes)
    return codes if gaps is None else gaps.appended(codes, path=path)


def _path(answers: Answers, columns: Columns, path: Path | None) -> Path:
    return chosen_path(answers.rows * len(columns), path)

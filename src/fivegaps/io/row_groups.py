"""The rows of a Parquet file, cut into parts that several threads can read.

Row groups are what a Parquet file can be entered at. Small ones are put
together; one too large to hold is read from its beginning in steps, by
whichever thread comes, and what comes too early waits for its reader.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from fivegaps.io.answers import Part

PART_ROWS = 262_144
LARGE_ROWS = 2**21
STEP_ROWS = 131_072
TABLE_BYTES = 32 * 2**20
MOST_WAITING = 8
_TEXT_BYTES = 16


@dataclass(slots=True)
class _Step:
    """One stretch of a large row group that is being read from its beginning."""

    names: tuple[str, ...]
    batches: Iterator[pa.RecordBatch]
    at: int
    rest: pa.Table
    waiting: dict[int, pa.Table] = field(default_factory=dict)


class RowGroups:
    """A Parquet file's row groups as parts of some hundred thousand rows."""

    def __init__(
        self,
        path: Path,
        *,
        part_rows: int = PART_ROWS,
        large_rows: int = LARGE_ROWS,
        step_rows: int = STEP_ROWS,
    ) -> None:
        """Open the file and cut it.

        Row groups are put together up to ``part_rows``; one of more than
        ``large_rows`` is read in steps of ``step_rows``.

        Raises:
            OSError: The file cannot be read.
            pa.ArrowException: The file is no Parquet.
        """
        self._path = path
        self._step_rows = step_rows
        self._threads = threading.local()
        self._lock = threading.Lock()
        self._steps: dict[tuple[int, tuple[str, ...]], _Step] = {}
        self.metadata = parquet.read_metadata(path)
        self.schema = self.metadata.schema.to_arrow_schema()
        self._groups: dict[int, tuple[int, ...]] = {}
        self._large: dict[int, tuple[int, int]] = {}
        self.parts = tuple(self._cut(part_rows, large_rows))

    def _cut(self, part_rows: int, large_rows: int) -> Iterator[Part]:
        first, together, n = 0, list[int](), 0
        for group in range(self.metadata.num_row_groups):
            rows = self.metadata.row_group(group).num_rows
            if together and n + rows > part_rows:
                self._groups[first] = tuple(together)
                yield Part(first, n)
                first, together, n = first + n, [], 0
            if rows > large_rows:
                for start in range(0, rows, self._step_rows):
                    self._large[first + start] = (group, start)
                    yield Part(first + start, min(self._step_rows, rows - start))
                first += rows
            elif rows:
                together.append(group)
                n += rows
        if together:
            self._groups[first] = tuple(together)
            yield Part(first, n)

    def tables(self, part: Part, names: Sequence[str]) -> Iterator[tuple[int, pa.Table]]:
        """Yield the part's columns in tables of bounded size, each with its first row in the part.

        One table holds some of the columns and some of the rows.
        """
        if part.first in self._large:
            yield 0, self._stepped(part, tuple(names))
            return
        at = 0
        for group in self._groups.get(part.first, ()):
            rows = self.metadata.row_group(group).num_rows
            for some in self._bundles(names, rows):
                yield at, self._file().read_row_groups([group], columns=some, use_threads=False)
            at += rows

    def whole(self, part: Part, names: Sequence[str]) -> pa.Table:
        """Return the part's columns in one table."""
        if part.first in self._large:
            return self._stepped(part, tuple(names))
        groups = list(self._groups.get(part.first, ()))
        return self._file().read_row_groups(groups, columns=list(names), use_threads=False)

    def _bundles(self, names: Sequence[str], rows: int) -> Iterator[list[str]]:
        together, size = list[str](), 0
        for name in names:
            kind = self.schema.field(name).type
            width = kind.bit_width // 8 if pa.types.is_primitive(kind) else _TEXT_BYTES
            if together and size + rows * width > TABLE_BYTES:
                yield together
                together, size = [], 0
            together.append(name)
            size += rows * width
        if together:
            yield together

    def _file(self, *, streaming: bool = False) -> parquet.ParquetFile:
        """Return this thread's reader: one must not serve two threads at a time."""
        if streaming:
            return self._opened(buffer_size=2**16)
        file: parquet.ParquetFile | None = getattr(self._threads, "file", None)
        if file is None:
            file = self._threads.file = self._opened(buffer_size=0)
        return file

    def _opened(self, *, buffer_size: int) -> parquet.ParquetFile:
        texts = [f.name for f in self.schema if pa.types.is_string(f.type)]
        return parquet.ParquetFile(
            self._path, metadata=self.metadata, read_dictionary=texts, buffer_size=buffer_size
        )

    def _stepped(self, part: Part, names: tuple[str, ...]) -> pa.Table:
        group, start = self._large[part.first]
        with self._lock:
            step = self._steps.get((group, names))
            if step is None or (start < step.at and start not in step.waiting):
                step = self._steps[group, names] = self._begun(group, names)
            if start in step.waiting:
                return step.waiting.pop(start)
            while step.at < start:
                begun = step.at
                step.waiting[begun] = self._next(step, min(self._step_rows, start - begun))
                if len(step.waiting) > MOST_WAITING:
                    step.waiting.pop(next(iter(step.waiting)))
            table = self._next(step, part.n)
            if step.at >= self.metadata.row_group(group).num_rows and not step.waiting:
                del self._steps[group, names]
            return table

    def _begun(self, group: int, names: tuple[str, ...]) -> _Step:
        batches = self._file(streaming=True).iter_batches(
            batch_size=self._step_rows, row_groups=[group], columns=list(names), use_threads=False
        )
        fields = [self.schema.field(name) for name in names]
        return _Step(names, batches, 0, pa.schema(fields).empty_table())

    @staticmethod
    def _next(step: _Step, rows: int) -> pa.Table:
        """Return the next rows, put together from batches of whatever size."""
        pieces = [step.rest] if step.rest.num_rows else []
        found = step.rest.num_rows
        while found < rows:
            piece = pa.Table.from_batches([next(step.batches)])
            pieces.append(piece)
            found += piece.num_rows
        together = pa.concat_tables(pieces)
        step.rest = together.slice(rows)
        step.at += rows
        return together.slice(0, rows)

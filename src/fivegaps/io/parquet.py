"""Answers in a Parquet file, read part by part: the file may be larger than memory.

A file is cut into parts at its row groups. Item columns may be integers,
floats with whole numbers, texts of digits or dictionaries. A snapshot marked
``fivegaps.codes = zero`` in the file's metadata stores codes (0 no answer,
1..levels a scale point, before any reversal) instead of values; it decodes in
about half the time when its columns are required int8.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import NoReturn, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.errors import Fault, FileRefused, InstrumentRefused
from fivegaps.io.answers import (
    Answers,
    Block,
    Categories,
    ColumnKind,
    ItemColumn,
    Notice,
    Numbers,
    Part,
    item_columns,
)
from fivegaps.io.buffers import Buffers
from fivegaps.io.coding import ItemCoder, Scale
from fivegaps.io.columnar import described
from fivegaps.io.kept import is_reversed, other_column
from fivegaps.io.offences import Judgement, faults_of
from fivegaps.io.row_groups import LARGE_ROWS, PART_ROWS, STEP_ROWS, RowGroups
from fivegaps.io.scale_codes import Storage, fill_codes
from fivegaps.io.statistical import sha256_of
from fivegaps.model.instrument import Instrument
from fivegaps.stats.counts.kernel import chosen_path, loops

CODES_KEY = b"fivegaps.codes"
ZERO_CODED = b"zero"

OtherColumns = Mapping[str, Categories | Numbers]


class RowFilter(Protocol):
    """Says which rows to keep, by the columns it names."""

    @property
    def columns(self) -> Mapping[str, ColumnKind]:
        """The columns it needs, and as what."""

    def __call__(self, columns: OtherColumns, /) -> NDArray[np.bool_]:
        """Return which of the n rows to keep (n,)."""


def open_parquet(
    path: str | os.PathLike[str], instrument: Instrument, *, where: RowFilter | None = None
) -> ParquetAnswers:
    """Return the answers of a Parquet file; nothing but its footer is read.

    With ``where`` the columns it needs are read once, to know the number of rows.

    Raises:
        FileRefused: No Parquet file, or its statistics show answers off the scale.
        InstrumentRefused: The instrument names a column that is not there.
    """
    return ParquetAnswers(path, instrument, where=where)


class ParquetAnswers(Answers):
    """A Parquet file bound to its instrument; memory does not grow with its rows."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        instrument: Instrument,
        *,
        where: RowFilter | None = None,
        part_rows: int = PART_ROWS,
        large_rows: int = LARGE_ROWS,
        step_rows: int = STEP_ROWS,
    ) -> None:
        """Open the file; how it is cut into parts, see :class:`RowGroups`."""
        self._path = Path(path)
        self._where = where
        self._lock = threading.Lock()
        self._buffers = Buffers()
        self._faults: tuple[Fault, ...] | None = None
        self.instrument = instrument
        self.file_name = self._path.name
        self.notices: tuple[Notice, ...] = ()
        self._groups = self._opened(part_rows, large_rows, step_rows)
        schema = self._groups.schema
        self._zero_coded = (schema.metadata or {}).get(CODES_KEY) == ZERO_CODED
        self._raw = {
            raw.name: (raw, field.name)
            for raw, field in zip(described(schema), schema, strict=True)
        }
        self.column_names = tuple(self._raw)
        self._refuse_columns(schema)
        self._items = item_columns(instrument)
        self._names = [self._raw[column.name][1] for column in self._items]
        self._place = {name: place for place, name in enumerate(self._names)}
        self._storage = [self._storage_of(column) for column in self._items]
        self._refuse_by_statistics()
        self.rows: int = self._groups.metadata.num_rows
        self._loops = loops(chosen_path(self.rows * len(self._items)))
        if where is not None:
            self.rows = sum(int(self._kept(part).sum()) for part in self._groups.parts)

    def _opened(self, part_rows: int, large_rows: int, step_rows: int) -> RowGroups:
        try:
            return RowGroups(
                self._path, part_rows=part_rows, large_rows=large_rows, step_rows=step_rows
            )
        except (OSError, pa.ArrowException) as error:
            raise FileRefused(
                self.file_name, Fault(f"cannot be read as Parquet ({error}).", "Export it again.")
            ) from error

    def _refuse_columns(self, schema: pa.Schema) -> None:
        twice = sorted({name for name in schema.names if schema.names.count(name) > 1})
        if twice or len(self._raw) != len(schema.names):
            names = ", ".join(repr(name) for name in twice)
            raise FileRefused(
                self.file_name, Fault(f"has columns of the same name: {names}.", "Rename them.")
            )
        absent = [
            Fault(f"is not in {self.file_name}.", column=column.name)
            for column in item_columns(self.instrument)
            if column.name not in self._raw
        ]
        if absent:
            raise InstrumentRefused(self.instrument.id, *absent)
        nested = [
            Fault(f"holds {field.type}, not answers.", column=column.name)
            for column in item_columns(self.instrument)
            if pa.types.is_nested((field := schema.field(self._raw[column.name][1])).type)
            or (self._zero_coded and not pa.types.is_integer(field.type))
        ]
        if nested:
            raise FileRefused(self.file_name, *nested)

    def _storage_of(self, column: ItemColumn) -> Storage:
        battery = self.instrument.battery(column.battery)
        item = next(item for item in self.instrument.items if item.id == column.item)
        scale = Scale(
            battery.minimum,
            battery.maximum,
            missing=battery.missing,
            reversed_points=is_reversed(item.reversed, column.battery),
            anchors={
                words.casefold(): point
                for by_point in battery.anchors.values()
                for point, words in by_point.items()
            },
        )
        return Storage.of(scale, zero_coded=self._zero_coded)

    def _refuse_by_statistics(self) -> None:
        """Refuse before anything is decoded when the footer shows an answer off the scale."""
        metadata = self._groups.metadata
        places = {metadata.schema.column(i).path: i for i in range(metadata.num_columns)}
        for group in range(metadata.num_row_groups):
            columns = metadata.row_group(group)
            for name, storage in zip(self._names, self._storage, strict=True):
                statistics = columns.column(places[name]).statistics if name in places else None
                if statistics is None or not statistics.has_min_max:
                    continue
                ends = (statistics.min, statistics.max)
                if any(isinstance(end, int) and not storage.holds(end) for end in ends):
                    self._refuse()

    @cached_property
    def sha256(self) -> str:  # type: ignore[override]
        """SHA-256 of the file, read once when first asked for."""
        return sha256_of(self._path)

    def parts(self) -> Sequence[Part]:
        """Return the parts of the file before any filter, in order."""
        return self._groups.parts

    def read(self, part: Part, columns: Mapping[str, ColumnKind] | None = None) -> Block:
        """Return one part's rows that pass the filter, with the other columns asked for.

        Raises:
            FileRefused: An answer off the scale, with a table of all of them; or
                a column that is not there.
        """
        others = self._others(part, columns or {})
        codes = self._buffers.array(len(self._items), part.n)
        for place, first, chunk in self._item_chunks(part):
            out = codes[place, first : first + len(chunk)]
            if pa.types.is_integer(chunk.type) and fill_codes(
                chunk, self._storage[place], out, self._loops
            ):
                continue
            coder = self._coder(place)
            out[:] = coder.code(chunk, np.arange(len(chunk)))
            if coder.offences:
                self._refuse()
        rows = np.arange(part.first, part.first + part.n, dtype=np.int64)
        if self._where is None:
            return Block(rows, codes, others)
        kept = self._kept(part)
        return Block(
            rows[kept],
            np.ascontiguousarray(codes[:, kept]),
            {name: _only(column, kept) for name, column in others.items()},
        )

    def _item_chunks(self, part: Part) -> Iterator[tuple[int, int, pa.Array]]:
        """Yield every piece of an item column: its place, its first row in the part, itself."""
        for first, table in self._groups.tables(part, self._names):
            for name, column in zip(table.column_names, table.columns, strict=True):
                at = first
                for chunk in column.chunks:
                    yield self._place[name], at, chunk
                    at += len(chunk)

    def _others(self, part: Part, columns: Mapping[str, ColumnKind]) -> OtherColumns:
        absent = [name for name in columns if name not in self._raw]
        if absent:
            faults = [Fault(f"is not in {self.file_name}.", column=name) for name in absent]
            raise FileRefused(self.file_name, *faults)
        if not columns:
            return {}
        table = self._groups.whole(part, [self._raw[name][1] for name in columns])
        found: dict[str, Categories | Numbers] = {}
        for name, kind in columns.items():
            raw, stored = self._raw[name]
            array = table.column(stored).combine_chunks()
            found[name] = other_column(array, raw, kind)
        return found

    def _kept(self, part: Part) -> NDArray[np.bool_]:
        if self._where is None:
            return np.ones(part.n, dtype=np.bool_)
        return self._where(self._others(part, self._where.columns))

    def _coder(self, place: int) -> ItemCoder:
        raw = self._raw[self._items[place].name][0]
        scale = self._storage[place].scale
        if self._zero_coded:
            scale = Scale(0, scale.levels)
        return ItemCoder(raw, scale)

    def _refuse(self) -> NoReturn:
        """Go through the whole file and say what lies off the scale, where first and how often."""
        with self._lock:
            if self._faults is None:
                coders = [self._coder(place) for place in range(len(self._items))]
                for part in self._groups.parts:
                    for place, at, chunk in self._item_chunks(part):
                        first = part.first + at + 1
                        coders[place].code(chunk, np.arange(first, first + len(chunk)))
                self._faults = tuple(
                    faults_of(
                        Judgement(
                            item.name,
                            coder.scale.minimum,
                            coder.scale.maximum,
                            coder.offences,
                            battery=item.battery,
                        )
                        for item, coder in zip(self._items, coders, strict=True)
                    )
                )
        raise FileRefused(self.file_name, *self._faults)


def _only(column: Categories | Numbers, kept: NDArray[np.bool_]) -> Categories | Numbers:
    if isinstance(column, Categories):
        return Categories(column.codes[kept], column.values)
    return Numbers(column.values[kept])

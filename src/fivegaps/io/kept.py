"""Answers in memory whose other columns stay as compact as the file gave them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.io.answers import (
    Block,
    Categories,
    ColumnKind,
    ItemColumn,
    MemoryAnswers,
    Notice,
    Numbers,
    Part,
)
from fivegaps.io.arrow_numpy import arrow, places
from fivegaps.io.cells import MISSING_WORDS, tidy
from fivegaps.io.number_columns import numbers_of
from fivegaps.io.raw import RawColumn
from fivegaps.model.instrument import Instrument


class TableAnswers(MemoryAnswers):
    """Item answers at one byte each; other columns as Arrow, turned on demand.

    ``column_names`` are all the file's columns. Item columns can be asked for
    too: they come as the file's values, not recoded.
    """

    def __init__(
        self,
        instrument: Instrument,
        codes: NDArray[np.uint8],
        *,
        others: Mapping[str, pa.ChunkedArray],
        described: tuple[RawColumn, ...],
        rows: NDArray[np.int64],
        file_name: str,
        sha256: str,
        notices: tuple[Notice, ...],
        decimal: str | None = None,
    ) -> None:
        super().__init__(
            instrument, codes, rows=rows, file_name=file_name, sha256=sha256, notices=notices
        )
        self.column_names = tuple(column.name for column in described)
        self._described = {column.name: column for column in described}
        self._others = dict(others)
        self._items = {
            column.name: (place, column) for place, column in enumerate(self.item_columns)
        }
        self._decimal = decimal

    def read(self, part: Part, columns: Mapping[str, ColumnKind] | None = None) -> Block:
        """Return one part's rows with the other columns asked for; KeyError for unknown ones."""
        block = super().read(part)
        return Block(
            rows=block.rows,
            codes=block.codes,
            columns={
                name: self._column(name, kind, part) for name, kind in (columns or {}).items()
            },
        )

    def _column(self, name: str, kind: ColumnKind, part: Part) -> Categories | Numbers:
        raw = self._described[name]
        if name in self._items:
            place, column = self._items[name]
            chunk = self._values(place, column, part)
        else:
            chunk = self._others[name].slice(part.first, part.n).combine_chunks()
        return other_column(chunk, raw, kind, decimal=self._decimal)

    def _values(self, place: int, column: ItemColumn, part: Part) -> pa.Array:
        codes = self._codes[place, part.first : part.first + part.n].astype(np.int16)
        item = next(item for item in self.instrument.items if item.id == column.item)
        if is_reversed(item.reversed, column.battery):
            codes = np.where(codes > 0, column.levels + 1 - codes, 0).astype(np.int16)
        return arrow(codes + np.int16(column.minimum - 1), codes > 0)


def is_reversed(item_reversed: bool, battery: str) -> bool:
    """Tell whether a battery of an item is recoded: all are but importance."""
    return item_reversed and battery != "importance"


def other_column(
    chunk: pa.Array, raw: RawColumn, kind: ColumnKind, *, decimal: str | None = None
) -> Categories | Numbers:
    """Return an Arrow column as categories (value labels where there are any) or numbers."""
    if kind == "numbers":
        return Numbers(numbers_of(chunk, raw, decimal=decimal))
    return _categories(chunk, raw)


def _categories(chunk: pa.Array, raw: RawColumn) -> Categories:
    if pa.types.is_null(chunk.type):
        return Categories(np.full(len(chunk), -1, dtype=np.int32), ())
    encoded = chunk if pa.types.is_dictionary(chunk.type) else chunk.dictionary_encode()
    values = [_label(value, raw) for value in encoded.dictionary.to_pylist()]
    names = list(dict.fromkeys(value for value in values if value is not None))
    place = {name: number for number, name in enumerate(names)}
    lookup = np.array(
        [*(-1 if value is None else place[value] for value in values), -1], dtype=np.int32
    )
    return Categories(lookup[places(encoded)], tuple(names))


def _label(value: object, raw: RawColumn) -> str | None:
    """Return the words for a value: its label, else the value as people write it."""
    if value is None or value != value:  # noqa: PLR0124  # NaN differs from itself
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if raw.is_missing(float(value)):
            return None
        label = raw.value_labels.get(float(value))
        return label or (str(int(value)) if float(value).is_integer() else repr(value))
    text = tidy(_iso(value))
    if text in raw.missing_words or text.casefold() in MISSING_WORDS:
        return None
    return raw.value_labels.get(text) or text


def _iso(value: object) -> str:
    text = str(value)
    return text.removesuffix(" 00:00:00")

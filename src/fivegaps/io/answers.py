"""Answers: a file of answers bound to its instrument, read part by part.

An :class:`Answers` counts nothing. It names its item columns, tells how many
rows it has, and hands out blocks of zero-coded answers that any engine can
reduce, in any order and from several threads.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from fivegaps.model.instrument import Instrument

ColumnKind = Literal["categories", "numbers"]


@dataclass(frozen=True, slots=True)
class ItemColumn:
    """One column of scale answers: an item in a battery."""

    battery: str
    item: str
    name: str
    minimum: int
    levels: int

    @property
    def key(self) -> str:
        """Name of the column in counts: ``battery.item``."""
        return f"{self.battery}.{self.item}"


def item_columns(instrument: Instrument) -> tuple[ItemColumn, ...]:
    """Return the item columns of an instrument: battery by battery, items in order."""
    return tuple(
        ItemColumn(
            battery=battery.id,
            item=item.id,
            name=item.columns[battery.id],
            minimum=battery.minimum,
            levels=battery.levels,
        )
        for battery in instrument.batteries
        for item in instrument.items_in(battery.id)
    )


@dataclass(frozen=True, slots=True)
class Categories:
    """A column of labels: ``codes`` (n,) index ``values``; −1 is not given."""

    codes: NDArray[np.int32]
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """A column of numbers (n,); NaN is not given."""

    values: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Block:
    """Some rows of answers.

    ``codes`` is (k, n), C-contiguous: one row per item column, value − scale
    minimum + 1, 0 = no answer, reversed items already recoded. ``rows`` (n,)
    are row numbers in the file, from 0. ``columns`` holds the other columns
    that were asked for; categories of two blocks may have different ``values``.
    """

    rows: NDArray[np.int64]
    codes: NDArray[np.uint8]
    columns: Mapping[str, Categories | Numbers]


@dataclass(frozen=True, slots=True)
class Part:
    """Rows ``first`` to ``first + n`` of the source, readable on their own."""

    first: int
    n: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something noticed while reading that did not stop it (codes as in results.json)."""

    code: str
    text: str
    about: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


class Answers(ABC):
    """A source of answers: nothing is counted yet."""

    instrument: Instrument
    file_name: str
    sha256: str
    rows: int
    column_names: tuple[str, ...]
    notices: tuple[Notice, ...]

    @property
    def item_columns(self) -> tuple[ItemColumn, ...]:
        """Item columns in the order of ``Block.codes``."""
        return item_columns(self.instrument)

    @abstractmethod
    def parts(self) -> Sequence[Part]:
        """Return the parts of the source, in file order."""

    @abstractmethod
    def read(self, part: Part, columns: Mapping[str, ColumnKind] | None = None) -> Block:
        """Return one part's rows (after any filter) with the other columns asked for.

        Safe to call from several threads.
        """


class MemoryAnswers(Answers):
    """Answers that are held in memory, one byte an answer."""

    def __init__(
        self,
        instrument: Instrument,
        codes: NDArray[np.uint8],
        *,
        columns: Mapping[str, Categories | Numbers] | None = None,
        rows: NDArray[np.int64] | None = None,
        file_name: str = "memory",
        sha256: str = "",
        notices: tuple[Notice, ...] = (),
        part_rows: int = 65_536,
    ) -> None:
        """Hold ``codes`` (k, n) of the instrument's item columns, and other columns (n,)."""
        self.instrument = instrument
        self.file_name = file_name
        self.sha256 = sha256
        self.rows = int(codes.shape[1])
        self.column_names = tuple(columns or ())
        self.notices = notices
        self._codes = codes
        self._columns = dict(columns or {})
        self._rows = np.arange(self.rows, dtype=np.int64) if rows is None else rows
        self._part_rows = part_rows

    def parts(self) -> Sequence[Part]:
        """Return parts of at most ``part_rows`` rows."""
        size = self._part_rows
        return [Part(first, min(size, self.rows - first)) for first in range(0, self.rows, size)]

    def read(self, part: Part, columns: Mapping[str, ColumnKind] | None = None) -> Block:
        """Return one part's rows with the other columns asked for."""
        chosen = slice(part.first, part.first + part.n)
        return Block(
            rows=self._rows[chosen],
            codes=np.ascontiguousarray(self._codes[:, chosen]),
            columns={
                name: _as_kind(self._columns[name], kind, chosen)
                for name, kind in (columns or {}).items()
            },
        )


def _as_kind(column: Categories | Numbers, kind: ColumnKind, chosen: slice) -> Categories | Numbers:
    if isinstance(column, Categories):
        part = Categories(column.codes[chosen], column.values)
        return part if kind == "categories" else _parsed(part)
    numbers = column.values[chosen]
    return Numbers(numbers) if kind == "numbers" else _labelled(numbers)


def _parsed(column: Categories) -> Numbers:
    numbers = np.full(len(column.values) + 1, np.nan)
    for code, value in enumerate(column.values):
        try:
            numbers[code] = float(value)
        except ValueError:
            continue
    return Numbers(numbers[column.codes])


def _labelled(numbers: NDArray[np.float64]) -> Categories:
    given = ~np.isnan(numbers)
    distinct, places = np.unique(numbers[given], return_inverse=True)
    codes = np.full(numbers.shape, -1, dtype=np.int32)
    codes[given] = places
    return Categories(codes, tuple(f"{value:g}" for value in distinct))

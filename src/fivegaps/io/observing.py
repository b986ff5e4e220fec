"""What stands in a raw table's columns: values and how often, whatever they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from fivegaps.io.arrow_numpy import doubles, places
from fivegaps.io.cells import Answered, NotAnswered, judged, tidy
from fivegaps.io.raw import RawColumn, RawTable
from fivegaps.io.sheets import shown

MOST_VALUES = 2_000


@dataclass(frozen=True, slots=True)
class Observed:
    """What was seen in a column.

    ``texts`` are the values as texts with their counts, at most 2,000 of them:
    ``complete`` tells whether these are all. ``given`` counts cells that hold
    anything, ``empty`` the rest; ``numeric`` cells that are plain numbers between
    ``minimum`` and ``maximum``; ``whole`` those without a fraction.
    """

    given: int
    empty: int
    texts: Mapping[str, int]
    complete: bool
    numeric: int
    whole: int
    minimum: float | None
    maximum: float | None
    dates: int = 0

    def numbers(self) -> dict[float, int]:
        """Return the scale points and other numbers among the values, labels left out."""
        counts: Counter[float] = Counter()
        for text, count in self.texts.items():
            cell = judged(text)
            if isinstance(cell, Answered):
                counts[cell.number] += count
        return dict(counts)

    def marks(self) -> dict[str, int]:
        """Return the words for "no answer" among the values."""
        return {
            text: count
            for text, count in self.texts.items()
            if isinstance(judged(text), NotAnswered)
        }

    def words(self) -> dict[str, int]:
        """Return the values that are neither numbers nor words for "no answer"."""
        return {
            text: count
            for text, count in self.texts.items()
            if not isinstance(cell := judged(text), NotAnswered)
            and not (isinstance(cell, Answered) and not cell.label and not cell.coded)
        }


class _Observer:
    def __init__(self, raw: RawColumn) -> None:
        self._raw = raw
        self._texts: Counter[str] = Counter()
        self._complete = True
        self._given = self._empty = self._numeric = self._whole = self._dates = 0
        self._low, self._high = np.inf, -np.inf

    def take(self, column: pa.Array) -> None:
        self._empty += column.null_count
        self._given += len(column) - column.null_count
        kind = column.type
        if pa.types.is_null(kind):
            return
        if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
            self._take_numbers(column)
            return
        self._dates += (len(column) - column.null_count) * pa.types.is_temporal(kind)
        if not pa.types.is_dictionary(kind):
            texts = column if pa.types.is_string(kind) else column.cast(pa.string())
            column = texts.dictionary_encode()
        spots = places(column)
        counts = np.bincount(spots[spots >= 0], minlength=len(column.dictionary))
        for text, count in zip(column.dictionary.to_pylist(), counts.tolist(), strict=True):
            self._count(tidy(str(text)), count)

    def _take_numbers(self, column: pa.Array) -> None:
        values = doubles(column)
        values = values[~np.isnan(values)]
        distinct, counts = np.unique(values, return_counts=True)
        self._empty += len(column) - column.null_count - len(values)
        self._given -= len(column) - column.null_count - len(values)
        self._numeric += len(values)
        self._whole += int(counts[distinct == np.floor(distinct)].sum())
        if len(distinct):
            self._low = min(self._low, float(distinct[0]))
            self._high = max(self._high, float(distinct[-1]))
        for value, count in zip(distinct.tolist(), counts.tolist(), strict=True):
            self._add(shown(value), count)

    def _count(self, text: str, count: int) -> None:
        cell = judged(text)
        if isinstance(cell, Answered) and not cell.label and not cell.coded:
            self._numeric += count
            self._whole += count * cell.number.is_integer()
            self._low = min(self._low, cell.number)
            self._high = max(self._high, cell.number)
            text = shown(cell.number)
        self._dates += count * (len(text) >= 8 and _is_date(text))
        self._add(text, count)

    def _add(self, text: str, count: int) -> None:
        if text in self._texts or len(self._texts) < MOST_VALUES:
            self._texts[text] += count
        else:
            self._complete = False

    def seen(self) -> Observed:
        return Observed(
            given=self._given,
            empty=self._empty,
            texts=dict(self._texts),
            complete=self._complete,
            numeric=self._numeric,
            whole=self._whole,
            minimum=float(self._low) if self._numeric else None,
            maximum=float(self._high) if self._numeric else None,
            dates=self._dates,
        )


def observe(raw: RawTable, names: Collection[str] | None = None) -> dict[str, Observed]:
    """Return what stands in the columns named, or in all, after one pass over the table."""
    observers = {
        column.name: _Observer(column)
        for column in raw.columns
        if names is None or column.name in names
    }
    for batch in raw.batches(scale=list(observers), wanted=set(observers)):
        for name, observer in observers.items():
            observer.take(batch.column(name))
    return {name: observer.seen() for name, observer in observers.items()}


def _is_date(text: str) -> bool:
    head = text[:10].replace("/", "-").replace(".", "-")
    parts = head.split("-")
    return (
        len(parts) == 3
        and all(part.isascii() and part.isdigit() for part in parts)
        and max(map(len, parts)) == 4
    )

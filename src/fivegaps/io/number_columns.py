"""Columns of plain numbers: outcomes, Kano answers, 100-point weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.io.arrow_numpy import arrow, doubles, places
from fivegaps.io.cells import Answered, NotAnswered, judged, plain_number, tidy
from fivegaps.io.coding import Offence
from fivegaps.io.raw import RawColumn


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which numbers a column must lie, and whether they must be whole."""

    minimum: float
    maximum: float
    whole: bool = False

    def fault(self, number: float) -> str:
        """Return why a number cannot be used: off or fraction; nothing when it can."""
        if not self.minimum <= number <= self.maximum:
            return "off"
        return "fraction" if self.whole and number != np.floor(number) else ""


class NumberReader:
    """Reads one column as numbers, batch by batch; counts what it cannot use.

    Labels beside a number ("5 - very satisfied") and LimeSurvey's codes (A5)
    are read as the number.
    """

    def __init__(self, raw: RawColumn, bounds: Bounds, *, decimal: str | None = None) -> None:
        self.raw = raw
        self.bounds = bounds
        self.offences: dict[str, Offence] = {}
        self._decimal = decimal

    def read(self, column: pa.Array, rows: NDArray[np.int64]) -> pa.Array:
        """Return the column as 8-bit integers where they suffice, else as doubles; null is none."""
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
            column = column.dictionary_encode()
        values = numbers_of(column, self.raw, decimal=self._decimal, labelled=True)
        if pa.types.is_dictionary(column.type):
            self._refuse_texts(column, rows)
        distinct, first, counts = np.unique(values, return_index=True, return_counts=True)
        for number, place, count in zip(distinct, first, counts, strict=True):
            why = "" if np.isnan(number) else self.bounds.fault(float(number))
            if why:
                self._offend(f"{number:.15g}", int(count), int(rows[place]), why)
        given = ~np.isnan(values)
        usable = np.where(given, values, 0.0)
        if np.all(usable == np.floor(usable)) and np.all(np.abs(usable) < 128):
            return arrow(usable.astype(np.int8), given)
        return arrow(values, given)

    def _refuse_texts(self, column: pa.Array, rows: NDArray[np.int64]) -> None:
        spots = places(column)
        for place, value in enumerate(column.dictionary.to_pylist()):
            text = tidy(str(value or ""))
            cell = judged(text, decimal=self._decimal)
            if isinstance(cell, (Answered, NotAnswered)) or text in self.raw.missing_words:
                continue
            found = np.flatnonzero(spots == place)
            if found.size:
                self._offend(text, int(found.size), int(rows[found[0]]), "text")

    def _offend(self, text: str, count: int, row: int, why: str) -> None:
        known = self.offences.setdefault(text, Offence(0, row, why))
        known.count += count


def numbers_of(
    column: pa.Array, raw: RawColumn, *, decimal: str | None = None, labelled: bool = False
) -> NDArray[np.float64]:
    """Return a column as doubles (n,); NaN where there is no number.

    ``labelled`` also takes the number out of "5 - very satisfied" and A5.
    Values the file declares as missing are NaN.
    """
    kind = column.type
    if pa.types.is_null(kind):
        return np.full(len(column), np.nan)
    if pa.types.is_dictionary(kind) and not _is_text(kind.value_type):
        column = column.dictionary_decode()
        kind = column.type
    if _is_number(kind):
        return _without_declared(doubles(column), raw)
    if not pa.types.is_dictionary(kind):
        column = (column if _is_text(kind) else column.cast(pa.string())).dictionary_encode()
    found = [
        np.nan if text is None else _number(str(text), decimal, labelled=labelled)
        for text in column.dictionary.to_pylist()
    ]
    lookup = np.array([*found, np.nan])
    return _without_declared(lookup[places(column)], raw)


def _is_number(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(kind)
        or pa.types.is_floating(kind)
        or pa.types.is_decimal(kind)
        or pa.types.is_boolean(kind)
    )


def _is_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _number(text: str, decimal: str | None, *, labelled: bool) -> float:
    if labelled:
        cell = judged(text, decimal=decimal)
        return cell.number if isinstance(cell, Answered) else np.nan
    number = plain_number(text, decimal=decimal)
    return np.nan if number is None else number


def _without_declared(values: NDArray[np.float64], raw: RawColumn) -> NDArray[np.float64]:
    for low, high in raw.missing:
        values = np.where((values >= low) & (values <= high), np.nan, values)
    return values

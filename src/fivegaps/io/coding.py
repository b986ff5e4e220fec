"""From a file's cells to codes of one byte: every distinct value is judged once.

An :class:`ItemCoder` keeps what it could not use, counted by value, so that a
refusal can show the whole table of a column and the first row of each fault.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from fivegaps.io.arrow_numpy import doubles, places, small_integers
from fivegaps.io.cells import Answered, NotAnswered, judged, tidy
from fivegaps.io.raw import RawColumn

_MISSING = 0
_MARKED = 254
_REFUSED = 255
_LOW, _HIGH = -32_768, 32_767
# 16-bit sentinels of values that are no small whole number.
_NO_VALUE = _LOW


@dataclass(frozen=True, slots=True)
class Scale:
    """What a column may hold: whole points, those that are no answer, words for points.

    ``reversed_points`` recodes 1…levels to levels…1; ``anchors`` maps words,
    case-folded, to points.
    """

    minimum: int
    maximum: int
    missing: tuple[int, ...] = ()
    reversed_points: bool = False
    anchors: Mapping[str, int] = field(default_factory=dict)

    @property
    def levels(self) -> int:
        """Number of scale points."""
        return self.maximum - self.minimum + 1


@dataclass(slots=True)
class Offence:
    """A value that cannot be used: how often, in which row first, and why."""

    count: int
    first: int
    why: str


class ItemCoder:
    """Codes one column, batch by batch."""

    def __init__(self, raw: RawColumn, scale: Scale, *, decimal: str | None = None) -> None:
        self.raw = raw
        self.scale = scale
        self.offences: dict[str, Offence] = {}
        self.marks: Counter[str] = Counter()
        self.labelled = 0
        self._decimal = decimal
        self._codes = self._lookup()
        self._labels: dict[float, str] = {}

    def code(self, column: pa.Array, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        """Return the codes (n,) of a batch's column; ``rows`` (n,) are its rows' numbers."""
        kind = column.type
        if pa.types.is_null(kind):
            return np.zeros(len(column), dtype=np.uint8)
        if pa.types.is_dictionary(kind) and not pa.types.is_string(kind.value_type):
            return self.code(column.dictionary_decode(), rows)
        if pa.types.is_integer(kind) and kind.bit_width <= 16 and kind != pa.uint16():
            return self._numbers(small_integers(column, _NO_VALUE), rows)
        if (
            pa.types.is_integer(kind)
            or pa.types.is_floating(kind)
            or pa.types.is_decimal(kind)
            or pa.types.is_boolean(kind)
        ):
            if pa.types.is_boolean(kind):
                return self._texts(compute.cast(column, pa.string()), rows)
            return self._floats(doubles(column), rows)
        return self._texts(column, rows)

    def _lookup(self) -> NDArray[np.uint8]:
        """Return the code of every 16-bit value, at value + 32768."""
        scale = self.scale
        codes = np.full(1 << 16, _REFUSED, dtype=np.uint8)
        points = np.arange(1, scale.levels + 1)
        codes[np.arange(scale.minimum, scale.maximum + 1) - _LOW] = (
            points[::-1] if scale.reversed_points else points
        )
        declared = [(float(value), float(value)) for value in scale.missing]
        for low, high in (*declared, *self.raw.missing):
            first, last = int(np.ceil(max(low, _LOW + 1))), int(np.floor(min(high, _HIGH)))
            if first <= last:
                codes[first - _LOW : last - _LOW + 1] = _MARKED
        codes[_NO_VALUE - _LOW] = _MISSING
        return codes

    def _numbers(self, values: NDArray[np.int16], rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        codes = self._codes[values.astype(np.int32) - _LOW]
        for value, count in zip(
            *np.unique(values[codes == _MARKED], return_counts=True), strict=True
        ):
            self.marks[str(int(value))] += int(count)
        refused = codes == _REFUSED
        if refused.any():
            self._refuse(values[refused].astype(np.float64), rows[refused])
        codes[codes >= _MARKED] = _MISSING
        return np.asarray(codes, dtype=np.uint8)

    def _floats(self, values: NDArray[np.float64], rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        whole = np.isnan(values) | (
            (values == np.floor(values)) & (values > _LOW) & (values <= _HIGH)
        )
        for low, high in self.raw.missing:
            declared = ~whole & (values >= low) & (values <= high)
            for value in values[declared]:
                self.marks[_spelt(float(value))] += 1
            values = np.where(declared, np.nan, values)
            whole |= declared
        if not whole.all():
            self._refuse(values[~whole], rows[~whole])
        small = np.where(whole & ~np.isnan(values), values, _NO_VALUE).astype(np.int16)
        return self._numbers(small, rows)

    def _refuse(self, values: NDArray[np.float64], rows: NDArray[np.int64]) -> None:
        distinct, first, counts = np.unique(values, return_index=True, return_counts=True)
        for value, place, count in zip(distinct, first, counts, strict=True):
            why = "off" if np.isinf(value) or value == np.floor(value) else "fraction"
            self._offend(_spelt(float(value)), int(count), int(rows[place]), why)

    def _offend(self, text: str, count: int, row: int, why: str) -> None:
        known = self.offences.get(text)
        if known is None:
            self.offences[text] = Offence(count, row, why)
        else:
            known.count += count
            known.first = min(known.first, row)

    def _texts(self, column: pa.Array, rows: NDArray[np.int64]) -> NDArray[np.uint8]:
        if not pa.types.is_dictionary(column.type):
            if not pa.types.is_string(column.type):
                column = column.cast(pa.string())
            column = column.dictionary_encode()
        spots = places(column)
        texts = [text or "" for text in column.dictionary.to_pylist()]
        codes = np.zeros(len(texts) + 1, dtype=np.uint8)  # the last: null
        counts = np.bincount(spots[spots >= 0], minlength=len(texts))
        for place, text in enumerate(texts):
            if counts[place]:
                codes[place] = self._text_code(text, int(counts[place]))
                if codes[place] == _REFUSED:
                    first = int(rows[int(np.argmax(spots == place))])
                    self._offend(tidy(text), int(counts[place]), first, self._why(text))
                    codes[place] = _MISSING
        coded: NDArray[np.uint8] = codes[spots]
        return coded

    def _text_code(self, text: str, count: int) -> int:
        """Return the code of a text that stands ``count`` times; 255 when it cannot be used."""
        cell = judged(text, decimal=self._decimal)
        if isinstance(cell, NotAnswered):
            if cell.mark:
                self.marks[cell.mark] += count
            return _MISSING
        shown = tidy(text)
        if shown in self.raw.missing_words:
            self.marks[shown] += count
            return _MISSING
        anchored = self.scale.anchors.get(shown.casefold())
        number = float(anchored) if anchored is not None else None
        if number is None and isinstance(cell, Answered):
            if cell.label and self._labels.setdefault(cell.number, cell.label) != cell.label:
                return _REFUSED  # two wordings of one point: a remark, not a label
            number = cell.number
        if number is None or number != np.floor(number) or not _LOW < number <= _HIGH:
            return _REFUSED
        code = int(self._codes[int(number) - _LOW])
        if code == _MARKED:
            self.marks[shown] += count
            return _MISSING
        if code != _REFUSED and (
            anchored is not None or (isinstance(cell, Answered) and (cell.label or cell.coded))
        ):
            self.labelled += count
        return code

    def _why(self, text: str) -> str:
        cell = judged(text, decimal=self._decimal)
        if not isinstance(cell, Answered) or cell.label:
            return "text"
        return "off" if cell.number == np.floor(cell.number) else "fraction"


def _spelt(value: float) -> str:
    return str(int(value)) if np.isfinite(value) and value == np.floor(value) else f"{value:.15g}"

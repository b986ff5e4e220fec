"""A column as its distinct texts, so that every text is judged once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute

from fivegaps.io.arrow_numpy import places
from fivegaps.io.cells import MISSING_WORDS, tidy
from fivegaps.io.sheets import shown


@dataclass(frozen=True, slots=True)
class Distinct:
    """``spots`` (n,) are places in ``texts``; −1 is an empty cell."""

    texts: tuple[str, ...]
    spots: NDArray[np.int32]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.spots)

    def first(self, place: int, most: int) -> NDArray[np.int64]:
        """Return the first rows, from 0, in which a text stands."""
        return np.flatnonzero(self.spots == place)[:most]

    def counts(self) -> NDArray[np.int64]:
        """Return in how many rows each text stands."""
        return np.bincount(self.spots[self.spots >= 0], minlength=len(self.texts))

    def spelt(self) -> list[str]:
        """Return the n texts; "" for an empty cell."""
        lookup = [*self.texts, ""]
        return [lookup[spot] for spot in self.spots]


def distinct(column: pa.ChunkedArray | pa.Array, *, words_for_nothing: bool = True) -> Distinct:
    """Return a column of any Arrow type as its distinct texts, tidied.

    Whole numbers are spelt without point, dates as ISO, yes/no as such, lists
    joined by ``;``. ``words_for_nothing`` takes N/A, - and the like as empty.
    """
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_null(array.type):
        return Distinct((), np.full(len(array), -1, dtype=np.int32))
    if _is_list(array.type):
        array = pa.array([None if one is None else ";".join(map(str, one))
                          for one in array.to_pylist()], type=pa.string())  # fmt: skip
    if not pa.types.is_dictionary(array.type):
        if pa.types.is_timestamp(array.type) and array.type.tz is None:
            array = _days(array)
        array = array.dictionary_encode()
    spots = places(array)
    found = ["" if one is None else _spelt(one) for one in array.dictionary.to_pylist()]
    if words_for_nothing:
        found = ["" if text.casefold() in MISSING_WORDS else text for text in found]
    texts = dict.fromkeys(text for text in found if text)
    place = {text: number for number, text in enumerate(texts)}
    lookup = np.array([*(place.get(text, -1) for text in found), -1], dtype=np.int32)
    return Distinct(tuple(texts), lookup[spots])


def _days(array: pa.Array) -> pa.Array:
    """Return timestamps that are all midnights as days."""
    days = compute.cast(array, pa.date32(), safe=False)
    back = compute.cast(days, array.type)
    return days if compute.all(compute.equal(back, array)).as_py() is not False else array


def _is_list(kind: pa.DataType) -> bool:
    return bool(pa.types.is_list(kind) or pa.types.is_large_list(kind))


def _spelt(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value != value:  # noqa: PLR0124  # NaN differs from itself
        return ""
    return tidy(value if isinstance(value, str) else shown(value))  # type: ignore[arg-type]

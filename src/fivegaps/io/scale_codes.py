"""Scale answers stored as whole numbers in Arrow arrays, as codes of one byte.

The fast way of a Parquet scan: one pass over the values and one over their
validity bits, in the counting kernel's loops, with nothing copied to other
types. Whatever is stored otherwise, or lies off the scale, is left to
:class:`fivegaps.io.coding.ItemCoder`, which judges every distinct value.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.io.coding import Scale
from fivegaps.stats.counts.kernel import Loops

OFF_SCALE = 255

Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Storage:
    """How whole numbers become codes: ``lowest`` has code ``base``, and so on for ``points``.

    Values ``missing`` are no answer. A zero-coded snapshot stores the codes
    themselves, before any reversal: 0 is no answer, 1..levels a scale point.
    """

    scale: Scale
    lowest: int
    points: int
    base: int
    missing: tuple[int, ...]

    @classmethod
    def of(cls, scale: Scale, *, zero_coded: bool) -> Storage:
        """Return how values, or the codes of a zero-coded file, are stored."""
        if zero_coded:
            return cls(scale, lowest=0, points=scale.levels + 1, base=0, missing=())
        return cls(scale, scale.minimum, points=scale.levels, base=1, missing=scale.missing)

    @property
    def highest(self) -> int:
        """The highest stored value that has a code."""
        return self.lowest + self.points - 1

    def holds(self, value: float) -> bool:
        """Tell whether a stored value is an answer or one declared as none."""
        return self.lowest <= value <= self.highest or value in self.missing


def fill_codes(array: pa.Array, storage: Storage, codes: Codes, loops: Loops) -> bool:
    """Set ``codes`` (n,) to the codes of an array of integers; tell whether all lie on the scale.

    Codes off the scale are 255.
    """
    kind = np.dtype(array.type.to_pandas_dtype())
    values = _values(array, kind)
    limits = np.iinfo(kind)
    fits = kind.itemsize == 1 and limits.min <= storage.lowest and storage.highest <= limits.max
    fill = loops.fill_byte_codes if fits else loops.fill_whole_codes
    fill(
        values.view(np.uint8) if fits else values,  # type: ignore[arg-type]
        storage.lowest,
        storage.points,
        storage.base,
        codes,
    )
    _clear_nulls(array, codes, loops)
    _clear_missing(values, storage, codes)
    if storage.scale.reversed_points:
        levels = storage.scale.levels
        turned = np.arange(256, dtype=np.uint8)
        turned[1 : levels + 1] = np.arange(levels, 0, -1)
        codes[:] = turned[codes]
    return bool(codes.max(initial=0) < OFF_SCALE)


def _values(array: pa.Array, kind: np.dtype[np.generic]) -> NDArray[np.int64]:
    """Return the values of an array (n,), undefined where it is null."""
    buffer = array.buffers()[1]
    if buffer is None or not len(array):
        return np.zeros(len(array), dtype=np.int64)
    values: NDArray[np.int64] = np.frombuffer(buffer, dtype=kind)[
        array.offset : array.offset + len(array)
    ]
    return values


def _clear_nulls(array: pa.Array, codes: Codes, loops: Loops) -> None:
    validity = array.buffers()[0]
    if validity is None or array.null_count == 0:
        return
    if array.offset % 8:
        codes[array.is_null().to_numpy(zero_copy_only=False)] = 0
        return
    first = array.offset // 8
    bits = np.frombuffer(validity, dtype=np.uint8)[first : first + (len(array) + 7) // 8]
    loops.clear_missing(bits, codes)


def _clear_missing(values: NDArray[np.int64], storage: Storage, codes: Codes) -> None:
    for missing in storage.missing:
        if storage.lowest <= missing <= storage.highest:
            codes[codes == missing - storage.lowest + storage.base] = 0
    if storage.missing and codes.max(initial=0) == OFF_SCALE:
        places = np.flatnonzero(codes == OFF_SCALE)
        codes[places[np.isin(values[places], storage.missing)]] = 0

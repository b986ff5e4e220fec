"""Between Arrow and NumPy without pandas, which Arrow's own conversions would import."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pyarrow import compute


def doubles(column: pa.Array) -> NDArray[np.float64]:
    """Return a numeric or boolean column (n,) as doubles; null is NaN."""
    cast = compute.cast(column, pa.float64(), safe=False)
    return np.asarray(np.from_dlpack(_filled(cast, np.array([np.nan]))), dtype=np.float64)


def small_integers(column: pa.Array, null: int) -> NDArray[np.int16]:
    """Return a column (n,) of integers that fit 16 bits; ``null`` stands for no value."""
    cast = compute.cast(column, pa.int16())
    return np.asarray(
        np.from_dlpack(_filled(cast, np.array([null], dtype=np.int16))), dtype=np.int16
    )


def places(column: pa.DictionaryArray) -> NDArray[np.int32]:
    """Return where in its dictionary each value (n,) of an encoded column stands; −1 is null."""
    indices = compute.cast(column.indices, pa.int32())
    return np.asarray(
        np.from_dlpack(_filled(indices, np.array([-1], dtype=np.int32))), dtype=np.int32
    )


def validity(column: pa.Array) -> NDArray[np.bool_]:
    """Return which of the n values are not null."""
    return _flags(column.is_valid())


def _filled(column: pa.Array, stand_in: NDArray[np.generic]) -> pa.Array:
    # pyarrow.scalar() would import pandas; the first element of an array does not.
    return compute.call_function("coalesce", [column, arrow(stand_in)[0]])


def _flags(column: pa.BooleanArray) -> NDArray[np.bool_]:
    return np.asarray(np.from_dlpack(compute.cast(column, pa.uint8())), dtype=np.bool_)


def arrow(values: NDArray[np.generic], given: NDArray[np.bool_] | None = None) -> pa.Array:
    """Return n numbers as an Arrow array, null where they are not ``given``."""
    held = np.ascontiguousarray(values)
    kind = pa.from_numpy_dtype(held.dtype)
    bits = None if given is None else pa.py_buffer(np.packbits(given, bitorder="little"))
    return pa.Array.from_buffers(kind, len(held), [bits, pa.py_buffer(held)])


def arrow_flags(values: NDArray[np.bool_]) -> pa.BooleanArray:
    """Return n truth values as an Arrow array."""
    bits = pa.py_buffer(np.packbits(values, bitorder="little"))
    return pa.Array.from_buffers(pa.bool_(), len(values), [None, bits])

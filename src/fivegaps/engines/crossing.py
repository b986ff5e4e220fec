"""Which respondents belong together: rows chosen, categories crossed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Block, Categories, Numbers

Key = tuple[str, ...]


def chosen(block: Block, mask: NDArray[np.bool_]) -> Block:
    """Return the block's rows where the mask holds."""
    if mask.all():
        return block
    columns: dict[str, Categories | Numbers] = {}
    for name, column in block.columns.items():
        if isinstance(column, Categories):
            columns[name] = Categories(column.codes[mask], column.values)
        else:
            columns[name] = Numbers(column.values[mask])
    return Block(block.rows[mask], np.ascontiguousarray(block.codes[:, mask]), columns)


def crossed(
    block: Block, names: Sequence[str], *, optional: Sequence[str] = ()
) -> tuple[NDArray[np.int64], dict[int, Key]]:
    """Return group codes (n,) of crossed categories and the values each code stands for.

    A respondent without a value in one of ``names`` has code −1; without one in
    ``optional`` (crossed after them) the empty value.
    """
    n = block.codes.shape[1]
    codes = np.zeros(n, dtype=np.int64)
    given = np.ones(n, dtype=np.bool_)
    sizes: list[tuple[str, ...]] = []
    for name in (*names, *optional):
        column = labelled(block.columns[name])
        values, places = column.values, column.codes
        if len(sizes) < len(names):
            given &= places >= 0
            places = np.maximum(places, 0)
        else:
            values = (*values, "")
            places = np.where(places >= 0, places, len(values) - 1)
        codes = codes * max(len(values), 1) + places
        sizes.append(values)
    codes[~given] = -1
    keys = {}
    for code in np.unique(codes[given]):
        rest = int(code)
        parts = []
        for values in reversed(sizes):
            rest, place = divmod(rest, max(len(values), 1))
            parts.append(values[place])
        keys[int(code)] = tuple(reversed(parts))
    return codes, keys


def labelled(column: Categories | Numbers) -> Categories:
    """Return a column as labels; one that has another role as numbers too was read as such."""
    if isinstance(column, Categories):
        return column
    given = ~np.isnan(column.values)
    distinct, places = np.unique(column.values[given], return_inverse=True)
    codes = np.full(column.values.shape, -1, dtype=np.int32)
    codes[given] = places
    return Categories(codes, tuple(_written(float(value)) for value in distinct))


def _written(value: float) -> str:
    return str(int(value)) if value.is_integer() else repr(value)

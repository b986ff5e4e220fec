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


def crossed(block: Block, names: Sequence[str]) -> tuple[NDArray[np.int64], dict[int, Key]]:
    """Return group codes (n,) of the crossed categories and each code's values; −1 = not given."""
    n = block.codes.shape[1]
    codes = np.zeros(n, dtype=np.int64)
    given = np.ones(n, dtype=np.bool_)
    sizes: list[tuple[str, ...]] = []
    for name in names:
        column = block.columns[name]
        if not isinstance(column, Categories):
            message = f"{name} was not read as categories"
            raise TypeError(message)
        codes = codes * max(len(column.values), 1) + np.maximum(column.codes, 0)
        given &= column.codes >= 0
        sizes.append(column.values)
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

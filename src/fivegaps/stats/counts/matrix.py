"""Two-way tables and moments by NumPy alone: the path without a compiler.

Matrix products of whole numbers in floating point are exact while no sum
passes the mantissa: 2^24 in single, 2^53 in double precision. Blocks are cut
so that the largest possible sum stays below; the result is then rounded to the
same integers that the compiled path counts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.kernel import SORTED_ROWS

BLOCK_ROWS = 8192
SINGLE_HOLDS = 2**24

Whole = NDArray[np.int64]
Floats = NDArray[np.float64]  # or single precision, where that is exact


def add_tables(codes: NDArray[np.uint8], runs: Whole, levels: Whole, counts: Whole) -> None:
    """Add rows of codes (k, n) to ``counts``, as `popcount.add_tables` does."""
    total = int(levels.sum())
    column = np.repeat(np.arange(codes.shape[0]), levels)
    ends = np.cumsum(levels)
    level = np.arange(total) - np.repeat(ends - levels, levels) + 1
    for block in _blocks(codes, runs):
        chosen = (block[column] == level[:, None].astype(np.uint8)).astype(np.float32)
        counts[:total, :total] += np.rint(chosen @ chosen.T).astype(np.int64)


def _blocks(codes: NDArray[np.uint8], runs: Whole) -> Iterator[NDArray[np.uint8]]:
    together = (
        codes[:, runs[0, 0] : runs[0, 1]]
        if len(runs) == 1
        else np.concatenate([codes[:, first:last] for first, last in runs], axis=1)
    )
    for start in range(0, together.shape[1], BLOCK_ROWS):
        yield together[:, start : start + BLOCK_ROWS]


def add_pair(left: NDArray[np.uint8], right: NDArray[np.uint8], runs: Whole, counts: Whole) -> None:
    """Add one pair of columns to its table ``counts`` (levels, levels)."""
    for first, last in runs:
        rows, across = left[first:last].astype(np.int64), right[first:last].astype(np.int64)
        given = (rows > 0) & (across > 0)
        cells = (rows[given] - 1) * counts.shape[1] + across[given] - 1
        counts += np.bincount(cells, minlength=counts.size).reshape(counts.shape)


def add_moments(codes: NDArray[np.uint8], runs: Whole, bits: Whole, found: Whole) -> None:
    """Add rows of codes (k, n) to ``found``, as `popcount.add_moments` does."""
    highest = (1 << int(bits.max(initial=1))) - 1
    exact = highest * highest * BLOCK_ROWS < SINGLE_HOLDS
    kind = np.dtype(np.float32 if exact else np.float64)
    for block in _blocks(codes, runs):
        values: Floats = block.astype(kind)
        given: Floats = (block > 0).astype(kind)
        found[0] += np.rint(given @ given.T).astype(np.int64)
        found[1] += np.rint(values @ given.T).astype(np.int64)
        found[2] += np.rint((values * values) @ given.T).astype(np.int64)
        found[3] += np.rint(values @ values.T).astype(np.int64)


def add_histograms(codes: NDArray[np.uint8], counts: Whole) -> None:
    """Add codes (k, n) to level counts (k, at least highest code + 1)."""
    for column in range(codes.shape[0]):
        counts[column] += np.bincount(codes[column], minlength=counts.shape[1])


def add_cell_histograms(codes: NDArray[np.uint8], cells: NDArray[np.int32], counts: Whole) -> None:
    """Add codes (k, n) to level counts by cell (cells, k, highest code + 1)."""
    many, k, width = counts.shape
    for column in range(k):
        places = cells.astype(np.int64) * width + codes[column]
        found = np.bincount(places, minlength=many * width)
        counts[:, column, :] += found.reshape(many, width)


def sort_rows(
    codes: NDArray[np.uint8],
    cells: NDArray[np.int32],
    base: int,
    together: NDArray[np.uint8],
    ends: Whole,
) -> None:
    """Copy rows of codes (k, n) to ``together`` in runs, as `rowwise.sort_rows` does."""
    for stretch in range(ends.shape[0]):
        start = stretch * SORTED_ROWS
        own = cells[start : start + SORTED_ROWS]
        first = base + start
        ends[stretch] = first + np.cumsum(np.bincount(own, minlength=ends.shape[1]))
        order = start + np.argsort(own, kind="stable")
        together[:, first : first + own.size] = codes[:, order]


def fill_gaps(
    low: NDArray[np.uint8], high: NDArray[np.uint8], levels: int, gaps: NDArray[np.uint8]
) -> None:
    """Set ``gaps`` (n,) to high − low + levels where both are answered, else 0."""
    np.subtract(high, low, out=gaps)
    gaps += np.uint8(levels)
    gaps[(low == 0) | (high == 0)] = 0


def fill_byte_codes(
    values: NDArray[np.uint8], lowest: int, points: int, base: int, codes: NDArray[np.uint8]
) -> None:
    """Set ``codes`` to value − lowest + base, or 255 off the scale; bytes wrap round."""
    above = values - np.uint8(lowest % 256)
    np.add(above, np.uint8(base), out=codes)
    codes[above >= points] = 255


def fill_whole_codes(
    values: NDArray[np.int64], lowest: int, points: int, base: int, codes: NDArray[np.uint8]
) -> None:
    """Set ``codes`` to value − lowest + base, or 255 off the scale."""
    wide = values.astype(np.int64)
    within = (wide >= lowest) & (wide < lowest + points)
    codes[:] = np.where(within, wide - lowest + base, 255)


def clear_missing(validity: NDArray[np.uint8], codes: NDArray[np.uint8]) -> None:
    """Set codes to 0 where the bit of ``validity`` (least significant first) is not set."""
    codes *= np.unpackbits(validity, count=codes.shape[0], bitorder="little")

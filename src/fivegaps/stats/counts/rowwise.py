"""Compiled loops over rows: histograms, sorting by segment, and reading scale answers.

Importing this module imports numba; `kernel` does so when it pays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.compiled import compiled, eight_bytes, put_eight_bytes
from fivegaps.stats.counts.kernel import SORTED_ROWS

OFF_SCALE = 255
# Bit b of a byte of validity → byte b of a word: 255 where the answer is given.
KEEP = np.array(
    [sum(0xFF << (8 * bit) for bit in range(8) if byte >> bit & 1) for byte in range(256)],
    dtype=np.uint64,
)


@compiled
def add_histograms(codes: NDArray[np.uint8], counts: NDArray[np.int64]) -> None:
    """Add codes (k, n) to level counts (k, at least highest code + 1)."""
    n = codes.shape[1]
    quarters = np.empty((4, 256), np.int64)
    for column in range(codes.shape[0]):
        row = codes[column]
        quarters[:] = 0
        # Four counts side by side: equal neighbours would wait for one another.
        for start in range(0, n - 3, 4):
            quarters[0, row[start]] += 1
            quarters[1, row[start + 1]] += 1
            quarters[2, row[start + 2]] += 1
            quarters[3, row[start + 3]] += 1
        for place in range(n - n % 4, n):
            quarters[0, row[place]] += 1
        for code in range(counts.shape[1]):
            counts[column, code] += (
                quarters[0, code] + quarters[1, code] + quarters[2, code] + quarters[3, code]
            )


@compiled
def add_cell_histograms(
    codes: NDArray[np.uint8], cells: NDArray[np.int32], counts: NDArray[np.int64]
) -> None:
    """Add codes (k, n) to level counts by cell (cells, k, highest code + 1)."""
    for column in range(codes.shape[0]):
        row = codes[column]
        for place in range(codes.shape[1]):
            counts[cells[place], column, row[place]] += 1


@compiled
def sort_rows(
    codes: NDArray[np.uint8],
    cells: NDArray[np.int32],
    base: int,
    together: NDArray[np.uint8],
    ends: NDArray[np.int64],
) -> None:
    """Copy rows of codes (k, n) to columns base to base + n of ``together``, in runs of a cell.

    Rows are sorted in stretches of `SORTED_ROWS`, whose bytes stay in the
    second-level cache; ``ends`` (stretches, cells) says where in ``together``
    the run of each cell ends in each stretch.
    """
    n = codes.shape[1]
    target = np.empty(min(n, SORTED_ROWS), np.int32)
    following = np.empty(ends.shape[1], np.int32)
    for stretch in range(ends.shape[0]):
        start = stretch * SORTED_ROWS
        rows = min(SORTED_ROWS, n - start)
        following[:] = 0
        for row in range(rows):
            following[cells[start + row]] += 1
        end = 0
        for cell in range(ends.shape[1]):
            rows_of_cell = following[cell]
            following[cell] = end
            end += rows_of_cell
            ends[stretch, cell] = base + start + end
        for row in range(rows):
            cell_of_row = cells[start + row]
            target[row] = following[cell_of_row]
            following[cell_of_row] += 1
        for column in range(codes.shape[0]):
            source = codes[column, start : start + rows]
            out = together[column, base + start : base + start + rows]
            for row in range(rows):
                out[target[row]] = source[row]


@compiled
def fill_gaps(
    low: NDArray[np.uint8], high: NDArray[np.uint8], levels: int, gaps: NDArray[np.uint8]
) -> None:
    """Set ``gaps`` (n,) to high − low + levels where both are answered, else 0."""
    for row in range(low.shape[0]):
        gap = np.uint8(high[row] - low[row] + np.uint8(levels))
        gaps[row] = gap if (low[row] != 0) & (high[row] != 0) else np.uint8(0)


@compiled
def fill_byte_codes(
    values: NDArray[np.uint8], lowest: int, points: int, base: int, codes: NDArray[np.uint8]
) -> None:
    """Set ``codes`` to value − lowest + base, or 255 off the scale; bytes wrap round."""
    lowest_byte, many, first = np.uint8(lowest), np.uint8(points), np.uint8(base)
    for row in range(values.shape[0]):
        above = np.uint8(values[row] - lowest_byte)
        codes[row] = np.uint8(above + first) if above < many else np.uint8(OFF_SCALE)


@compiled
def fill_whole_codes(
    values: NDArray[np.int64], lowest: int, points: int, base: int, codes: NDArray[np.uint8]
) -> None:
    """Set ``codes`` to value − lowest + base, or 255 off the scale."""
    for row in range(values.shape[0]):
        value = np.int64(values[row])
        within = (value >= lowest) & (value < lowest + points)
        codes[row] = np.uint8(value - lowest + base) if within else np.uint8(OFF_SCALE)


@compiled
def clear_missing(validity: NDArray[np.uint8], codes: NDArray[np.uint8]) -> None:
    """Set codes to 0 where the bit of ``validity`` (least significant first) is not set."""
    n = codes.shape[0]
    for byte in range(n // 8):
        given = validity[byte]
        if given != 255:
            put_eight_bytes(codes, 8 * byte, eight_bytes(codes, 8 * byte) & KEEP[given])
    for row in range(n - n % 8, n):
        if not (validity[row // 8] >> np.uint8(row % 8)) & np.uint8(1):
            codes[row] = 0

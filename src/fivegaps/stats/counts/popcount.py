"""Two-way tables and moments by counting bits: the kernel's inner loops, compiled.

A tile of rows is turned into bitmaps, one bit a row. The number of rows that
have level a AND level b is then a popcount of two AND-ed bitmaps, 64 rows a
machine word: for the items of a survey this is several times cheaper than
multiplying matrices, and exact. The bitmaps of a tile stay in the second-level
cache. Only the upper triangle is counted.

Importing this module imports numba; `kernel` does so when it pays.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.counts.compiled import compiled, eight_bytes, popcount

TILE_ROWS = 8192
FEW_ROWS = 96  # below, a popcount a cell costs more than a step a pair and row
NONE, EVERY = np.uint64(0), np.uint64(0xFFFFFFFFFFFFFFFF)
LANES = 4  # words a tile is padded to, so that no scalar rest is left on 256-bit machines

Words = NDArray[np.uint64]
Whole = NDArray[np.int64]


@compiled
def fill_planes(row: NDArray[np.uint8], first: int, last: int, planes: Words) -> None:
    """Set ``planes`` (bits, words): bit r of plane b is bit b of the code in row first + r."""
    full = (last - first) // 64
    for bit in range(planes.shape[0]):
        shift = np.uint64(bit)
        plane = planes[bit]
        for word in range(full):
            start = first + 64 * word
            gathered = np.uint64(0)
            for group in range(8):
                # One bit of each of eight bytes, brought together by a multiplication.
                spread = (eight_bytes(row, start + 8 * group) >> shift) & np.uint64(
                    0x0101010101010101
                )
                eight = (spread * np.uint64(0x0102040810204080)) >> np.uint64(56)
                gathered |= eight << np.uint64(8 * group)
            plane[word] = gathered
        for word in range(full, plane.shape[0]):
            gathered = np.uint64(0)
            start = first + 64 * word
            for place in range(max(0, min(64, last - start))):
                one = (np.uint64(row[start + place]) >> shift) & np.uint64(1)
                gathered |= one << np.uint64(place)
            plane[word] = gathered


@compiled
def count_ands(left: Words, right: Words, upper: bool, counts: Whole) -> None:
    """Add to ``counts[a, b]`` the bits that left row a and right row b share.

    Rows come in pairs (both numbers of rows are even), so that two loads serve
    two ANDs. With ``upper`` left and right are the same rows and only b ≥ a is
    counted (and a few cells below).
    """
    words = left.shape[1]
    for a in range(0, left.shape[0], 2):
        first_left, second_left = left[a], left[a + 1]
        for b in range(a if upper else 0, right.shape[0], 2):
            first_right, second_right = right[b], right[b + 1]
            both_first = np.uint64(0)
            first_second = np.uint64(0)
            second_first = np.uint64(0)
            both_second = np.uint64(0)
            for word in range(words):
                p, q = first_left[word], second_left[word]
                r, s = first_right[word], second_right[word]
                both_first += popcount(p & r)
                first_second += popcount(p & s)
                second_first += popcount(q & r)
                both_second += popcount(q & s)
            counts[a, b] += np.int64(both_first)
            counts[a, b + 1] += np.int64(first_second)
            counts[a + 1, b] += np.int64(second_first)
            counts[a + 1, b + 1] += np.int64(both_second)


@compiled
def tile_words(rows: int) -> int:
    """Return the words that hold this many rows, padded to whole vectors."""
    return (rows + 64 * LANES - 1) // (64 * LANES) * LANES


@compiled
def rows_of(runs: Whole) -> int:
    """Return the number of rows in all runs."""
    n = 0
    for run in range(runs.shape[0]):
        n += runs[run, 1] - runs[run, 0]
    return n


@compiled
def stage_rows(row: NDArray[np.uint8], runs: Whole, start: int, stage: NDArray[np.uint8]) -> None:
    """Set ``stage`` to the row's codes of the runs put together, from their place ``start`` on."""
    at, passed = 0, 0
    for run in range(runs.shape[0]):
        first, last = runs[run, 0], runs[run, 1]
        skipped = max(0, start - passed)
        passed += last - first
        if skipped >= last - first:
            continue
        taken = min(last - first - skipped, stage.shape[0] - at)
        for place in range(taken):  # not a slice: its machine code takes seconds to make
            stage[at + place] = row[first + skipped + place]
        at += taken
        if at == stage.shape[0]:
            return


@compiled
def fill_run_planes(
    row: NDArray[np.uint8], runs: Whole, start: int, stage: NDArray[np.uint8], planes: Words
) -> None:
    """Set ``planes`` for as many rows of the runs as ``stage`` holds, from ``start`` on."""
    if runs.shape[0] == 1:
        first = runs[0, 0] + start
        fill_planes(row, first, first + stage.shape[0], planes)
    else:
        stage_rows(row, runs, start, stage)
        fill_planes(stage, 0, stage.shape[0], planes)


@compiled
def add_tables(codes: NDArray[np.uint8], runs: Whole, levels: Whole, counts: Whole) -> None:
    """Add rows of codes (k, n) to the upper triangle of ``counts``.

    ``runs`` (r, 2) are the rows to add, each run from its first to before its
    last. ``counts`` has one row and one column for every level of every column,
    and one more of each when that number is odd.
    """
    n = rows_of(runs)
    if n < FEW_ROWS:
        _add_tables_by_row(codes, runs, levels, counts)
        return
    words = tile_words(min(TILE_ROWS, n))
    bitmaps = np.zeros((counts.shape[0], words), np.uint64)
    planes = np.empty((8, words), np.uint64)
    stage = np.empty(min(TILE_ROWS, n), np.uint8)
    for start in range(0, n, TILE_ROWS):
        rows = min(TILE_ROWS, n - start)
        if tile_words(rows) != words:
            words = tile_words(rows)
            bitmaps = np.zeros((counts.shape[0], words), np.uint64)
            planes = np.empty((8, words), np.uint64)
        top = 0
        for column in range(codes.shape[0]):
            bits = 1
            while (1 << bits) <= levels[column]:
                bits += 1
            fill_run_planes(codes[column], runs, start, stage[:rows], planes[:bits])
            for level in range(1, levels[column] + 1):
                fill_level(planes[:bits], level, bitmaps[top])
                top += 1
        count_ands(bitmaps, bitmaps, True, counts)


@compiled
def fill_level(planes: Words, level: int, bitmap: Words) -> None:
    """Set ``bitmap`` (words,) to the rows whose code is this level."""
    inverse = NONE if level & 1 else EVERY
    for word in range(bitmap.shape[0]):
        bitmap[word] = planes[0, word] ^ inverse
    for bit in range(1, planes.shape[0]):
        inverse = NONE if (level >> bit) & 1 else EVERY
        for word in range(bitmap.shape[0]):
            bitmap[word] &= planes[bit, word] ^ inverse


@compiled
def _add_tables_by_row(codes: NDArray[np.uint8], runs: Whole, levels: Whole, counts: Whole) -> None:
    k = codes.shape[0]
    for run in range(runs.shape[0]):
        for row in range(runs[run, 0], runs[run, 1]):
            left_top = -1
            for left in range(k):
                place = left_top + np.int64(codes[left, row])
                top = left_top
                left_top += levels[left]
                if codes[left, row] == 0:
                    continue
                for right in range(left, k):
                    if codes[right, row]:
                        counts[place, top + np.int64(codes[right, row])] += 1
                    top += levels[right]


@compiled
def add_pair(left: NDArray[np.uint8], right: NDArray[np.uint8], runs: Whole, counts: Whole) -> None:
    """Add one pair of columns to its table ``counts`` (levels, levels), row by row."""
    for run in range(runs.shape[0]):
        for row in range(runs[run, 0], runs[run, 1]):
            if left[row] and right[row]:
                counts[np.int64(left[row]) - 1, np.int64(right[row]) - 1] += 1


@compiled
def add_moments(codes: NDArray[np.uint8], runs: Whole, bits: Whole, found: Whole) -> None:
    """Add rows of codes (k, n), in ``runs`` as for tables, to ``found`` (4, k, k).

    ``found`` holds pairwise n, sums, squares and products. A code of B bits is
    Σ 2^s bit_s, so these are weighted popcounts of bit planes: B² + 2B +
    B(B − 1) + 1 of them for a pair of items.
    """
    k = codes.shape[0]
    n = rows_of(runs)
    answered, crossed = k, 0
    for column in range(k):
        answered += bits[column]
        crossed += bits[column] * (bits[column] - 1) // 2
    words = tile_words(min(TILE_ROWS, n))
    planes = np.zeros((answered + answered % 2, words), np.uint64)
    both = np.zeros((crossed + crossed % 2, words), np.uint64)
    stage = np.empty(min(TILE_ROWS, n), np.uint8)
    masks = k + k % 2  # k odd: one plane rides along and is not read
    shared = np.zeros((planes.shape[0], planes.shape[0]), np.int64)
    crosses = np.zeros((both.shape[0], masks), np.int64)
    for start in range(0, n, TILE_ROWS):
        rows = min(TILE_ROWS, n - start)
        if tile_words(rows) != words:
            words = tile_words(rows)
            planes = np.zeros((planes.shape[0], words), np.uint64)
            both = np.zeros((both.shape[0], words), np.uint64)
        top, cross = k, 0
        for column in range(k):
            own = planes[top : top + bits[column]]
            fill_run_planes(codes[column], runs, start, stage[:rows], own)
            cross = _cross_planes(own, planes[column], both, cross)
            top += bits[column]
        count_ands(planes, planes, True, shared)
        count_ands(both, planes[:masks], False, crosses)
    _weigh_masked(bits, shared, crosses, found)
    _weigh_products(bits, shared, found[3])


@compiled
def _cross_planes(own: Words, mask: Words, both: Words, cross: int) -> int:
    """Set the mask of answers and, from row ``cross`` on, the AND of every two planes."""
    for word in range(mask.shape[0]):
        mask[word] = own[0, word]
    for low in range(own.shape[0]):
        for word in range(mask.shape[0]):
            mask[word] |= own[low, word]
        for high in range(low + 1, own.shape[0]):
            for word in range(mask.shape[0]):
                both[cross, word] = own[low, word] & own[high, word]
            cross += 1
    return cross


@compiled
def _weigh_masked(bits: Whole, shared: Whole, crosses: Whole, found: Whole) -> None:
    pairs, sums, squares = found[0], found[1], found[2]
    k = bits.shape[0]
    plane, cross = k, 0
    for i in range(k):
        for j in range(k):
            pairs[i, j] += shared[min(i, j), max(i, j)]
        for low in range(bits[i]):
            for j in range(k):
                sums[i, j] += shared[j, plane] << low
                squares[i, j] += shared[j, plane] << (2 * low)
            plane += 1
            for high in range(low + 1, bits[i]):
                for j in range(k):
                    squares[i, j] += crosses[cross, j] << (low + high + 1)
                cross += 1


@compiled
def _weigh_products(bits: Whole, shared: Whole, products: Whole) -> None:
    k = bits.shape[0]
    top = k
    for i in range(k):
        other = top
        for j in range(i, k):
            product = np.int64(0)
            for low in range(bits[i]):
                for high in range(low if j == i else 0, bits[j]):
                    twice = 1 if j == i and high > low else 0
                    product += shared[top + low, other + high] << (low + high + twice)
            products[i, j] += product
            if j > i:
                products[j, i] += product
            other += bits[j]
        top += bits[i]

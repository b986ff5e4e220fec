"""Counts by NumPy's 64-bit integers alone, and drawn answers to count."""

import numpy as np
from hypothesis import strategies as st

from fivegaps.stats.counts import Columns, Histograms, Moments, Tables

SCALES = (1, 2, 3, 5, 7, 10, 11, 16, 17, 101)


def moments_by_numpy(columns, codes):
    values = codes.astype(np.int64)
    given = (values > 0).astype(np.int64)
    return Moments(
        columns,
        codes.shape[1],
        pairs=given @ given.T,
        sums=values @ given.T,
        squares=(values * values) @ given.T,
        products=values @ values.T,
    )


def tables_by_numpy(columns, codes):
    rows = [
        codes[place] == level
        for place, levels in enumerate(columns.levels)
        for level in range(1, levels + 1)
    ]
    chosen = np.array(rows).reshape(len(rows), codes.shape[1]).astype(np.int64)
    return Tables(columns, codes.shape[1], chosen @ chosen.T)


def histograms_by_numpy(columns, codes):
    width = max(columns.levels) + 1
    counts = [[int((row == code).sum()) for code in range(width)] for row in codes]
    return Histograms(columns, codes.shape[1], np.array(counts, dtype=np.int64))


BY_NUMPY = {
    Tables: tables_by_numpy,
    Moments: moments_by_numpy,
    Histograms: histograms_by_numpy,
}


def columns_of(levels):
    return Columns(tuple(f"c{place}" for place in range(len(levels))), tuple(levels))


def drawn_codes(columns, n, seed, missing):
    random = np.random.default_rng(seed)
    codes = np.stack([random.integers(1, levels + 1, n) for levels in columns.levels])
    codes[random.random(codes.shape) < missing] = 0
    return codes.astype(np.uint8)


@st.composite
def counted(draw):
    """Columns of mixed scales and codes of 0 to 300 rows."""
    columns = columns_of(draw(st.lists(st.sampled_from(SCALES), min_size=1, max_size=4)))
    n = draw(st.one_of(st.integers(0, 300), st.sampled_from([63, 64, 65, 95, 96, 255, 256, 257])))
    missing = draw(st.sampled_from([0.0, 0.03, 0.5, 1.0]))
    return columns, drawn_codes(columns, n, draw(st.integers(0, 2**32 - 1)), missing)

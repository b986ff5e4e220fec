"""Sizes at which a kernel that works by words and tiles could slip."""

import numpy as np
import pytest

from fivegaps.stats.counts import Columns, Histograms, Moments, Tables

PATHS = ("numba", "numpy")
every_path = pytest.mark.parametrize("path", PATHS)


def columns_of(*levels):
    return Columns(tuple(f"c{place}" for place in range(len(levels))), levels)


@every_path
@pytest.mark.parametrize("n", [0, 1, 63, 64, 65, 8191, 8192, 8193, 16_640])
def test_every_row_is_counted_once(path, n):
    columns = columns_of(7, 7, 7)
    codes = np.full((3, n), 7, dtype=np.uint8)

    tables = Tables.of(columns, codes, path=path)

    assert tables.table("c0", "c2")[6, 6] == n
    assert tables.counts.sum() == 9 * n


@every_path
@pytest.mark.parametrize("levels", [1, 2, 3, 4, 8, 11, 15, 16, 17, 100, 101, 254])
def test_the_highest_level_of_a_scale_is_counted(path, levels):
    columns = columns_of(levels, levels)
    codes = np.full((2, 200), levels, dtype=np.uint8)

    moments = Moments.of(columns, codes, path=path)
    tables = Tables.of(columns, codes, path=path)

    assert moments.products.tolist() == [[200 * levels * levels] * 2] * 2
    assert tables.table("c0", "c1")[-1, -1] == 200


@every_path
def test_nothing_answered_counts_nothing_but_rows(path):
    columns = columns_of(7, 5)
    codes = np.zeros((2, 500), dtype=np.uint8)

    tables = Tables.of(columns, codes, path=path)
    histograms = Histograms.of(columns, codes, path=path)

    assert tables.n == 500
    assert not tables.counts.any()
    assert histograms.counts[:, 0].tolist() == [500, 500]


@every_path
def test_no_columns_have_empty_counts(path):
    columns = columns_of()
    codes = np.zeros((0, 9), dtype=np.uint8)

    tables = Tables.of(columns, codes, path=path)

    assert tables.moments() == Moments.of(columns, codes, path=path)
    assert tables.counts.shape == (0, 0)


@every_path
def test_rows_of_a_view_are_counted_as_those_of_a_copy(path):
    columns = columns_of(7, 7)
    codes = np.random.default_rng(1).integers(0, 8, (2, 999)).astype(np.uint8)

    found = Moments.of(columns, codes[:, 3:901:2], path=path)

    assert found == Moments.of(columns, codes[:, 3:901:2].copy(), path=path)


def test_wide_sums_stay_exact_beyond_single_precision():
    columns = columns_of(254)
    codes = np.full((1, 300_000), 254, dtype=np.uint8)

    found = Moments.of(columns, codes, path="numpy")

    assert found.squares[0, 0] == 300_000 * 254 * 254

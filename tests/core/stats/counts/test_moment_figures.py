"""Means, covariances and correlations from moments."""

import numpy as np
import pytest

from fivegaps.stats.counts import Columns, Histograms, Moments

COLUMNS = Columns(("a", "b", "c"), (7, 7, 11))


@pytest.fixture
def codes():
    random = np.random.default_rng(7)
    found = np.stack([random.integers(0, levels + 1, 400) for levels in COLUMNS.levels])
    return found.astype(np.uint8)


def both(codes, i, j):
    """Return the values of two columns on the rows that answered both."""
    rows = (codes[i] > 0) & (codes[j] > 0)
    return codes[i, rows].astype(float), codes[j, rows].astype(float)


def test_means_are_over_a_columns_own_answers(codes):
    found = Moments.of(COLUMNS, codes).means()

    assert found == pytest.approx([row[row > 0].mean() for row in codes])


def test_covariances_are_over_the_rows_with_both(codes):
    found = Moments.of(COLUMNS, codes).covariance()

    wanted = [[np.cov(*both(codes, i, j))[0, 1] for j in range(3)] for i in range(3)]
    assert found == pytest.approx(np.array(wanted), rel=1e-12)


def test_correlations_are_over_the_rows_with_both(codes):
    found = Moments.of(COLUMNS, codes).correlation()

    wanted = [[np.corrcoef(*both(codes, i, j))[0, 1] for j in range(3)] for i in range(3)]
    assert found == pytest.approx(np.array(wanted), rel=1e-12)


def test_variances_lose_no_digits_in_large_samples():
    """One answer in 10^9 differs: the variance is (n − 1) / n² · n / (n − 1) = 1 / n."""
    n = 10**9
    one = np.ones((1, 1), dtype=np.int64)
    columns = Columns(("a",), (101,))
    moments = Moments(
        columns,
        n,
        pairs=n * one,
        sums=(100 * n + 1) * one,
        squares=(100**2 * (n - 1) + 101**2) * one,
        products=(100**2 * (n - 1) + 101**2) * one,
    )

    assert moments.covariance()[0, 0] == pytest.approx(1e-9, rel=1e-12)


def test_what_cannot_be_had_is_nan():
    codes = np.array([[1, 0, 3], [0, 2, 0], [4, 4, 4]], dtype=np.uint8)

    moments = Moments.of(COLUMNS, codes)

    assert np.isnan(moments.covariance()[0, 1])
    assert np.isnan(moments.correlation()[0, 2])
    assert np.isnan(Moments.empty(COLUMNS).means()).all()


def test_selected_columns_have_the_moments_of_their_own(codes):
    found = Moments.of(COLUMNS, codes).select(["c", "a"])

    assert found == Moments.of(COLUMNS.select(["c", "a"]), codes[[2, 0]])


def test_a_histogram_gives_answers_sums_and_squares(codes):
    found = Histograms.of(COLUMNS, codes)

    values = codes.astype(np.int64)
    assert found.answered.tolist() == (values > 0).sum(axis=1).tolist()
    assert found.sums.tolist() == values.sum(axis=1).tolist()
    assert found.squares.tolist() == (values**2).sum(axis=1).tolist()
    assert len(found.of_column("c")) == 12

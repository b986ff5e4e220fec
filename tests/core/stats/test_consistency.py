import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.stats.consistency import (
    alpha,
    alpha_if_dropped,
    difference_reliability,
    item_rest,
    mean_inter_item_r,
)
from fivegaps.stats.resampling import BlockSums

PARALLEL = np.full((4, 4), 0.5) + np.eye(4) / 2


def rows_of(covariance: np.ndarray, n: int, seed: int = 0) -> np.ndarray:
    normal = np.random.default_rng(seed).normal(size=(n, len(covariance)))
    return normal @ np.linalg.cholesky(covariance).T


def blocks_of(rows: np.ndarray) -> BlockSums:
    names = tuple(f"q{i}" for i in range(rows.shape[1]))
    return BlockSums.of(names, rows, block=np.arange(len(rows)), blocks=len(rows))


@given(order=st.permutations(range(4)), seed=st.integers(0, 20))
def test_alpha_ignores_the_order_of_items(order, seed):
    covariance = np.cov(rows_of(PARALLEL, 30, seed).T)

    shuffled = covariance[np.ix_(order, order)]

    assert alpha(shuffled, 30).value == pytest.approx(alpha(covariance, 30).value, abs=1e-12)


def test_alpha_of_parallel_items_is_spearman_browns():
    assert alpha(PARALLEL, 100).value == pytest.approx(4 * 0.5 / (1 + 3 * 0.5))


def test_items_that_disagree_have_a_negative_alpha():
    covariance = np.array([[1.0, -0.5], [-0.5, 1.0]])

    assert alpha(covariance, 50).value == pytest.approx(-2.0)


def test_feldts_interval_narrows_with_n():
    wide, narrow = alpha(PARALLEL, 20), alpha(PARALLEL, 200)

    assert wide.low < narrow.low < narrow.value < narrow.high < wide.high


@pytest.mark.parametrize(
    ("covariance", "reason"),
    [
        (np.ones((1, 1)), "single_item"),
        (np.full((2, 2), np.nan), "too_few"),
        (np.zeros((3, 3)), "constant"),
        (np.array([[1.0, -1.4], [-1.4, 1.0]]), "not_positive_definite"),
    ],
)
def test_alpha_that_cannot_be_had_says_why(covariance, reason):
    found = alpha(covariance, 10)

    assert (found.value, found.reason) == (None, reason)


def test_alpha_if_dropped_is_alpha_of_the_rest():
    covariance = np.cov(rows_of(PARALLEL, 30).T)

    dropped = alpha_if_dropped(covariance, 30)

    assert dropped[0] == alpha(covariance[1:, 1:], 30)
    assert alpha_if_dropped(np.eye(2), 30)[0].reason == "single_item"


def test_item_rest_is_the_correlation_with_the_other_items_sum():
    rows = rows_of(PARALLEL, 30)

    found = item_rest(np.cov(rows.T), np.full(4, 30))

    expected = np.corrcoef(rows[:, 0], rows[:, 1:].sum(axis=1))[0, 1]
    assert found[0].value == pytest.approx(expected)
    assert found[0].low < expected < found[0].high


@pytest.mark.parametrize(
    ("covariance", "reason"),
    [
        (np.ones((1, 1)), "single_item"),
        (np.full((2, 2), np.nan), "too_few"),
        (np.diag([0.0, 1.0, 1.0]), "constant"),
        (np.array([[1.0, 1.2], [1.2, 1.0]]), "not_positive_definite"),
    ],
)
def test_item_rest_that_cannot_be_had_says_why(covariance, reason):
    found = item_rest(covariance, np.full(len(covariance), 20))[0]

    assert (found.value, found.reason) == (None, reason)


def test_three_answers_have_an_item_rest_without_interval():
    found = item_rest(PARALLEL, np.full(4, 3))[0]

    assert found.value is not None
    assert (found.low, found.high) == (None, None)
    assert "no interval" in found.method


def test_mean_inter_item_r_is_the_mean_of_correlations():
    rows = rows_of(PARALLEL, 50) * [1, 2, 3, 4]
    correlations = np.corrcoef(rows.T)

    found = mean_inter_item_r(np.cov(rows.T), 50)

    assert found.value == pytest.approx(correlations[np.triu_indices(4, 1)].mean())
    assert "normal-theory" in found.method


def test_normal_theory_interval_of_two_items_is_fishers_in_large_samples():
    covariance = np.array([[1.0, 0.6], [0.6, 1.0]])

    found = mean_inter_item_r(covariance, 1000)

    reach = 1.959964 / np.sqrt(999)
    assert np.arctanh(found.high) - np.arctanh(found.low) == pytest.approx(2 * reach, rel=1e-6)


def test_bootstrap_interval_agrees_with_normal_theory_on_normal_answers():
    rows = rows_of(PARALLEL, 900)
    covariance = np.cov(rows.T)

    theory = mean_inter_item_r(covariance, 900)
    bootstrap = mean_inter_item_r(covariance, 900, resamples=blocks_of(rows).resamples(seed=1))

    assert bootstrap.value == theory.value
    assert bootstrap.high - bootstrap.low == pytest.approx(theory.high - theory.low, rel=0.15)
    assert "bootstrap" in bootstrap.method


@pytest.mark.parametrize(
    ("covariance", "reason"),
    [(np.ones((1, 1)), "single_item"), (np.diag([0.0, 1.0]), "constant")],
)
def test_mean_inter_item_r_that_cannot_be_had_says_why(covariance, reason):
    assert mean_inter_item_r(covariance, 10).reason == reason


def test_two_answers_have_no_interval():
    assert mean_inter_item_r(PARALLEL, 2).low is None
    assert difference_reliability(np.kron(np.eye(2), PARALLEL), 2).low is None


def test_reliability_of_a_difference_follows_the_formula():
    covariance = np.cov(rows_of(np.kron(np.array([[1, 0.3], [0.3, 1]]), PARALLEL), 80).T)
    p, e = covariance[:4, :4], covariance[4:, 4:]
    both = covariance[:4, 4:].sum()

    found = difference_reliability(covariance, 80)

    true = p.sum() * alpha(p, 80).value + e.sum() * alpha(e, 80).value - 2 * both
    assert found.value == pytest.approx(true / (p.sum() + e.sum() - 2 * both))
    assert found.low < found.value < found.high


def test_independent_batteries_lose_no_reliability():
    covariance = np.kron(np.eye(2), PARALLEL)

    assert difference_reliability(covariance, 80).value == pytest.approx(alpha(PARALLEL, 80).value)


def test_bootstrap_interval_of_a_difference_agrees_with_normal_theory():
    rows = rows_of(np.kron(np.array([[1, 0.3], [0.3, 1]]), PARALLEL), 900)
    covariance = np.cov(rows.T)

    theory = difference_reliability(covariance, 900)
    bootstrap = difference_reliability(covariance, 900, resamples=blocks_of(rows).resamples(seed=1))

    assert bootstrap.high - bootstrap.low == pytest.approx(theory.high - theory.low, rel=0.15)


@pytest.mark.parametrize(
    ("covariance", "reason"),
    [
        (np.eye(2), "single_item"),
        (np.full((4, 4), np.nan), "too_few"),
        (np.ones((4, 4)), "constant"),
    ],
)
def test_reliability_of_a_difference_that_cannot_be_had_says_why(covariance, reason):
    assert difference_reliability(covariance, 10).reason == reason


def test_too_few_clusters_leave_the_figure_without_interval():
    rows = rows_of(PARALLEL, 50)
    names = ("q0", "q1", "q2", "q3")
    clusters = BlockSums.of(names, rows, block=np.arange(50) % 5, blocks=5)

    found = mean_inter_item_r(clusters.covariance(), 50, resamples=clusters.resamples(seed=1))

    assert found.value is not None
    assert (found.low, "no interval" in found.method) == (None, True)

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.errors import CannotCompute
from fivegaps.stats.regression import (
    contrast_test,
    explained,
    johnson_weights,
    least_squares,
    lmg_shares,
    raw_coefficients,
    standardised_coefficients,
)


def parts(k: int, seed: int, n: int = 60) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    rows = generator.normal(size=(n, k + 1)) @ generator.normal(size=(k + 1, k + 1))
    joint = np.corrcoef(rows.T)
    return joint[:k, :k], joint[:k, k]


@given(k=st.integers(1, 9), seed=st.integers(0, 500))
def test_lmg_shares_add_up_to_r_squared(k, seed):
    within, outcome = parts(k, seed)

    assert lmg_shares(within, outcome).sum() == pytest.approx(explained(within, outcome), abs=1e-9)


@given(k=st.integers(1, 25), seed=st.integers(0, 500))
def test_johnson_weights_add_up_to_r_squared(k, seed):
    within, outcome = parts(k, seed)

    weights = johnson_weights(within, outcome)

    assert weights.sum() == pytest.approx(explained(within, outcome), abs=1e-9)
    assert (weights >= 0).all()


def test_lmg_is_the_mean_over_all_orders_of_entry():
    within, outcome = parts(4, 7)
    by_order = np.zeros(4)
    for order in permutations(range(4)):
        before = 0.0
        for at in range(4):
            chosen = list(order[: at + 1])
            now = explained(within[np.ix_(chosen, chosen)], outcome[chosen])
            by_order[order[at]] += (now - before) / 24
            before = now

    assert lmg_shares(within, outcome) == pytest.approx(by_order, abs=1e-12)


def test_a_batch_gives_what_its_members_give():
    pairs = [parts(5, seed) for seed in range(6)]
    within = np.array([pair[0] for pair in pairs])
    outcome = np.array([pair[1] for pair in pairs])

    for figures in (lmg_shares, johnson_weights, standardised_coefficients):
        alone = np.array([figures(*pair) for pair in pairs])
        assert figures(within, outcome) == pytest.approx(alone, abs=1e-12)


def test_uncorrelated_predictors_share_their_squared_correlations():
    outcome = np.array([0.5, 0.3, -0.4])

    assert lmg_shares(np.eye(3), outcome) == pytest.approx(outcome**2)
    assert johnson_weights(np.eye(3), outcome) == pytest.approx(outcome**2)


def test_coefficients_agree_with_a_library_solver():
    within, outcome = parts(8, 3)

    assert standardised_coefficients(within, outcome) == pytest.approx(
        np.linalg.solve(within, outcome), rel=1e-9
    )


def test_one_collinear_member_fails_alone():
    within, outcome = parts(3, 1)
    singular = np.ones((3, 3))

    for figures in (lmg_shares, johnson_weights, standardised_coefficients):
        found = figures(np.array([within, singular]), np.array([outcome, outcome]))
        assert np.isfinite(found[0]).all()
        assert np.isnan(found[1]).all()


def test_fifteen_predictors_are_shared_out_exactly():
    within, outcome = parts(15, 2)

    assert lmg_shares(within, outcome).sum() == pytest.approx(explained(within, outcome), abs=1e-8)


def test_sixteen_predictors_are_too_many_for_lmg():
    with pytest.raises(CannotCompute) as problem:
        lmg_shares(np.eye(16), np.full(16, 0.1))

    assert problem.value.reason == "too_many_predictors"


def test_least_squares_agrees_with_a_design_matrix():
    rows = np.random.default_rng(4).normal(size=(30, 4)) * [1, 5, 0.2, 3]
    design = np.column_stack([np.ones(30), rows[:, :3]])
    expected, residual, *_ = np.linalg.lstsq(design, rows[:, 3])

    fit = least_squares(np.cov(rows.T), 30)

    error = residual[0] / 26 * np.linalg.inv(design.T @ design)
    assert fit.coefficients == pytest.approx(expected[1:])
    assert fit.covariance == pytest.approx(error[1:, 1:])
    assert (fit.residual_sum, fit.df) == (pytest.approx(residual[0]), 26)
    assert raw_coefficients(np.cov(rows.T)) == pytest.approx(expected[1:])


def test_contrast_test_compares_with_the_restricted_model():
    rows = np.random.default_rng(4).normal(size=(40, 3))
    fit = least_squares(np.cov(rows.T), 40)
    difference = np.column_stack([rows[:, 0] - rows[:, 1], rows[:, 2]])
    restricted = least_squares(np.cov(difference.T), 40)

    test = contrast_test(fit, np.array([1.0, 1.0]))

    gain = restricted.residual_sum - fit.residual_sum
    assert test.f == pytest.approx(gain / (fit.residual_sum / 37))
    assert (test.df1, test.df2) == (1, 37)


@pytest.mark.parametrize(
    ("covariance", "n", "reason"),
    [
        (np.eye(4), 4, "too_few"),
        (np.diag([1.0, 0.0, 1.0]), 50, "constant"),
        (np.full((3, 3), 1.0) + np.diag([0, 0, 1.0]), 50, "collinear"),
    ],
)
def test_a_regression_that_cannot_be_had_says_why(covariance, n, reason):
    with pytest.raises(CannotCompute) as problem:
        least_squares(covariance, n)

    assert problem.value.reason == reason


def test_an_outcome_without_rest_has_no_test():
    rows = np.random.default_rng(4).normal(size=(10, 3))
    rows[:, 2] = rows[:, 0] + rows[:, 1]
    fit = least_squares(np.cov(rows.T), 10)
    exact = type(fit)(fit.coefficients, np.zeros((2, 2)), 1.0, 0.0, 7)

    with pytest.raises(CannotCompute) as problem:
        contrast_test(exact, np.array([1.0, 1.0]))

    assert problem.value.reason == "constant"

import numpy as np
import pytest

from fivegaps.errors import CannotCompute
from fivegaps.stats.factors.extraction import (
    LEAST_UNIQUENESS,
    degrees_of_freedom,
    enough_factors,
    extract,
    most_factors,
)

LOADINGS = np.array([[0.8, 0], [0.7, 0], [0.6, 0.2], [0, 0.7], [0.1, 0.8], [0, 0.5]])


def implied(loadings: np.ndarray) -> np.ndarray:
    correlation = loadings @ loadings.T
    np.fill_diagonal(correlation, 1.0)
    return correlation


@pytest.mark.parametrize("method", ["minres", "ml"])
def test_exact_factors_are_recovered(method):
    found = extract(implied(LOADINGS), 2, method=method)

    assert found.converged
    assert found.loadings @ found.loadings.T == pytest.approx(LOADINGS @ LOADINGS.T, abs=1e-4)
    assert found.implied == pytest.approx(implied(LOADINGS), abs=1e-4)
    assert not found.at_bound.any()


def test_minres_leaves_no_smaller_residuals_nearby():
    rows = np.random.default_rng(1).normal(size=(80, 6)) @ np.linalg.cholesky(implied(LOADINGS)).T
    correlation = np.corrcoef(rows.T)
    found = extract(correlation, 2)

    def residual(loadings: np.ndarray) -> float:
        left = correlation - loadings @ loadings.T
        return float((left[np.tril_indices(6, -1)] ** 2).sum())

    best = residual(found.loadings)
    generator = np.random.default_rng(2)
    moved = [residual(found.loadings + generator.normal(0, 1e-3, (6, 2))) for _ in range(200)]
    assert best < min(moved)


def test_likelihood_discrepancy_is_least_at_the_likelihood_solution():
    rows = np.random.default_rng(1).normal(size=(80, 6)) @ np.linalg.cholesky(implied(LOADINGS)).T
    correlation = np.corrcoef(rows.T)

    by_likelihood = enough_factors(extract(correlation, 2, method="ml"), correlation, 80)
    by_residuals = enough_factors(extract(correlation, 2), correlation, 80)

    assert by_likelihood.chi2 < by_residuals.chi2
    assert by_likelihood.df == by_residuals.df == 4


@pytest.mark.parametrize("method", ["minres", "ml"])
def test_a_heywood_case_is_told(method):
    # Item 0 would need a communality of .9 · .9 / .6 = 1.35.
    correlation = np.array(
        [[1, 0.9, 0.9, 0.3], [0.9, 1, 0.66, 0.2], [0.9, 0.66, 1, 0.25], [0.3, 0.2, 0.25, 1]]
    )

    found = extract(correlation, 1, method=method)

    assert found.at_bound.tolist() == [True, False, False, False]
    assert found.uniquenesses[0] == pytest.approx(LEAST_UNIQUENESS)


@pytest.mark.parametrize(("p", "most"), [(1, 0), (2, 0), (3, 1), (5, 2), (6, 3), (22, 15)])
def test_how_many_factors_items_can_identify(p, most):
    assert most_factors(p) == most
    assert degrees_of_freedom(p, most) >= 0 > degrees_of_freedom(p, most + 1)


def test_more_factors_than_items_identify_are_refused():
    with pytest.raises(CannotCompute) as problem:
        extract(implied(LOADINGS), 4)

    assert problem.value.reason == "too_few"


def test_repeated_items_are_refused():
    with pytest.raises(CannotCompute) as problem:
        extract(np.ones((3, 3)), 1)

    assert problem.value.reason == "not_positive_definite"


def test_a_saturated_model_has_no_test():
    correlation = np.array([[1, 0.5, 0.4], [0.5, 1, 0.3], [0.4, 0.3, 1]])

    test = enough_factors(extract(correlation, 1), correlation, 50)

    assert (test.df, test.p) == (0, None)
    assert test.chi2 == pytest.approx(0, abs=1e-6)


def test_very_few_answers_have_no_test():
    test = enough_factors(extract(implied(LOADINGS), 2), implied(LOADINGS), 4)

    assert (test.chi2, test.p) == (None, None)

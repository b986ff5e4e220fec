import numpy as np
import pytest

from fivegaps.errors import CannotCompute
from fivegaps.stats.factors.parallel import parallel_analysis


def two_clusters(r: float = 0.5) -> np.ndarray:
    block = np.full((4, 4), r) + (1 - r) * np.eye(4)
    return np.kron(np.eye(2), block)


def test_two_clusters_of_items_are_two_factors():
    found = parallel_analysis(two_clusters(), 300, seed=1)

    assert (found.components.retained, found.factors.retained) == (2, 2)
    assert (found.replicates, found.quantile) == (300, 0.95)


def test_unrelated_items_have_no_component():
    rows = np.random.default_rng(5).normal(size=(400, 8))

    found = parallel_analysis(np.corrcoef(rows.T), 400, seed=1, quantile=0.99)

    assert found.components.retained == 0


def test_eigenvalues_come_largest_first():
    found = parallel_analysis(two_clusters(), 300, seed=1)

    for series in (found.components, found.factors):
        assert (np.diff(series.observed) <= 1e-12).all()
        assert (np.diff(series.random) <= 0).all()
    assert found.components.observed.sum() == pytest.approx(8)


def test_random_eigenvalues_are_those_of_simulated_answers():
    """Against correlation matrices of 500 simulated sets of 60 normal answers."""
    generator = np.random.default_rng(2)
    simulated = [
        np.linalg.eigvalsh(np.corrcoef(generator.normal(size=(60, 8)).T))[::-1] for _ in range(500)
    ]

    found = parallel_analysis(two_clusters(), 60, seed=1, replicates=500)

    expected = np.quantile(simulated, 0.95, axis=0)
    assert found.components.random == pytest.approx(expected, rel=0.03)


def test_the_same_seed_gives_the_same_random_answers():
    first = parallel_analysis(two_clusters(), 100, seed=3, replicates=50)
    second = parallel_analysis(two_clusters(), 100, seed=3, replicates=50)

    assert np.array_equal(first.factors.random, second.factors.random)


def test_reduced_eigenvalues_rest_on_one_minres_factor():
    # One factor fits exactly, so its loadings are known, and no other is left.
    loadings = np.array([0.8, 0.7, 0.6, 0.5])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)

    found = parallel_analysis(correlation, 500, seed=1)

    assert found.factors.observed == pytest.approx([loadings @ loadings, 0, 0, 0], abs=1e-4)


@pytest.mark.parametrize(
    ("correlation", "n", "reason"),
    [
        (two_clusters(), 8, "too_few"),
        (np.array([[1, 0.5], [0.5, 1]]), 100, "too_few"),
        (np.ones((3, 3)), 100, "not_positive_definite"),
    ],
)
def test_a_matrix_that_cannot_be_compared_says_why(correlation, n, reason):
    with pytest.raises(CannotCompute) as problem:
        parallel_analysis(correlation, n, seed=1)

    assert problem.value.reason == reason

import numpy as np
import pytest

from fivegaps.errors import CannotCompute
from fivegaps.stats.factors.adequacy import (
    log_determinant,
    sampling_adequacy,
    sphericity,
    squared_multiple_correlations,
)

CHAIN = np.array([[1, 0.5, 0.3], [0.5, 1, 0.4], [0.3, 0.4, 1]])


def test_kmo_sets_correlations_beside_partial_ones():
    def partial(r_ab: float, r_ac: float, r_bc: float) -> float:
        return (r_ab - r_ac * r_bc) / np.sqrt((1 - r_ac**2) * (1 - r_bc**2))

    ab, ac, bc = partial(0.5, 0.3, 0.4), partial(0.3, 0.5, 0.4), partial(0.4, 0.5, 0.3)

    found = sampling_adequacy(CHAIN)

    raw = 0.25 + 0.09 + 0.16
    assert found.overall == pytest.approx(raw / (raw + ab**2 + ac**2 + bc**2))
    assert found.items[0] == pytest.approx(0.34 / (0.34 + ab**2 + ac**2))


def test_kmo_needs_some_correlation():
    with pytest.raises(CannotCompute) as problem:
        sampling_adequacy(np.eye(3))

    assert problem.value.reason == "uncorrelated"


def test_uncorrelated_items_are_spherical():
    test = sphericity(np.eye(5), 100)

    assert (test.chi2, test.df, test.p) == (0, 10, 1)


def test_sphericity_of_two_items_weighs_their_determinant():
    test = sphericity(CHAIN[:2, :2], 50)

    assert test.chi2 == pytest.approx(-(49 - 9 / 6) * np.log(0.75))


@pytest.mark.parametrize(
    ("matrix", "n", "reason"),
    [
        (np.ones((2, 2)), 100, "not_positive_definite"),
        (np.array([[1, np.nan], [np.nan, 1]]), 100, "too_few"),
        (CHAIN, 2, "too_few"),
    ],
)
def test_a_matrix_that_cannot_be_tested_says_why(matrix, n, reason):
    with pytest.raises(CannotCompute) as problem:
        sphericity(matrix, n)

    assert problem.value.reason == reason


def test_squared_multiple_correlations_are_r_squared_on_the_others():
    rest = np.linalg.solve(CHAIN[1:, 1:], CHAIN[0, 1:])

    assert squared_multiple_correlations(CHAIN)[0] == pytest.approx(rest @ CHAIN[0, 1:])


def test_log_determinant_agrees_with_numpy():
    assert log_determinant(CHAIN) == pytest.approx(np.log(np.linalg.det(CHAIN)))

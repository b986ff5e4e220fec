import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.errors import CannotCompute
from fivegaps.stats.factors.rotation import rotate

SIMPLE = np.array([[0.8, 0], [0.7, 0], [0.6, 0], [0, 0.7], [0, 0.8], [0, 0.5]])
OBLIQUE = np.array([[1, 0.4], [0.4, 1]])


def random_loadings(seed: int, q: int) -> np.ndarray:
    return np.random.default_rng(seed).uniform(-0.6, 0.8, size=(12, q))


def quartimin(pattern: np.ndarray) -> float:
    squares = pattern**2
    return float((squares * (squares.sum(axis=1, keepdims=True) - squares)).sum())


@pytest.mark.parametrize("kaiser", [True, False, None])
@pytest.mark.parametrize("rotation", ["varimax", "promax", "oblimin", "none"])
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 200), q=st.integers(1, 5))
def test_rotation_keeps_what_the_factors_imply(rotation, kaiser, seed, q):
    loadings = random_loadings(seed, q)

    turned = rotate(loadings, rotation, kaiser=kaiser)

    implied = turned.pattern @ turned.correlations @ turned.pattern.T
    assert implied == pytest.approx(loadings @ loadings.T, abs=1e-8)
    assert turned.communalities == pytest.approx((loadings**2).sum(axis=1), abs=1e-8)
    assert np.diag(turned.correlations) == pytest.approx(np.ones(q))
    assert turned.structure == pytest.approx(turned.pattern @ turned.correlations)


@pytest.mark.parametrize("rotation", ["varimax", "promax", "oblimin"])
def test_the_strongest_factor_comes_first_and_points_up(rotation):
    turned = rotate(-random_loadings(3, 4), rotation)

    assert (np.diff(turned.variance_explained) <= 0).all()
    assert (turned.pattern.sum(axis=0) >= 0).all()
    assert turned.variance_explained.sum() == pytest.approx(turned.communalities.mean())


def test_oblimin_finds_simple_structure_of_correlated_factors():
    hidden = SIMPLE @ np.linalg.cholesky(OBLIQUE)

    turned = rotate(hidden, "oblimin")

    assert turned.converged
    assert turned.pattern == pytest.approx(SIMPLE, abs=1e-4)
    assert turned.correlations == pytest.approx(OBLIQUE, abs=1e-4)


def test_oblimin_cannot_be_bettered_nearby():
    loadings = random_loadings(5, 3)
    turned = rotate(loadings, "oblimin")
    axes = np.linalg.cholesky(turned.correlations).T
    generator = np.random.default_rng(1)

    best = quartimin(turned.pattern)

    for _ in range(100):
        moved = axes + generator.normal(0, 1e-2, (3, 3))
        moved /= np.sqrt((moved**2).sum(axis=0))
        pattern = turned.pattern @ axes.T @ np.linalg.inv(moved).T
        assert quartimin(pattern) > best - 1e-9


def test_varimax_turns_hidden_axes_back():
    angle = 0.6
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])

    turned = rotate(SIMPLE @ turn, "varimax")

    assert turned.pattern == pytest.approx(SIMPLE, abs=1e-6)
    assert turned.correlations == pytest.approx(np.eye(2))


def test_kaisers_rows_change_the_rotation():
    loadings = random_loadings(8, 3)

    scaled = rotate(loadings, "oblimin", kaiser=True)

    assert not np.allclose(scaled.pattern, rotate(loadings, "oblimin").pattern, atol=1e-3)


def test_one_factor_is_not_rotated():
    turned = rotate(np.array([[-0.5], [-0.6], [0.1]]), "oblimin")

    assert turned.rotation == "none"
    assert turned.pattern.ravel().tolist() == [0.5, 0.6, -0.1]


def test_an_item_without_loadings_is_no_obstacle():
    loadings = np.vstack([SIMPLE, [0.0, 0.0]])

    turned = rotate(loadings, "varimax", kaiser=True)

    assert turned.pattern[6].tolist() == [0, 0]


def test_factors_that_coincide_cannot_be_made_oblique():
    with pytest.raises(CannotCompute) as problem:
        rotate(np.zeros((6, 2)), "promax")

    assert problem.value.reason == "not_converged"

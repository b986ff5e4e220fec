"""The series of cut normal variables against SciPy's bivariate normal distribution."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import multivariate_normal, norm

from fivegaps.simulation.moments import cell_means, mixture_moments

CUTS = (np.array([-1.5, -0.5, 0.3, 1.1]), np.array([-2.0, -1.0, -0.2]))
MINIMUM = np.array([1, 0])
ALL = {"deltas": np.zeros((1, 2)), "shares": np.ones(1)}


def covariance_by_scipy(left: np.ndarray, right: np.ndarray, rho: float) -> float:
    """E[XY] − E[X]E[Y] from P(z > a, w > b) at every pair of cuts."""
    both = sum(
        multivariate_normal.cdf([-a, -b], cov=[[1, rho], [rho, 1]], abseps=1e-12)
        for a in left
        for b in right
    )
    return float(both - norm.sf(left).sum() * norm.sf(right).sum())


@pytest.mark.parametrize("rho", [-0.7, 0.0, 0.2, 0.8, 0.9])
def test_covariance_agrees_with_the_bivariate_normal(rho: float) -> None:
    correlation = np.array([[1.0, rho], [rho, 1.0]])

    moments = mixture_moments(CUTS, MINIMUM, correlation, **ALL)

    assert moments.covariance[0, 1] == pytest.approx(covariance_by_scipy(*CUTS, rho), abs=1e-8)


def test_means_and_variances_are_those_of_the_points() -> None:
    moments = mixture_moments(CUTS, MINIMUM, np.eye(2), **ALL)

    edges = np.concatenate([[-np.inf], CUTS[0], [np.inf]])
    shares, points = np.diff(norm.cdf(edges)), np.arange(1, 6)
    mean = shares @ points
    assert moments.means[0] == pytest.approx(mean, rel=1e-13)
    assert moments.covariance[0, 0] == pytest.approx(shares @ (points - mean) ** 2, rel=1e-13)


def test_mixture_adds_variance_between_cells() -> None:
    deltas, shares = np.array([[0.0, 0.0], [1.0, 0.5]]), np.array([0.25, 0.75])
    correlation = np.array([[1.0, 0.4], [0.4, 1.0]])

    mixed = mixture_moments(CUTS, MINIMUM, correlation, deltas=deltas, shares=shares)

    parts = [
        mixture_moments(
            tuple(cuts - shift for cuts, shift in zip(CUTS, delta, strict=True)),
            MINIMUM,
            correlation,
            **ALL,
        )
        for delta in deltas
    ]
    apart = parts[1].means - parts[0].means
    within = 0.25 * parts[0].covariance + 0.75 * parts[1].covariance
    assert mixed.covariance == pytest.approx(within + 0.1875 * np.outer(apart, apart), rel=1e-9)


def test_cell_means_are_means_of_shifted_variables() -> None:
    deltas = np.array([[0.0, 0.0], [1.0, 0.5]])

    means = cell_means(CUTS, MINIMUM, deltas)

    assert means[1, 0] == pytest.approx(1 + norm.sf(CUTS[0] - 1.0).sum())

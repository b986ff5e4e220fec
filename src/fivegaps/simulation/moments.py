"""Exact moments of cut normal variables, without drawing any.

An answer's code is 1 + Σ_c 1(z > τ_c). Each step has the Hermite expansion
1(z > τ) = Φ(−τ) + Σ_{m≥1} φ(τ) h_{m−1}(τ)/√m · h_m(z) in orthonormal Hermite
polynomials h_m, and E h_m(z) h_m(w) = ρ^m when z and w correlate ρ (Mehler). So

    cov(X, Y) = Σ_{m≥1} a_m b_m ρ^m,   a_m = Σ_c φ(τ_c) h_{m−1}(τ_c)/√m.

With |ρ| ≤ .9 the terms left out after 200 are below 1e-9 of a variance.

Source: mehler-1866; the tetrachoric series of pearson-1900.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
TERMS = 200


@dataclass(frozen=True, slots=True)
class Moments:
    """Means (V,) of values in scale points, and their covariances (V, V)."""

    means: Floats
    covariance: Floats


def cut_moments(
    thresholds: tuple[Floats, ...], minimum: NDArray[np.int64], correlation: Floats
) -> Moments:
    """Return the moments of variables cut at their thresholds (V arrays of levels − 1 cuts)."""
    means = np.empty(len(thresholds))
    variances = np.empty(len(thresholds))
    series = np.empty((len(thresholds), TERMS))
    for v, cuts in enumerate(thresholds):
        above = ndtr(-cuts)
        means[v] = minimum[v] + above.sum()
        steps = np.arange(len(cuts))
        variances[v] = ((2 * steps + 1) * above).sum() - above.sum() ** 2
        series[v] = _series(cuts)
    covariance = np.zeros_like(correlation)
    power = np.ones_like(correlation)
    for m in range(TERMS):
        power *= correlation
        covariance += np.outer(series[:, m], series[:, m]) * power
    np.fill_diagonal(covariance, variances)
    return Moments(means, covariance)


def cut_means(thresholds: Floats, deltas: Floats) -> Floats:
    """Return E of code − 1 of one variable in every cell (C,), its z shifted by ``deltas`` (C,)."""
    return np.asarray(ndtr(deltas[:, None] - thresholds).sum(axis=1), dtype=np.float64)


def mixed(parts: tuple[Moments, ...], shares: Floats) -> Moments:
    """Return the moments of a mixture: within the parts and between them."""
    means = np.array([part.means for part in parts])
    centre = shares @ means
    between = (means - centre).T @ ((means - centre) * shares[:, None])
    within = np.einsum("c,cvw->vw", shares, np.array([part.covariance for part in parts]))
    return Moments(np.asarray(centre, dtype=np.float64), within + between)


def _series(cuts: Floats) -> Floats:
    """Return a_1 … a_TERMS; the recursion of orthonormal Hermite polynomials stays bounded."""
    density = np.exp(-0.5 * cuts**2) / np.sqrt(2 * np.pi)
    before, here = np.zeros_like(cuts), np.ones_like(cuts)
    terms = np.empty(TERMS)
    for m in range(1, TERMS + 1):
        terms[m - 1] = (density * here).sum() / np.sqrt(m)
        before, here = here, (cuts * here - np.sqrt(m - 1) * before) / np.sqrt(m)
    return terms

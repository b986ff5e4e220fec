"""Exact moments of cut normal variables, and of mixtures of them, without drawing any.

An answer's code is 1 + Σ_c 1(z > τ_c). Each step has the Hermite expansion
1(z > τ) = Φ(−τ) + Σ_{m≥1} φ(τ) h_{m−1}(τ)/√m · h_m(z) in orthonormal Hermite
polynomials h_m, and E h_m(z) h_m(w) = ρ^m when z and w correlate ρ (Mehler). So

    cov(X, Y) = Σ_{m≥1} a_m b_m ρ^m,   a_m = Σ_c φ(τ_c) h_{m−1}(τ_c)/√m.

In cell g every z is shifted, so a_m differs, but ρ does not: the covariance
within cells, averaged over them, is Σ_m ρ^m Σ_g share_g a_m,g b_m,g.

Source: mehler-1866; the tetrachoric series of pearson-1900.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

Floats = NDArray[np.float64]
NEGLIGIBLE = 1e-13
MOST_TERMS = 600


@dataclass(frozen=True, slots=True)
class Moments:
    """Means (V,) of values in scale points, and their covariances (V, V)."""

    means: Floats
    covariance: Floats


def mixture_moments(
    thresholds: tuple[Floats, ...],
    minimum: NDArray[np.int64],
    correlation: Floats,
    *,
    deltas: Floats,
    shares: Floats,
) -> Moments:
    """Return the moments of V variables cut at thresholds, over C cells with shifted z.

    Args:
        thresholds: V arrays of levels − 1 cuts, in units of z.
        minimum: First scale point of each variable (V,).
        correlation: Correlations of the z (V, V).
        deltas: What is added to each z in each cell (C, V).
        shares: Shares of the cells (C,), adding up to 1.
    """
    terms = _terms(correlation)
    number = len(thresholds)
    means = np.empty((len(shares), number))
    own = np.empty((len(shares), number))
    series = np.empty((terms, len(shares), number))
    for v, cuts in enumerate(thresholds):
        shifted = cuts - deltas[:, v, None]
        above = ndtr(-shifted)
        means[:, v] = above.sum(axis=1)
        own[:, v] = above @ (2.0 * np.arange(len(cuts)) + 1.0) - means[:, v] ** 2
        series[:, :, v] = _series(shifted, terms)
    centre = shares @ means
    covariance = np.zeros_like(correlation)
    power = np.ones_like(correlation)
    for by_cell in series:
        power = power * correlation
        covariance += (by_cell.T @ (by_cell * shares[:, None])) * power
    np.fill_diagonal(covariance, shares @ own)
    covariance += (means - centre).T @ ((means - centre) * shares[:, None])
    return Moments(minimum + centre, covariance)


def cell_means(
    thresholds: tuple[Floats, ...], minimum: NDArray[np.int64], deltas: Floats
) -> Floats:
    """Return the means (C, V) of values in every cell."""
    codes = [ndtr(deltas[:, v, None] - cuts).sum(axis=1) for v, cuts in enumerate(thresholds)]
    return np.asarray(minimum + np.array(codes).T, dtype=np.float64)


def _terms(correlation: Floats) -> int:
    """Return how many terms leave out less than a negligible part of any covariance."""
    largest = np.abs(correlation - np.diag(np.diag(correlation))).max(initial=0.0)
    if largest <= 0.0:
        return 1
    return int(min(np.ceil(np.log(NEGLIGIBLE) / np.log(min(largest, 0.999))), MOST_TERMS))


def _series(cuts: Floats, terms: int) -> Floats:
    """Return a_1 … a_terms (terms, C) of cuts (C, c); orthonormal polynomials stay bounded."""
    density = np.exp(-0.5 * cuts**2) / np.sqrt(2 * np.pi)
    before, here = np.zeros_like(cuts), density
    found = np.empty((terms, len(cuts)))
    for m in range(1, terms + 1):
        found[m - 1] = here.sum(axis=1) / np.sqrt(m)
        before, here = here, (cuts * here - np.sqrt(m - 1) * before) / np.sqrt(m)
    return found

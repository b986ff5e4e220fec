"""Parallel analysis: eigenvalues beside those of random answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.stats.factors.adequacy import require_positive_definite
from fivegaps.stats.factors.extraction import LEAST_UNIQUENESS

Floats = NDArray[np.float64]

REPLICATES = 300
QUANTILE = 0.95

_MOST_SWEEPS = 1000
# Random answers have no factor to settle on: with many answers the search would
# creep for long to a single item that "explains" itself, and its eigenvalue near 1
# would hide weak but real factors. psych's search stops as early.
_RANDOM_SWEEPS = 50


@dataclass(frozen=True, slots=True)
class Eigenvalues:
    """Observed eigenvalues (p,), largest first, and the quantile of random ones.

    ``retained`` counts the leading observed ones above theirs.
    """

    observed: Floats
    random: Floats
    retained: int


@dataclass(frozen=True, slots=True)
class ParallelAnalysis:
    """Parallel analysis for components and for common factors; the two may differ."""

    components: Eigenvalues
    factors: Eigenvalues
    replicates: int
    quantile: float


def parallel_analysis(
    correlation: Floats,
    n: int,
    *,
    seed: int,
    replicates: int = REPLICATES,
    quantile: float = QUANTILE,
) -> ParallelAnalysis:
    """Compare eigenvalues with those of ``replicates`` sets of n uncorrelated normal answers.

    Components: eigenvalues of the correlation matrix (p, p). Factors: of the matrix
    with the communalities of one minres factor on its diagonal, as psych::fa.parallel
    does by default. Random matrices are drawn from their own distribution
    (Wishart), so the cost does not depend on n.

    Raises:
        CannotCompute: not_positive_definite, or too_few unless n exceeds p.

    Source: horn-1965, buja-1992, smith-1972 (Bartlett's decomposition).
    """
    require_positive_definite(correlation)
    p = len(correlation)
    if n <= p:
        raise CannotCompute("too_few", f"{p} items need more than {p} answers, found {n}")
    if p < 3:
        raise CannotCompute("too_few", "factors need at least 3 items")
    random = _random_correlations(p, n, replicates, seed)
    return ParallelAnalysis(
        components=_compare(correlation, random, quantile),
        factors=_compare(
            _reduced(correlation[None], sweeps=_MOST_SWEEPS)[0],
            _reduced(random, sweeps=_RANDOM_SWEEPS),
            quantile,
        ),
        replicates=replicates,
        quantile=quantile,
    )


def _compare(observed: Floats, random: Floats, quantile: float) -> Eigenvalues:
    own = np.linalg.eigvalsh(observed)[::-1].astype(np.float64)
    limit = np.quantile(np.linalg.eigvalsh(random)[:, ::-1], quantile, axis=0)
    above = own > limit
    retained = len(own) if above.all() else int(np.argmin(above))
    return Eigenvalues(observed=own, random=limit, retained=retained)


def _random_correlations(p: int, n: int, count: int, seed: int) -> Floats:
    """Return ``count`` correlation matrices (count, p, p) of n independent normal answers."""
    generator = np.random.default_rng(seed)
    factor = np.zeros((count, p, p))
    row, column = np.tril_indices(p, -1)
    factor[:, row, column] = generator.standard_normal((count, len(row)))
    diagonal = np.arange(p)
    factor[:, diagonal, diagonal] = np.sqrt(generator.chisquare(n - 1 - diagonal, size=(count, p)))
    factor /= np.sqrt((factor**2).sum(axis=2, keepdims=True))
    random: Floats = factor @ factor.transpose(0, 2, 1)
    return random


def _reduced(correlations: Floats, *, sweeps: int) -> Floats:
    """Return correlations (B, p, p) with one minres factor's communalities on the diagonal."""
    reduced = correlations.copy()
    diagonal = np.arange(correlations.shape[-1])
    reduced[:, diagonal, diagonal] = _one_factor(correlations, sweeps=sweeps) ** 2
    return reduced


def _one_factor(correlations: Floats, *, sweeps: int) -> Floats:
    """Return the loadings (B, p) of one minres factor for each of B matrices.

    Loading after loading takes the value that is best given the others: a least
    squares problem in one unknown, so the bound is kept exactly, and all B
    matrices move together.

    Source: harman-1966.
    """
    p = correlations.shape[-1]
    most = np.sqrt(1 - LEAST_UNIQUENESS)
    off = correlations.copy()
    diagonal = np.arange(p)
    off[:, diagonal, diagonal] = 0.0
    values, vectors = np.linalg.eigh(correlations)
    # Rows of a C-contiguous (p, batch) array are what the inner loop reads.
    off = np.ascontiguousarray(off.transpose(1, 2, 0))
    loadings = np.ascontiguousarray((vectors[:, :, -1] * np.sqrt(values[:, -1:] / 2)).T)
    length = (loadings**2).sum(axis=0)
    for _ in range(sweeps):
        largest_move = 0.0
        for i in range(p):
            old = loadings[i]
            others = np.maximum(length - old**2, 1e-12)
            best = np.clip((off[i] * loadings).sum(axis=0) / others, -most, most)
            largest_move = max(largest_move, float(np.abs(best - old).max()))
            length = others + best**2
            loadings[i] = best
        if largest_move < 1e-5:
            break
    return loadings.T

"""Models and samples that the tests of this folder fit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import Parameter, Place, Structure

BLOCKS = ((0, 1, 2), (3, 4, 5, 6), (7, 8))


def factor_answers(
    n: int, *, blocks: tuple[tuple[int, ...], ...] = BLOCKS, seed: int = 0
) -> NDArray[np.float64]:
    """Return rows (n, p) with loadings .8 on factors that correlate .5."""
    generator = np.random.default_rng(seed)
    count = len(blocks)
    shared = generator.normal(size=(n, 1)) * np.sqrt(0.5)
    factors = shared + generator.normal(size=(n, count)) * np.sqrt(0.5)
    columns = sum(len(block) for block in blocks)
    own = np.empty(columns, dtype=np.intp)
    for position, block in enumerate(blocks):
        own[list(block)] = position
    noise = generator.normal(size=(n, columns))
    return 0.8 * factors[:, own] + 0.6 * noise + 4.0


def sample_of(values: NDArray[np.float64]) -> Sample:
    return Sample.of(np.cov(values.T, bias=True), len(values), means=values.mean(axis=0))


def everything() -> Structure:
    """Return a structure that uses every place, a fixed and an equal parameter."""
    parameters = [
        Parameter(
            Place.LOADING,
            item,
            latent,
            fixed=1.0 if item == block[0] else None,
            label="equal" if item in {1, 4} else None,
        )
        for latent, block in enumerate(BLOCKS)
        for item in block
    ]
    parameters += [Parameter(Place.LOADING, 6, 0), Parameter(Place.RESIDUAL, 1, 4)]
    parameters += [Parameter(Place.REGRESSION, *pair) for pair in ((1, 0), (2, 0), (2, 1))]
    parameters += [Parameter(Place.LATENT, latent, latent) for latent in range(3)]
    parameters += [Parameter(Place.RESIDUAL, item, item) for item in range(9)]
    return Structure(observed=9, latent=3, parameters=tuple(parameters))

"""True drivers of a simulated outcome: R² and its shares from the population's covariances."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
MOST_SHARED = 12


@dataclass(frozen=True, slots=True)
class DriversTruth:
    """What dimension means explain of the outcome in the population.

    ``beta`` and ``r`` are standardised coefficients and correlations; ``lmg`` is
    empty beyond 12 predictors.
    """

    outcome: str
    battery: str
    r2: float
    beta: Mapping[str, float]
    r: Mapping[str, float]
    lmg: Mapping[str, float]


def drivers_truth(
    outcome: str,
    battery: str,
    covariance: Floats,
    groups: Mapping[str, list[int]],
    columns: list[int],
) -> DriversTruth:
    """Return the truth for means of ``groups`` of variables as predictors of a mean of columns."""
    names = list(groups)
    weights = np.zeros((len(names) + 1, len(covariance)))
    for row, places in enumerate([*groups.values(), columns]):
        weights[row, places] = 1.0 / len(places)
    scores = weights @ covariance @ weights.T
    sd = np.sqrt(np.diag(scores))
    correlation = scores / np.outer(sd, sd)
    among, r = correlation[:-1, :-1], correlation[:-1, -1]
    beta = np.linalg.solve(among, r)
    shares = _lmg(among, r) if len(names) <= MOST_SHARED else []
    return DriversTruth(
        outcome=outcome,
        battery=battery,
        r2=float(beta @ r),
        beta=dict(zip(names, map(float, beta), strict=True)),
        r=dict(zip(names, map(float, r), strict=True)),
        lmg=dict(zip(names, shares, strict=False)),
    )


def _lmg(among: Floats, r: Floats) -> list[float]:
    """Return each predictor's gain in R², averaged over all orders (Shapley)."""
    k = len(r)
    explained = {
        chosen: _r2(among, r, chosen)
        for size in range(k + 1)
        for chosen in combinations(range(k), size)
    }
    shares = []
    for own in range(k):
        others = [place for place in range(k) if place != own]
        share = 0.0
        for size in range(k):
            weight = factorial(size) * factorial(k - size - 1) / factorial(k)
            for chosen in combinations(others, size):
                joined = tuple(sorted((*chosen, own)))
                share += weight * (explained[joined] - explained[chosen])
        shares.append(float(share))
    return shares


def _r2(among: Floats, r: Floats, chosen: tuple[int, ...]) -> float:
    if not chosen:
        return 0.0
    part = list(chosen)
    return float(r[part] @ np.linalg.solve(among[np.ix_(part, part)], r[part]))

"""How each measure stands among the others that the same people answered.

People differ in how kindly they answer, and so do companies: a low mean says
little. What betrays a cause is one measure far below the others of the same
people. Measures differ among themselves without any cause (some statements are
harder to agree with), so a distance counts by how far measures usually lie from
one another, which the others show. A prior keeps that spread honest where there
are few others.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from fivegaps.diagnosis.sampling import SEVERAL, clusters_of

Floats = NDArray[np.float64]

FEWEST_OTHERS = 4
# Spread between measures without any cause, in SD of persons, and what it weighs
# against what the others show, counted in measures. Chosen on simulated companies so
# that spreads up to .4 SD keep the family's error (docs/diagnosis.md).
USUAL_SPREAD = 0.2
PRIOR_WEIGHT = 3.0
# Agreeing with everything lowers measures that are bad when high; SD of that effect.
USUAL_AGREEING = 0.2
# Bisquare weights: 95 % efficient for normal spreads, 0 for outliers.
BISQUARE = 4.685
MAD_TO_SD = 1.4826


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure among the others, in SD of persons.

    ``distance`` is positive when it lies on the bad side of the others; ``error``
    is its standard error, sampling and usual spread together, with ``df``
    degrees of freedom; ``p`` is one-sided. ``mean`` and ``others`` are in scale
    points as answered, ``n`` people answered in ``groups`` clusters.
    """

    distance: float
    error: float
    df: float
    p: float
    mean: float
    others: float
    n: int
    groups: int


def standings(
    scores: Floats,
    unit: NDArray[np.integer],
    *,
    bad: NDArray[np.bool_],
    statements: NDArray[np.integer],
    lowest: float = 1.0,
    highest: float = 7.0,
) -> dict[int, Standing]:
    """Return how each measure stands among the others.

    Args:
        scores: (n, k) answers as given, NaN is missing.
        unit: (n,) places of units, −1 for none.
        bad: (k,) a high score is bad news.
        statements: (k,) how many statements make a score.
        lowest: Lowest point of the scale.
        highest: Highest point.

    Returns:
        Column to standing; a column that fewer than two people answered, or with
        fewer than four others, is left out.
    """
    good = np.where(bad, lowest + highest - scores, scores)
    asked = np.flatnonzero((~np.isnan(good)).sum(axis=0) >= 2)
    if len(asked) < FEWEST_OTHERS + 1:
        return {}
    good = good[:, asked]
    means, errors, groups = _own_means(good, unit)
    sd = math.sqrt(float(np.nanvar(good, axis=0, ddof=1).mean()))
    if sd == 0:
        return {}
    roughness = (1 + 2 / statements[asked]) / (1 + 2 / 3)
    place, error = means / sd, errors / sd
    keyed = np.where(bad[asked], -1.0, 1.0)
    found = {}
    for at, column in enumerate(asked):
        rest = np.arange(len(asked)) != at
        line = _line(place[rest], keyed[rest], error[rest], roughness[rest])
        distance = line.at(keyed[at]) - place[at]
        spread = line.spread**2 * roughness[at]
        variance = error[at] ** 2 + spread + line.variance_at(keyed[at])
        df = _satterthwaite(error[at] ** 2, groups[at] - 1, variance - error[at] ** 2, line.df)
        centre = float(np.median(place[rest])) * sd
        turn = bad[column]
        found[int(column)] = Standing(
            distance=float(distance),
            error=math.sqrt(variance),
            df=df,
            p=float(stdtr(df, -distance / math.sqrt(variance))),
            mean=_turned(means[at], turn, lowest + highest),
            others=_turned(centre, turn, lowest + highest),
            n=int((~np.isnan(good[:, at])).sum()),
            groups=int(groups[at]),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a measure would lie without a cause, by its keying (+1, −1 when bad)."""

    centre: float
    slope: float
    spread: float
    df: float
    covariance: Floats

    def at(self, keyed: float) -> float:
        return self.centre + self.slope * keyed

    def variance_at(self, keyed: float) -> float:
        row = np.array([1.0, keyed])
        return float(row @ self.covariance @ row)


def _line(place: Floats, keyed: Floats, error: Floats, roughness: Floats) -> _Line:
    """Fit centre and keying by bisquare weights, and the spread round it.

    The slope has a normal prior round 0 with SD ``USUAL_AGREEING``.
    """
    design = np.column_stack([np.ones_like(keyed), keyed])
    scale = _scale(place - np.median(place), error, roughness)
    start = np.median(place)
    fitted = np.array([start, 0.0])
    weight = np.ones_like(place)
    for _ in range(30):
        total = np.sqrt(scale.squared * roughness + error**2)
        away = (place - design @ fitted) / (BISQUARE * total)
        weight = np.where(np.abs(away) < 1, (1 - away**2) ** 2, 0.0) / total**2
        information = design.T @ (design * weight[:, None])
        information[1, 1] += 1 / USUAL_AGREEING**2
        new = np.linalg.solve(information, design.T @ (weight * place))
        moved = float(np.abs(new - fitted).max())
        fitted = new
        scale = _scale(place - design @ fitted, error, roughness)
        if moved < 1e-9:
            break
    return _Line(
        centre=float(fitted[0]),
        slope=float(fitted[1]),
        spread=math.sqrt(scale.squared),
        df=scale.df,
        covariance=np.linalg.inv(information),
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    squared: float
    df: float


def _scale(residuals: Floats, error: Floats, roughness: Floats) -> _Scale:
    """Return the spread beyond sampling error, moderated by the prior."""
    k = len(residuals)
    reach = MAD_TO_SD * float(np.median(np.abs(residuals))) * (1 + 0.9 / k)
    # Winsorised at 2.5 robust SD: causes among the others count little.
    floor = max(reach, 1e-6)
    held = np.clip(residuals, -2.0 * floor, 2.0 * floor)
    total = float((held**2).sum()) / (k - 1) / 0.92
    sampling = float((error**2).mean())
    own = max(total - sampling, 0.0) / float(roughness.mean())
    weight = 0.7 * k
    squared = (PRIOR_WEIGHT * USUAL_SPREAD**2 + weight * own) / (PRIOR_WEIGHT + weight)
    return _Scale(squared, PRIOR_WEIGHT + weight)


def _own_means(good: Floats, unit: NDArray[np.integer]) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Return each column's mean within persons (k,), its standard error and its clusters.

    A person's own level is taken out first: his mean over what he answered, each
    column less its mean, so that missing answers do not shift him.
    """
    given = ~np.isnan(good)
    counts = given.sum(axis=0)
    columns = np.where(given, good, 0.0).sum(axis=0) / counts
    away = np.where(given, good - columns, 0.0)
    answered = given.sum(axis=1)
    level = away.sum(axis=1) / np.maximum(answered, 1)
    within = np.where(given, good - level[:, None], np.nan)
    means = np.nansum(np.where(given, within, 0.0), axis=0) / counts
    shares = np.where(given, within - means, 0.0) / counts
    clusters = clusters_of(unit)
    if clusters is None:
        people = np.maximum(counts, 2)
        return means, np.sqrt((shares**2).sum(axis=0) * people / (people - 1)), counts
    size = int(clusters.max()) + 1
    sums = np.zeros((size, good.shape[1]))
    np.add.at(sums, clusters, shares)
    present = np.zeros((size, good.shape[1]), dtype=np.bool_)
    np.logical_or.at(present, clusters, given)
    groups = np.maximum(present.sum(axis=0), 2)
    return means, np.sqrt((sums**2).sum(axis=0) * groups / (groups - 1)), groups


def _satterthwaite(first: float, first_df: float, second: float, second_df: float) -> float:
    """Return the degrees of freedom of the sum of two variances; source: satterthwaite-1946."""
    total = (first + second) ** 2
    return total / (first**2 / max(first_df, 1) + second**2 / second_df)


def _turned(value: float, turn: bool, ends: float) -> float:
    return float(ends - value if turn else value)


__all__ = ["FEWEST_OTHERS", "SEVERAL", "Standing", "standings"]

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
# With fewer units half of them say nothing of their own.
FEWEST_UNITS = 12
# SD of normal deviates below their mean, as a part of that of all: (1 − 2 / π) ** .5.
SD_OF_LOWER_HALF = 0.603


@dataclass(frozen=True, slots=True)
class InHalf:
    """How a measure stands in the half of the units where it is lowest, in SD of persons.

    A cause at work in some units only moves the mean of all of them little. The other
    measures are taken in their own lowest halves.
    """

    distance: float
    error: float
    df: float


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure among the others, in SD of persons.

    ``distance`` is positive when it lies on the bad side of the others; ``error``
    is its standard error, sampling and usual spread together, with ``df``
    degrees of freedom; ``p`` is one-sided. ``mean`` and ``others`` are in scale
    points as answered, ``n`` people answered in ``groups`` clusters. ``in_half`` is
    None with too few units.
    """

    distance: float
    error: float
    df: float
    p: float
    mean: float
    others: float
    n: int
    groups: int
    in_half: InHalf | None = None


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
    lowest_half = _lowest_halves(good, unit)
    sd = math.sqrt(float(np.nanvar(good, axis=0, ddof=1).mean()))
    if sd == 0:
        return {}
    roughness = (1 + 2 / statements[asked]) / (1 + 2 / 3)
    place, error = means / sd, errors / sd
    keyed = np.where(bad[asked], -1.0, 1.0)
    measured = _Measured(place, error, groups, keyed, roughness)
    halves = None
    if lowest_half is not None:
        below, errors_below, groups_below = lowest_half
        halves = _Measured(place + below / sd, errors_below / sd, groups_below, keyed, roughness)
    found = {}
    for at, column in enumerate(asked):
        distance, variance, df = measured.away(at)
        centre = float(np.median(np.delete(place, at))) * sd
        turn = bad[column]
        found[int(column)] = Standing(
            distance=distance,
            error=math.sqrt(variance),
            df=df,
            p=float(stdtr(df, -distance / math.sqrt(variance))),
            mean=_turned(means[at], turn, lowest + highest),
            others=_turned(centre, turn, lowest + highest),
            n=int((~np.isnan(good[:, at])).sum()),
            groups=int(groups[at]),
            in_half=None if halves is None else _in_half(*halves.away(at)),
        )
    return found


@dataclass(frozen=True, slots=True)
class _Measured:
    """All measures (k,) beside one another, in SD of persons."""

    place: Floats
    error: Floats
    groups: NDArray[np.intp]
    keyed: Floats
    roughness: Floats

    def away(self, at: int) -> tuple[float, float, float]:
        """Return how far one lies on the bad side of the others, the variance of it, and df."""
        rest = np.arange(len(self.place)) != at
        line = _line(self.place[rest], self.keyed[rest], self.error[rest], self.roughness[rest])
        own = float(self.error[at]) ** 2
        others = line.spread**2 * float(self.roughness[at]) + line.variance_at(self.keyed[at])
        df = _satterthwaite(own, int(self.groups[at]) - 1, others, line.df)
        return float(line.at(self.keyed[at]) - self.place[at]), own + others, df


def _in_half(distance: float, variance: float, df: float) -> InHalf:
    return InHalf(distance, math.sqrt(variance), df)


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
        if moved < 1e-6:
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


def _lowest_halves(
    good: Floats, unit: NDArray[np.integer]
) -> tuple[Floats, Floats, NDArray[np.intp]] | None:
    """Return how far each column's lowest half of units lies below its mean (k,).

    With its standard error and the number of those units; None with too few units.
    The lower half of normal deviates has .60 of their SD, which the error makes good.
    """
    given = ~np.isnan(good)
    counts = given.sum(axis=0)
    columns = np.where(given, good, 0.0).sum(axis=0) / counts
    away = np.where(given, good - columns, 0.0)
    level = away.sum(axis=1) / np.maximum(given.sum(axis=1), 1)
    within = np.where(given, away - level[:, None], 0.0)
    clusters = clusters_of(unit)
    if clusters is None:
        return None
    size = int(clusters.max()) + 1
    sums, people = np.zeros((size, good.shape[1])), np.zeros((size, good.shape[1]))
    np.add.at(sums, clusters, within)
    np.add.at(people, clusters, given)
    units = (people > 0).sum(axis=0)
    if units.min() < FEWEST_UNITS:
        return None
    means = np.where(people > 0, sums / np.maximum(people, 1), np.inf)
    ordered = np.sort(means, axis=0)
    half = units // 2
    below, squares = np.empty(len(half)), np.empty(len(half))
    for column, k in enumerate(half):
        lowest = ordered[:k, column]
        below[column] = lowest.mean()
        squares[column] = lowest.var(ddof=1) / SD_OF_LOWER_HALF**2 / k
    # One error for all columns: that of a handful of units by itself is too often small.
    errors = np.full(len(half), math.sqrt(float(squares.mean())))
    return below, errors, half


def _satterthwaite(first: float, first_df: float, second: float, second_df: float) -> float:
    """Return the degrees of freedom of the sum of two variances; source: satterthwaite-1946."""
    total = (first + second) ** 2
    return total / (first**2 / max(first_df, 1) + second**2 / second_df)


def _turned(value: float, turn: bool, ends: float) -> float:
    return float(ends - value if turn else value)


__all__ = ["FEWEST_OTHERS", "SEVERAL", "InHalf", "Standing", "standings"]

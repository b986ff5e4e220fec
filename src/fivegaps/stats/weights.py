"""Survey weights: raking to known margins, trimming, design effect, effective n.

Raking works on cells (the cross-classification of the margins), not on people:
its cost does not depend on how many answered. Weights are floats and never mix
with the exact integer counts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute, OptionRefused

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

TOLERANCE = 1e-10
ROUNDS = 2000
TRIMMING_ROUNDS = 50
# A weight counts as cut when it is lower by more than the fit's own error.
TRIMMED = 1e-6


@dataclass(frozen=True, slots=True)
class Margin:
    """How a population divides over the values of a column: shares or counts."""

    column: str
    targets: Mapping[str, float]


@dataclass(frozen=True, slots=True, eq=False)
class Raking:
    """Weights by cell; every answer of a cell has the same.

    ``cells`` are values in the order of ``columns``, ``counts`` (C,) answers per
    cell, ``weights`` (C,) the weight of one answer. ``trimmed`` counts the answers
    whose weight was cut, ``unknown`` by column those without a value there: they
    keep their share of the sample on that margin.
    """

    columns: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    counts: IntArray
    weights: FloatArray
    deff: float
    n_effective: float
    rounds: int
    trimmed: int = 0
    unknown: Mapping[str, int] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of weighted answers."""
        return int(self.counts.sum())

    def by_cell(self) -> dict[tuple[str, ...], float]:
        """Return cell to the weight of one answer in it."""
        return dict(zip(self.cells, self.weights.tolist(), strict=True))

    def membership(self) -> FloatArray:
        """Return (C, m) dummies: which value of which margin each cell lies in."""
        blocks = []
        for axis in range(len(self.columns)):
            here = [cell[axis] for cell in self.cells]
            blocks.append(np.array([[value == at for at in dict.fromkeys(here)] for value in here]))
        return np.hstack(blocks).astype(np.float64)


def kish_deff(n: float, total: float, squares: float) -> float:
    """Return Kish's design effect n·Σw² / (Σw)²; source: kish-1965.

    Args:
        n: Number of weighted answers.
        total: Sum of the weights.
        squares: Sum of the squared weights.

    Raises:
        CannotCompute: The weights add up to nothing (``too_few``).
    """
    if n <= 0 or not total > 0:
        raise CannotCompute("too_few", "the weights add up to nothing")
    return n * squares / total**2


def check_weights(weights: FloatArray, column: str) -> None:
    """Refuse weights of single answers that are negative, not finite or all zero.

    Raises:
        OptionRefused: With the column and how many weights are wrong.
    """
    wrong = int((~np.isfinite(weights) | (weights < 0)).sum())
    if wrong:
        raise OptionRefused(
            "--weight", f"column {column!r} has {wrong} weights that are negative or no number"
        )
    if weights.size and not (weights > 0).any():
        raise OptionRefused("--weight", f"every weight in column {column!r} is 0")


def rake(
    cells: Mapping[tuple[str, ...], int],
    margins: Sequence[Margin],
    *,
    trim: float | None = None,
    tolerance: float = TOLERANCE,
) -> Raking:
    """Return weights that make the answers agree with every margin.

    Iterates w ← w · target / Σw over the margins until the largest relative error
    of any target is below the tolerance. When all margins are counts the weights
    add up to the population, otherwise to n. One margin is post-stratification.

    Args:
        cells: Values in the order of the margins to the number of answers; an empty
            value is "not given" and keeps its share of the sample.
        margins: What is known of the population, one per column.
        trim: Cut weights at this many times their median and rake again; the margins
            win, so a weight that they force stays. None leaves all as they are.
        tolerance: Largest relative error of a margin.

    Raises:
        OptionRefused: A margin makes no sense or does not fit the answers.
        CannotCompute: No weights agree with all margins (``not_converged``).

    Source: deming-1940.
    """
    kept = {cell: count for cell, count in cells.items() if count > 0}
    if not kept:
        raise CannotCompute("too_few", "no answers to weight")
    if not margins:
        raise OptionRefused("--margins", "no margin is given")
    names, counts = tuple(kept), np.array(list(kept.values()), dtype=np.int64)
    n = int(counts.sum())
    population = _population(margins) or float(n)
    places, targets, unknown = [], [], {}
    for axis, margin in enumerate(margins):
        here = [cell[axis] for cell in names]
        values = list(dict.fromkeys(here))
        missing = int(sum(count for value, count in zip(here, counts, strict=True) if not value))
        if missing and "" not in margin.targets:
            unknown[margin.column] = missing
        targets.append(_targets(margin, values, missing / n) * population)
        places.append(np.array([values.index(value) for value in here]))

    weights, rounds = _proportional(np.ones(counts.size), counts, places, targets, tolerance)
    trimmed = 0
    if trim is not None:
        if not trim > 1:
            raise OptionRefused("--trim", f"{trim} times the median: must be above 1")
        untrimmed, limit = weights, trim * _median(weights, counts)
        for _ in range(TRIMMING_ROUNDS):
            if not (weights > limit * (1 + tolerance)).any():
                break
            start = np.minimum(weights, limit)
            weights, rounds = _proportional(start, counts, places, targets, tolerance)
        cut = (untrimmed > limit) & (weights < untrimmed * (1 - TRIMMED))
        trimmed = int(counts[cut].sum())
    deff = kish_deff(n, float(counts @ weights), float(counts @ weights**2))
    return Raking(
        columns=tuple(margin.column for margin in margins),
        cells=names,
        counts=counts,
        weights=weights,
        deff=deff,
        n_effective=n / deff,
        rounds=rounds,
        trimmed=trimmed,
        unknown=unknown,
    )


def _proportional(
    weights: FloatArray,
    counts: IntArray,
    places: Sequence[NDArray[np.intp]],
    targets: Sequence[FloatArray],
    tolerance: float,
) -> tuple[FloatArray, int]:
    """Return the fitted weights (C,) and how many rounds it took."""
    error = math.inf
    for done in range(1, ROUNDS + 1):
        for place, target in zip(places, targets, strict=True):
            found = np.bincount(place, weights=weights * counts, minlength=target.size)
            weights = weights * (target / found)[place]
        error = max(
            float(np.abs(np.bincount(place, weights=weights * counts) / target - 1).max())
            for place, target in zip(places, targets, strict=True)
        )
        if error < tolerance:
            return weights, done
    raise CannotCompute(
        "not_converged",
        f"no weights agree with all margins at once (largest error {error:.2g} after {ROUNDS}"
        " rounds): some combination of values has no answers; merge values",
    )


def _population(margins: Sequence[Margin]) -> float | None:
    """Return the common total of margins that are all counts; None for shares."""
    totals: dict[str, float] = {}
    for margin in margins:
        wrong = [value for value, target in margin.targets.items() if not 0 < target < math.inf]
        if wrong or not margin.targets:
            which = ", ".join(map(repr, wrong)) or "none given"
            raise OptionRefused(
                "--margins", f"{margin.column}: targets must be numbers above 0 ({which})"
            )
        totals[margin.column] = sum(margin.targets.values())
        if totals[margin.column] <= 1.5 and abs(totals[margin.column] - 1) > 0.02:
            raise OptionRefused(
                "--margins", f"{margin.column}: shares add up to {totals[margin.column]:g}, not 1"
            )
    # Up to 1.5 these are shares, within 2 of a hundred they are percentages.
    counted = {name: sum_ for name, sum_ in totals.items() if sum_ > 1.5 and abs(sum_ - 100) > 2}
    if counted and max(counted.values()) > 1.01 * min(counted.values()):
        told = ", ".join(f"{name} {total:g}" for name, total in counted.items())
        raise OptionRefused("--margins", f"the counts add up to different populations: {told}")
    return max(counted.values()) if len(counted) == len(totals) else None


def _targets(margin: Margin, values: Sequence[str], unknown: float) -> FloatArray:
    """Return the population share of each value found, which must be those of the margin."""
    wanted = dict(margin.targets)
    if "" not in wanted and unknown > 0:
        total = sum(wanted.values())
        wanted = {value: share * (1 - unknown) for value, share in wanted.items()}
        wanted[""] = total * unknown
    strange = [value for value in values if value not in wanted]
    if strange:
        raise OptionRefused(
            "--margins",
            f"{margin.column}: answers have {_listed(strange)}, for which the margin gives no"
            " target; add a row or leave those answers out with --where",
        )
    empty = [value for value in wanted if value not in values]
    if empty:
        raise OptionRefused(
            "--margins",
            f"{margin.column}: nobody answered for {_listed(empty)}, so no weight can stand for"
            " them; merge the value with a neighbour in both files",
        )
    shares = np.array([wanted[value] for value in values], dtype=np.float64)
    normed: FloatArray = shares / shares.sum()
    return normed


def _listed(values: Sequence[str]) -> str:
    told = ", ".join(repr(value) for value in values[:5])
    return told + (f" and {len(values) - 5} more" if len(values) > 5 else "")


def _median(weights: FloatArray, counts: IntArray) -> float:
    """Return the median weight over answers, not over cells."""
    order = np.argsort(weights, kind="stable")
    below = np.cumsum(counts[order])
    return float(weights[order][np.searchsorted(below, counts.sum() / 2)])

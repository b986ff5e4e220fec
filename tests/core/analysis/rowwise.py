"""Scores computed the plain way: one respondent after the other, no sums of products.

Nothing here imports the product's arithmetic: it is what the product is held to.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import item_columns
from fivegaps.model.instrument import Instrument

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Mean:
    """A mean with the standard error of its linearisation, n, and SD of single answers."""

    value: float
    error: float
    n: int
    sd: float


@dataclass(frozen=True)
class Rows:
    """Answers as values (NaN: none), and how to score them person by person."""

    instrument: Instrument
    codes: NDArray[np.uint8]
    weights: Floats | None = None
    clusters: tuple[str, ...] | None = None
    values: dict[tuple[str, str], Floats] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for place, column in enumerate(item_columns(self.instrument)):
            code = self.codes[place].astype(float)
            value = np.where(code > 0, code + column.minimum - 1, np.nan)
            self.values[column.battery, column.item] = value

    @property
    def n(self) -> int:
        return self.codes.shape[1]

    def items(self, dimension: str | None = None) -> list[str]:
        return [
            item.id
            for item in self.instrument.items
            if dimension is None or item.dimension == dimension
        ]

    def scores(
        self, batteries: tuple[str, ...], items: list[str], *, half: bool
    ) -> dict[str, Floats]:
        """Return each battery's mean (n,) over the items answered in all the batteries."""
        asked = [i for i in items if all((battery, i) in self.values for battery in batteries)]
        found = {battery: np.full(self.n, np.nan) for battery in batteries}
        for person in range(self.n):
            answered = [
                item
                for item in asked
                if not any(np.isnan(self.values[b, item][person]) for b in batteries)
            ]
            least = len(asked) / 2 if half else 1
            if answered and len(answered) >= least:
                for battery in batteries:
                    given = [self.values[battery, item][person] for item in answered]
                    found[battery][person] = sum(given) / len(given)
        return found

    def gap(self, items: list[str], *, half: bool = True) -> Floats:
        both = self.scores(("expectation", "perception"), items, half=half)
        return both["perception"] - both["expectation"]

    def exact_gaps(self, items: list[str]) -> list[Fraction]:
        """Return each person's mean gap over answered pairs without any rounding."""
        found = []
        for person in range(self.n):
            pairs = [
                (self.values["perception", i][person], self.values["expectation", i][person])
                for i in items
            ]
            given = [int(p - e) for p, e in pairs if not np.isnan(p + e)]
            if given and len(given) >= len(items) / 2:
                found.append(Fraction(sum(given), len(given)))
        return found

    def mean(self, *columns: Floats, share: float | None = None) -> Mean:
        """Return the mean over columns of their means, each over who has a value there."""
        share = 1 / len(columns) if share is None else share
        influence = np.zeros(self.n)
        value, carried = 0.0, []
        for column in columns:
            has = ~np.isnan(column)
            weight = np.where(has, 1.0 if self.weights is None else self.weights, 0.0)
            mean = float(np.sum(weight[has] * column[has]) / weight.sum())
            influence[has] += share * weight[has] * (column[has] - mean) / weight.sum()
            value += share * mean
            carried.append((int(has.sum()), weight.sum()))
        n = min(count for count, _ in carried)
        if self.clusters is None:
            squared = float(np.sum(influence**2)) * n / (n - 1)
        else:
            names = sorted(set(self.clusters))
            totals = np.array(
                [influence[[c == name for c in self.clusters]].sum() for name in names]
            )
            squared = float(np.sum(totals**2)) * len(names) / (len(names) - 1)
        return Mean(value, squared**0.5, n, self._sd(columns, share, n))

    def _sd(self, columns: tuple[Floats, ...], share: float, n: int) -> float:
        """Return the (weighted) SD of single answers; for one column only."""
        if len(columns) > 1 and any(np.isnan(column).any() for column in columns):
            return float("nan")
        whole = sum(share * column for column in columns)
        has = ~np.isnan(whole)
        weight = np.ones(self.n) if self.weights is None else self.weights
        mean = np.average(whole[has], weights=weight[has])
        variance = np.average((whole[has] - mean) ** 2, weights=weight[has])
        return float((variance * n / (n - 1)) ** 0.5)

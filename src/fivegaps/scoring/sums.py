"""From sums of score columns to means with their standard errors, one way for all.

Every mean here is a linear function of score columns: a gap is perception minus
expectation, the overall gap the mean over dimensions. With u a respondent's
share in it, the variance of the mean is n/(n − 1) Σu², and u is linear in the
respondent's row of Z, so that Σu² = v' (Σ ZZ') v. Weights, clusters and raked
cells change only which sum of ZZ' is taken (method.md 3.5).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.scores import EVERYONE, ScoreColumn
from fivegaps.stats.intervals import Sample

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cells:
    """Weight cells of raked margins: ``grams`` (c, z, z), ``weights`` (c,), ``design`` (c, q).

    ``design`` holds the margins' dummy variables of each cell.
    """

    grams: Floats
    weights: Floats
    design: Floats


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums of Z over some answers: values first, then masks.

    ``counts`` is Σ ZZ' unweighted, ``once`` Σ w ZZ' and ``twice`` Σ w² ZZ'
    (both equal to ``counts`` without weights). ``clusters`` (g, z) are weighted
    totals of Z by cluster; ``cells`` are there when weights come from margins.
    """

    columns: tuple[ScoreColumn, ...]
    masks: tuple[str, ...]
    counts: Floats
    once: Floats
    twice: Floats
    clusters: Floats | None = None
    cells: Cells | None = None

    def place(self, name: str) -> int | None:
        """Return the place of a score column, or None when there is none."""
        for place, column in enumerate(self.columns):
            if column.name == name:
                return place
        return None

    def mean(self, terms: Mapping[str, float]) -> Sample:
        """Return the mean of a linear function of score columns.

        Args:
            terms: Score column to coefficient, for instance perception +1 and
                expectation −1. Columns may be answered by different respondents.

        Returns:
            n (the fewest answers under any column), mean in scale points,
            variance of single respondents (divisor n − 1), standard error and
            degrees of freedom. Mean None when a column has no answers.
        """
        found = self._direction(terms)
        if found is None:
            return Sample(n=0, mean=None)
        direction, value, n, weight = found
        if n < 2:
            return Sample(n=n, mean=value)
        correction = n / (n - 1)
        spread = float(direction @ self.once @ direction)
        variance = max(spread * weight * correction, 0.0)
        if self.clusters is not None:
            return self._clustered(self.clusters, direction, value, n=n, variance=variance)
        squared = (
            float(direction @ self.twice @ direction)
            if self.cells is None
            else self._raked(direction, self.cells)
        )
        error = float(np.sqrt(max(squared * correction, 0.0)))
        return Sample(n=n, mean=value, variance=variance, standard_error=error, df=n - 1)

    def covariance(self, left: Mapping[str, float], right: Mapping[str, float]) -> float | None:
        """Return the covariance of two linear functions answered together (divisor n − 1)."""
        one, two = self._direction(left), self._direction(right)
        if one is None or two is None:
            return None
        (first, _, n, weight), (second, _, _, other) = one, two
        if n < 2:
            return None
        spread = float(first @ self.once @ second)
        return spread * float(np.sqrt(weight * other)) * n / (n - 1)

    def _direction(self, terms: Mapping[str, float]) -> tuple[Floats, float, int, float] | None:
        direction = np.zeros(len(self.columns) + len(self.masks))
        value, fewest, weight = 0.0, None, np.inf
        for name, coefficient in terms.items():
            place = self.place(name)
            if place is None:
                return None
            column = self.columns[place]
            mask = len(self.columns) + self.masks.index(column.mask)
            answered = int(self.counts[mask, mask])
            carried = float(self.once[mask, mask])
            if answered == 0 or carried <= 0:
                return None
            mean = float(self.once[place, mask]) / carried
            direction[place] += coefficient / (column.unit * carried)
            direction[mask] -= coefficient * mean / (column.unit * carried)
            value += coefficient * (mean / column.unit + column.shift)
            fewest = answered if fewest is None else min(fewest, answered)
            weight = min(weight, carried)
        return direction, value, fewest or 0, weight

    @staticmethod
    def _clustered(
        totals: Floats, direction: Floats, value: float, *, n: int, variance: float
    ) -> Sample:
        groups = len(totals)
        if groups < 2:
            return Sample(n=n, mean=value, variance=variance, standard_error=0.0, df=0)
        shares = totals @ direction
        squared = float(shares @ shares) * groups / (groups - 1)
        error = float(np.sqrt(squared))
        return Sample(n=n, mean=value, variance=variance, standard_error=error, df=groups - 1)

    def _raked(self, direction: Floats, cells: Cells) -> float:
        """Return Σ (we − mean we)² with e the residual of u on the margins' dummies.

        As R's survey package has it: the residuals are fitted with every answer
        counted once. Source: deville-1993.
        """
        one = len(self.columns) + self.masks.index(EVERYONE)
        share = cells.grams[:, one] @ direction
        size = cells.grams[:, one, one]
        squares = np.einsum("i,cij,j->c", direction, cells.grams, direction)
        normal = cells.design.T @ (cells.design * size[:, None])
        fitted = cells.design @ np.linalg.lstsq(normal, cells.design.T @ share, rcond=None)[0]
        residual = squares - 2 * fitted * share + size * fitted**2
        total = float(cells.weights @ (share - size * fitted))
        return float(cells.weights**2 @ residual) - total**2 / float(size.sum())


def whole(
    columns: tuple[ScoreColumn, ...], masks: tuple[str, ...], gram: NDArray[np.int64]
) -> Sums:
    """Return unweighted sums of independent answers."""
    counts = gram.astype(np.float64)
    return Sums(columns, masks, counts, counts, counts)

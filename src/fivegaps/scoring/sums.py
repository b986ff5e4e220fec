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

# A hundred times the relative error of one operation in double precision.
ROUNDING = 100 * float(np.finfo(np.float64).eps)


@dataclass(frozen=True, slots=True)
class Cells:
    """Weight cells of raked margins: ``grams`` (c, z, z), ``weights`` (c,), ``design`` (c, q).

    ``design`` holds the margins' dummy variables of each cell; ``clusters`` (g, q)
    their weighted sums over each cluster's answers, where answers are clustered.
    """

    grams: Floats
    weights: Floats
    design: Floats
    clusters: Floats | None = None


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

    @property
    def plain(self) -> bool:
        """Whether answers count as independent and equal."""
        return self.once is self.counts and self.clusters is None

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
        variance = _form(direction, self.once) * weight * correction
        if self.clusters is not None:
            return self._clustered(self.clusters, direction, value, n=n, variance=variance)
        squared = (
            _form(direction, self.twice)
            if self.cells is None
            else max(self._raked(direction, self.cells), 0.0)
        )
        error = float(np.sqrt(squared * correction))
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

    def _clustered(
        self, totals: Floats, direction: Floats, value: float, *, n: int, variance: float
    ) -> Sample:
        groups = len(totals)
        if groups < 2:
            return Sample(n=n, mean=value, variance=variance, standard_error=0.0, df=0)
        shares: Floats = totals @ direction
        if self.cells is not None and self.cells.clusters is not None:
            shares = shares - self.cells.clusters @ self._explained(direction, self.cells)
        squared = float(((shares - shares.mean()) ** 2).sum()) * groups / (groups - 1)
        error = float(np.sqrt(squared))
        return Sample(n=n, mean=value, variance=variance, standard_error=error, df=groups - 1)

    def _raked(self, direction: Floats, cells: Cells) -> float:
        """Return Σ (we − mean we)² with e the residual of u on the margins' dummies.

        As R's survey package has it: the residuals are fitted with every answer
        counted once. Source: deville-1993.
        """
        one = self._everyone
        share = cells.grams[:, one] @ direction
        size = cells.grams[:, one, one]
        squares = np.einsum("i,cij,j->c", direction, cells.grams, direction)
        fitted = cells.design @ self._explained(direction, cells)
        residual = squares - 2 * fitted * share + size * fitted**2
        total = float(cells.weights @ (share - size * fitted))
        return float(cells.weights**2 @ residual) - total**2 / float(size.sum())

    def _explained(self, direction: Floats, cells: Cells) -> Floats:
        """Return the coefficients (q,) of u on the margins' dummies."""
        share = cells.grams[:, self._everyone] @ direction
        size = cells.grams[:, self._everyone, self._everyone]
        normal = cells.design.T @ (cells.design * size[:, None])
        solved = np.linalg.lstsq(normal, cells.design.T @ share, rcond=None)[0]
        return np.asarray(solved, dtype=np.float64)

    @property
    def _everyone(self) -> int:
        return len(self.columns) + self.masks.index(EVERYONE)


def _form(direction: Floats, matrix: Floats) -> float:
    """Return v'Mv, 0 where it is no more than the rounding of its own terms."""
    found = float(direction @ matrix @ direction)
    size = np.abs(direction)
    return found if found > ROUNDING * float(size @ np.abs(matrix) @ size) else 0.0


def whole(
    columns: tuple[ScoreColumn, ...], masks: tuple[str, ...], gram: NDArray[np.int64]
) -> Sums:
    """Return unweighted sums of independent answers."""
    counts = gram.astype(np.float64)
    return Sums(columns, masks, counts, counts, counts)

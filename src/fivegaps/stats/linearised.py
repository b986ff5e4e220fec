"""Means of weighted or clustered answers with linearised standard errors.

Everything here works on sums (by answer weight, by cell or by cluster) that can be
added over batches. Sampling is taken as with replacement; no finite population
correction. Source: woodruff-1971, deville-1992.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.stats.intervals import Sample
from fivegaps.stats.weights import Raking

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WeightedSums:
    """Sums over answers with weight w and value x; additive.

    ``weights`` Σw, ``values`` Σwx, ``squares`` Σwx², ``double_weights`` Σw²,
    ``double_values`` Σw²x, ``double_squares`` Σw²x².
    """

    n: int = 0
    weights: float = 0.0
    values: float = 0.0
    squares: float = 0.0
    double_weights: float = 0.0
    double_values: float = 0.0
    double_squares: float = 0.0

    @classmethod
    def of(cls, weights: FloatArray, values: FloatArray) -> WeightedSums:
        """Return the sums of (n,) weights and values, without missing ones."""
        once, twice = weights * values, weights**2 * values
        return cls(
            n=int(values.size),
            weights=float(weights.sum()),
            values=float(once.sum()),
            squares=float(once @ values),
            double_weights=float(weights @ weights),
            double_values=float(twice.sum()),
            double_squares=float(twice @ values),
        )

    def __add__(self, other: WeightedSums) -> WeightedSums:
        """Return the sums over the answers of both."""
        return WeightedSums(
            n=self.n + other.n,
            weights=self.weights + other.weights,
            values=self.values + other.values,
            squares=self.squares + other.squares,
            double_weights=self.double_weights + other.double_weights,
            double_values=self.double_values + other.double_values,
            double_squares=self.double_squares + other.double_squares,
        )


@dataclass(frozen=True, slots=True, eq=False)
class CellSums:
    """Sums by raking cell, over the answers that have a value.

    Shape (C,) in the order of the raking's cells, or (G, C) by cluster and cell.
    ``answered`` counts, ``values`` Σx, ``squares`` Σx²; ``everybody`` counts all
    answers that were weighted, also those without this value: they belong to the
    design (None: nobody is missing).
    """

    answered: FloatArray
    values: FloatArray
    squares: FloatArray
    everybody: FloatArray | None = None


def weighted_mean(sums: WeightedSums) -> Sample:
    """Return the weighted mean Σwx/Σw with its linearised standard error, df n − 1.

    Raises:
        CannotCompute: The weights add up to nothing (``too_few``).
    """
    if sums.n < 2 or not sums.weights > 0:
        raise CannotCompute("too_few", f"{sums.n} weighted answers")
    mean = sums.values / sums.weights
    scores = sums.double_squares - 2 * mean * sums.double_values + mean**2 * sums.double_weights
    variance = (sums.squares / sums.weights - mean**2) * sums.n / (sums.n - 1)
    return _sample(sums.n, mean, variance, scores * sums.n / (sums.n - 1) / sums.weights**2)


def clustered_mean(weights: FloatArray, values: FloatArray, *, n: int, squares: float) -> Sample:
    """Return the mean of clustered answers; its standard error has df G − 1.

    Args:
        weights: (G,) Σw by cluster; counts of answers when there are no weights.
        values: (G,) Σwx by cluster.
        n: Number of answers.
        squares: Σwx² over all answers, for the SD of single answers.

    Raises:
        CannotCompute: Fewer than two answers (``too_few``).
    """
    total = float(weights.sum())
    if n < 2 or not total > 0:
        raise CannotCompute("too_few", f"{n} answers")
    mean = float(values.sum()) / total
    variance = (squares / total - mean**2) * n / (n - 1)
    return _by_cluster(values - mean * weights, total, n=n, mean=mean, variance=variance)


def raked_mean(raking: Raking, sums: CellSums) -> Sample:
    """Return the mean under raked weights, with the standard error of raking residuals.

    The linearised scores are weight × residual of the value on the margins, so what
    the margins explain no longer counts as error. R: ``svymean`` after ``rake`` or
    ``postStratify``. With sums by cluster, df is G − 1, else n − 1.

    Args:
        raking: Weights by cell.
        sums: (C,) or, by cluster, (G, C).

    Raises:
        CannotCompute: Fewer than two answers (``too_few``).
    """
    everybody = sums.answered if sums.everybody is None else sums.everybody
    answered, values, squares, whole = (
        np.atleast_2d(part).sum(axis=0)
        for part in (sums.answered, sums.values, sums.squares, everybody)
    )
    n, total = round(float(answered.sum())), float(raking.weights @ answered)
    if n < 2 or not total > 0:
        raise CannotCompute("too_few", f"{n} answers")
    mean = float(raking.weights @ values) / total
    variance = (float(raking.weights @ squares) / total - mean**2) * n / (n - 1)

    fitted = _additive_fit(raking.membership(), values - mean * answered, whole)
    if sums.values.ndim == 2:
        scores = (sums.values - mean * sums.answered - fitted * everybody) @ raking.weights
        return _by_cluster(scores, total, n=n, mean=mean, variance=variance)
    first = values - mean * answered - fitted * whole
    second = (
        squares
        - 2 * mean * values
        + mean**2 * answered
        - 2 * fitted * (values - mean * answered)
        + fitted**2 * whole
    )
    size = float(whole.sum())
    spread = float(raking.weights**2 @ second) - float(raking.weights @ first) ** 2 / size
    return _sample(n, mean, variance, spread * size / (size - 1) / total**2, df=size - 1)


def _additive_fit(membership: FloatArray, sums: FloatArray, counts: FloatArray) -> FloatArray:
    """Return (C,) least-squares fit of cell means by the margins, cells counted by answers."""
    root = np.sqrt(counts)
    means = np.divide(sums, counts, out=np.zeros_like(sums), where=counts > 0)
    coefficients = np.linalg.lstsq(membership * root[:, None], means * root, rcond=None)[0]
    fitted: FloatArray = membership @ coefficients
    return fitted


def _by_cluster(
    scores: FloatArray, total: float, *, n: int, mean: float, variance: float
) -> Sample:
    """Return the mean with the standard error of cluster totals of scores (G,)."""
    groups = int(scores.size)
    if groups < 2:
        return Sample(n=n, mean=mean, variance=max(variance, 0.0), standard_error=0.0, df=0.0)
    spread = float(((scores - scores.mean()) ** 2).sum()) * groups / (groups - 1)
    return _sample(n, mean, variance, spread / total**2, df=groups - 1)


def _sample(
    n: int, mean: float, variance: float, squared_error: float, *, df: float | None = None
) -> Sample:
    return Sample(
        n=n,
        mean=mean,
        variance=max(variance, 0.0),
        standard_error=max(squared_error, 0.0) ** 0.5,
        df=n - 1 if df is None else df,
    )

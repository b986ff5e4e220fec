"""Convergent and discriminant validity: AVE, CR, Fornell-Larcker, HTMT (method.md 3.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.model_figures import own_factor
from fivegaps.psychometrics.results import FornellLarcker, Validity
from fivegaps.psychometrics.wald import wald_estimate
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.structural.casewise import CasewiseSums
from fivegaps.stats.structural.derived import (
    derive,
    factor_correlations,
    standardised_loadings,
)
from fivegaps.stats.structural.robust import sandwich
from fivegaps.stats.structural.structure import Matrices

Vector = NDArray[np.float64]

_AVE = "average variance extracted, standardised loadings"
_CR = "composite reliability, standardised loadings"
_HTMT = "HTMT, arithmetic means of absolute correlations"


def parameter_covariance(
    confirmation: Confirmation, sums: CasewiseSums | None
) -> tuple[Vector | None, str]:
    """Return covariances of the parameters (q, q) for the delta method, and their name.

    The sandwich where the rows' sums are given and fit; else None, for the expected information.
    """
    solution = confirmation.converged
    if solution is not None and sums is not None:
        try:
            return sandwich(solution, sums), "sandwich covariance"
        except CannotCompute:
            pass
    return None, "expected information"


def validity(confirmation: Confirmation, sums: CasewiseSums | None = None) -> dict[str, Validity]:
    """Return AVE = Σλ²/k and CR = (Σλ)²/((Σλ)² + Σ(1 − λ²)) of each dimension, λ standardised.

    Intervals are Wald's by the delta method. A dimension of one item has neither
    (too_few_items), nor has one with a loading beyond 1 (heywood).

    Args:
        confirmation: The fitted model.
        sums: Sums over its rows; with them the intervals hold without normality.
    """
    solution, n = confirmation.converged, confirmation.n
    names = tuple(confirmation.dimensions)
    if solution is None:
        missing = Estimate.cannot(confirmation.reason or "not_converged", n=n)
        return {name: Validity(missing, missing) for name in names}
    blocks = [np.array(block) for block in confirmation.blocks]
    factor = own_factor(confirmation)

    def figures(matrices: Matrices) -> Vector:
        loadings = standardised_loadings(matrices)[np.arange(len(factor)), factor]
        extracted = [float(np.mean(loadings[block] ** 2)) for block in blocks]
        composite = [_composite_reliability(loadings[block]) for block in blocks]
        return np.array(extracted + composite)

    covariance, source = parameter_covariance(confirmation, sums)
    derived = derive(solution, figures, covariance)
    improper = {one.about[0] for one in confirmation.findings if one.code == "heywood"}
    found = {}
    for position, (name, items) in enumerate(confirmation.dimensions.items()):
        if len(items) == 1 or improper & set(items):
            reason = "too_few_items" if len(items) == 1 else "heywood"
            found[name] = Validity(
                ave=Estimate.cannot(reason, n=n, method=_AVE),
                cr=Estimate.cannot(reason, n=n, method=_CR),
            )
            continue
        estimates = [
            wald_estimate(
                float(derived.values[place]),
                float(derived.errors[place]),
                n=n,
                confidence=confirmation.confidence,
                method=f"{method}, delta method, {source}",
            )
            for place, method in ((position, _AVE), (position + len(names), _CR))
        ]
        found[name] = Validity(*estimates)
    return found


def _composite_reliability(loadings: Vector) -> float:
    common = float(loadings.sum()) ** 2
    return common / (common + float(np.sum(1 - loadings**2)))


def fornell_larcker(confirmation: Confirmation) -> dict[str, FornellLarcker]:
    """Return for each pair ``a|b`` whether √AVE of both exceeds |φ|, their correlation.

    Empty when the model did not converge; pairs with a dimension of one item are left out.
    """
    solution = confirmation.converged
    if solution is None:
        return {}
    factor = own_factor(confirmation)
    loadings = standardised_loadings(solution.matrices)[np.arange(len(factor)), factor]
    extracted = [float(np.mean(loadings[list(block)] ** 2)) for block in confirmation.blocks]
    correlations = factor_correlations(solution.matrices)
    found = {}
    for first, second, name in confirmation.pairs():
        if 1 in (len(confirmation.blocks[first]), len(confirmation.blocks[second])):
            continue
        correlation = float(correlations[first, second])
        least = float(np.sqrt(min(extracted[first], extracted[second])))
        found[name] = FornellLarcker(correlation, least, least > abs(correlation))
    return found


def htmt(
    correlations: ArrayLike,
    n: int,
    *,
    items: Sequence[str],
    dimensions: Mapping[str, Sequence[str]],
    replicates: ArrayLike | None = None,
    confidence: float = 0.95,
) -> dict[str, Estimate]:
    """Return the heterotrait-monotrait ratio of each pair of dimensions ``a|b``.

    ``mean |r| between / √(mean |r| within a · mean |r| within b)``; limits .85 or .90, upper
    bound under 1. A dimension of one item has no mean within (too_few_items); items without
    variance are left out.

    Args:
        correlations: (k, k).
        n: Answers behind them.
        items: Names of their rows.
        dimensions: Dimension to items.
        replicates: Bootstrap correlations (b, k, k) for the percentile interval.
        confidence: Of the interval.

    Source: Henseler, Ringle & Sarstedt 2015.
    """
    size = np.abs(np.asarray(correlations, dtype=np.float64))[None]
    drawn = None if replicates is None else np.abs(np.asarray(replicates, dtype=np.float64))
    place = {item: position for position, item in enumerate(items)}
    usable = np.isfinite(size[0]).sum(axis=1) > 1
    blocks = {
        name: np.array([place[one] for one in members if usable[place[one]]], dtype=np.intp)
        for name, members in dimensions.items()
    }
    names, found = tuple(dimensions), {}
    for position, first in enumerate(names):
        for second in names[position + 1 :]:
            name, both = f"{first}|{second}", (blocks[first], blocks[second])
            if min(len(block) for block in both) < 2:
                found[name] = Estimate.cannot("too_few_items", n=n, method=_HTMT)
                continue
            value = float(_ratio(size, *both)[0])
            sample = None if drawn is None else _ratio(drawn, *both)
            found[name] = _percentile(value, sample, n=n, confidence=confidence)
    return found


def _ratio(size: Vector, first: NDArray[np.intp], second: NDArray[np.intp]) -> Vector:
    """Return the ratio (b,) for absolute correlations (b, k, k)."""
    between = size[:, first[:, None], second[None, :]].mean(axis=(1, 2))
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio: Vector = between / np.sqrt(_within(size, first) * _within(size, second))
    return ratio


def _within(size: Vector, block: NDArray[np.intp]) -> Vector:
    rows, columns = np.tril_indices(len(block), -1)
    inside: Vector = size[:, block[rows], block[columns]].mean(axis=1)
    return inside


def _percentile(value: float, drawn: Vector | None, *, n: int, confidence: float) -> Estimate:
    if not np.isfinite(value):
        return Estimate.cannot("constant", n=n, method=_HTMT)
    kept = np.empty(0) if drawn is None else drawn[np.isfinite(drawn)]
    if drawn is None or 2 * len(kept) < len(drawn) or not len(kept):
        return Estimate(value, None, None, n, f"{_HTMT}; no interval without resampling")
    low, high = np.quantile(kept, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Estimate(value, float(low), float(high), n, f"{_HTMT}, percentile bootstrap interval")

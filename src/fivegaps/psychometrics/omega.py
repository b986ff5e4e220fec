"""Unidimensional omega, ω_u, in its named variants (method.md 3.1).

The variants differ in the model that gives the loadings (all dimensions at once, or one factor
for each) and in the denominator (the variance that the model implies for the sum of the items,
or the one observed). :func:`omega` is the one that reports show.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.validity import parameter_covariance
from fivegaps.psychometrics.wald import wald_estimate
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.structural.casewise import CasewiseSums
from fivegaps.stats.structural.derived import derive
from fivegaps.stats.structural.fitting import Solution, fit
from fivegaps.stats.structural.implied import covariance as implied_covariance
from fivegaps.stats.structural.implied import latent_covariance
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import Matrices, correlated_factors

Vector = NDArray[np.float64]

_MODEL = "omega (unidimensional, model of all dimensions, model-implied denominator)"
_OBSERVED = "omega (unidimensional, model of all dimensions, observed denominator)"
_ONE_FACTOR = "omega (unidimensional, one-factor model, model-implied denominator)"
_SPEARMAN_BROWN = "Spearman-Brown reliability of two items, Fisher z interval"


def omega(confirmation: Confirmation, sums: CasewiseSums | None = None) -> dict[str, Estimate]:
    """Return ω_u = φ(Σλ)² / (φ(Σλ)² + Σθ) of each dimension from the model of all dimensions.

    Raw metric, Wald interval by the delta method. Where that model did not converge, or gave
    an item of the dimension a negative residual, the dimension's own one-factor model takes
    its place and the method says so.

    Args:
        confirmation: The fitted model.
        sums: Sums over its rows; with them the intervals hold without normality.

    Source: McDonald 1999.
    """
    solution = confirmation.converged
    improper = {one.about[0] for one in confirmation.findings if one.code == "heywood"}
    fall_back = [
        name
        for name, items in confirmation.dimensions.items()
        if solution is None or improper & set(items)
    ]
    found = _from_model(confirmation, solution, sums) if solution is not None else {}
    for name in fall_back:
        reason = "heywood" if solution is not None else (confirmation.reason or "not_converged")
        found[name] = _one_factor(confirmation, name, because=reason)
    return {name: found[name] for name in confirmation.dimensions}


def omega_one_factor(confirmation: Confirmation) -> dict[str, Estimate]:
    """Return ω_u of each dimension from a one-factor model of its own items.

    Two items allow no such model: their reliability is Spearman and Brown's, 2r / (1 + r).
    """
    return {name: _one_factor(confirmation, name) for name in confirmation.dimensions}


def omega_observed(confirmation: Confirmation) -> dict[str, Estimate]:
    """Return φ(Σλ)² over the observed variance of the sum of the items; no interval."""
    solution, n = confirmation.converged, confirmation.n
    if solution is None:
        missing = Estimate.cannot(confirmation.reason or "not_converged", n=n, method=_OBSERVED)
        return dict.fromkeys(confirmation.dimensions, missing)
    common, _ = _sums(solution.matrices, confirmation.blocks)
    found = {}
    for position, (name, block) in enumerate(
        zip(confirmation.dimensions, confirmation.blocks, strict=True)
    ):
        observed = float(confirmation.covariance[np.ix_(block, block)].sum())
        if len(block) == 1:
            found[name] = Estimate.cannot("too_few_items", n=n, method=_OBSERVED)
        else:
            value = float(common[position]) / observed
            found[name] = Estimate(value, None, None, n, f"{_OBSERVED}; no interval")
    return found


def _sums(matrices: Matrices, blocks: tuple[tuple[int, ...], ...]) -> tuple[Vector, Vector]:
    """Return common and whole variance (m,) of each dimension's sum, as the model implies."""
    _, factors = latent_covariance(matrices)
    whole = implied_covariance(matrices)
    common = [
        float(matrices.loadings[list(block), position].sum()) ** 2 * factors[position, position]
        for position, block in enumerate(blocks)
    ]
    total = [whole[np.ix_(block, block)].sum() for block in blocks]
    return np.array(common), np.array(total)


def _from_model(
    confirmation: Confirmation, solution: Solution, sums: CasewiseSums | None
) -> dict[str, Estimate]:
    blocks = confirmation.blocks

    def figures(matrices: Matrices) -> Vector:
        common, total = _sums(matrices, blocks)
        return common / total

    covariance, source = parameter_covariance(confirmation, sums)
    derived = derive(solution, figures, covariance)
    found = {}
    for position, (name, block) in enumerate(zip(confirmation.dimensions, blocks, strict=True)):
        if len(block) == 1:
            found[name] = Estimate.cannot("too_few_items", n=confirmation.n, method=_MODEL)
            continue
        found[name] = wald_estimate(
            float(derived.values[position]),
            float(derived.errors[position]),
            n=confirmation.n,
            confidence=confirmation.confidence,
            method=f"{_MODEL}, delta method, {source}",
        )
    return found


def _one_factor(confirmation: Confirmation, name: str, *, because: str = "") -> Estimate:
    """Return the estimate of one dimension by itself; ``because``: why not from all at once."""
    block = confirmation.blocks[tuple(confirmation.dimensions).index(name)]
    covariance = confirmation.covariance[np.ix_(block, block)]
    after = f"; the model of all dimensions: {because}" if because else ""
    if len(block) == 1:
        return Estimate.cannot("too_few_items", n=confirmation.n, method=_ONE_FACTOR + after)
    try:
        if len(block) == 2:
            return _spearman_brown(covariance, confirmation, after)
        solution = _proper_one_factor(covariance, confirmation.n)
    except CannotCompute as error:
        method = _ONE_FACTOR + after
        return Estimate.cannot(error.reason, n=confirmation.n, method=method)

    def figures(matrices: Matrices) -> Vector:
        common, total = _sums(matrices, (tuple(range(len(block))),))
        return common / total

    derived = derive(solution, figures)
    return wald_estimate(
        float(derived.values[0]),
        float(derived.errors[0]),
        n=confirmation.n,
        confidence=confirmation.confidence,
        method=f"{_ONE_FACTOR}, delta method, expected information{after}",
    )


def _proper_one_factor(covariance: Vector, n: int) -> Solution:
    """Return one factor of all rows of S; refuse what did not converge or is improper."""
    items = range(len(covariance))
    solution = fit(correlated_factors([items], len(items)), Sample.of(covariance, n))
    if not solution.converged:
        raise CannotCompute(solution.reason or "not_converged")
    if np.any(np.diag(solution.matrices.residual) < 0):
        raise CannotCompute("heywood")
    return solution


def _spearman_brown(covariance: ArrayLike, confirmation: Confirmation, after: str) -> Estimate:
    matrix = np.asarray(covariance, dtype=np.float64)
    n, method = confirmation.n, _SPEARMAN_BROWN + after
    if n <= 3:
        return Estimate.cannot("too_few", n=n, method=method)
    correlation = float(matrix[0, 1] / np.sqrt(matrix[0, 0] * matrix[1, 1]))
    if abs(correlation) >= 1 - 1e-12:
        return Estimate.cannot("not_positive_definite", n=n, method=method)
    reach = float(ndtri((1 + confirmation.confidence) / 2)) / np.sqrt(n - 3)
    ends = np.tanh(np.arctanh(correlation) + np.array([-reach, reach]))
    low, high = (float(2 * end / (1 + end)) for end in ends)
    return Estimate(2 * correlation / (1 + correlation), low, high, n, method)

"""Loadings, residual variances and factor correlations of a solution, with their errors."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.results import Loading
from fivegaps.psychometrics.wald import wald_estimate
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.structural.derived import (
    derive,
    factor_correlations,
    standardised_loadings,
)
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.implied import covariance as implied_covariance
from fivegaps.stats.structural.structure import Matrices

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ModelFigures:
    """Values and standard errors, items in the model's order, pairs as ``Confirmation.pairs``."""

    loadings: Vector
    loading_errors: Vector
    standardised: Vector
    standardised_errors: Vector
    residuals: Vector
    residual_errors: Vector
    residual_shares: Vector
    residual_share_errors: Vector
    correlations: Vector
    correlation_errors: Vector


def own_factor(confirmation: Confirmation) -> NDArray[np.intp]:
    """Return the position of each item's dimension (p,)."""
    blocks = confirmation.blocks
    factor = np.empty(len(confirmation.items), dtype=np.intp)
    for position, block in enumerate(blocks):
        factor[list(block)] = position
    return factor


def model_figures(
    confirmation: Confirmation, solution: Solution, covariance: Vector | None = None
) -> ModelFigures:
    """Return the figures with errors from the parameters' covariances (q, q).

    By default these come from the expected information.
    """
    items = np.arange(len(confirmation.items))
    factor = own_factor(confirmation)
    markers = np.array([block[0] for block in confirmation.blocks])[factor]
    pairs = [(first, second) for first, second, _ in confirmation.pairs()]
    one, other = np.array(pairs, dtype=np.intp).reshape(-1, 2).T

    def figures(matrices: Matrices) -> Vector:
        raw = matrices.loadings[items, factor]
        residuals = np.diag(matrices.residual)
        return np.concatenate(
            [
                raw / raw[markers],
                standardised_loadings(matrices)[items, factor],
                residuals,
                residuals / np.diag(implied_covariance(matrices)),
                factor_correlations(matrices)[one, other],
            ]
        )

    derived = derive(solution, figures, covariance)
    cuts = np.cumsum([len(items)] * 4)
    values = np.split(derived.values, cuts)
    errors = np.split(derived.errors, cuts)
    return ModelFigures(*(part for both in zip(values, errors, strict=True) for part in both))


def loadings_of(confirmation: Confirmation, figures: ModelFigures) -> dict[str, Loading]:
    """Return each item's loading on its dimension; the first item of each is the unit."""
    factor = own_factor(confirmation)
    names = tuple(confirmation.dimensions)
    markers = {block[0] for block in confirmation.blocks}
    return {
        item: Loading(
            value=float(figures.loadings[position]),
            se=None if position in markers else float(figures.loading_errors[position]),
            standardised=float(figures.standardised[position]),
            standardised_se=float(figures.standardised_errors[position]),
            factor=names[factor[position]],
        )
        for position, item in enumerate(confirmation.items)
    }


def residuals_of(confirmation: Confirmation, figures: ModelFigures) -> dict[str, Loading]:
    """Return each item's residual variance; standardised: as a share of its variance."""
    return {
        item: Loading(
            value=float(figures.residuals[position]),
            se=float(figures.residual_errors[position]),
            standardised=float(figures.residual_shares[position]),
            standardised_se=float(figures.residual_share_errors[position]),
        )
        for position, item in enumerate(confirmation.items)
    }


def correlation_estimates(
    confirmation: Confirmation, figures: ModelFigures, source: str
) -> dict[str, Estimate]:
    """Return the correlations of the dimensions with Wald intervals; ``source`` of the errors."""
    return {
        name: wald_estimate(
            float(figures.correlations[position]),
            float(figures.correlation_errors[position]),
            n=confirmation.n,
            confidence=confirmation.confidence,
            method=f"factor correlation, Wald interval, {source}",
        )
        for position, (_, _, name) in enumerate(confirmation.pairs())
    }

"""The confirmatory factor model of the instrument's dimensions, by maximum likelihood.

Every item loads on its dimension alone, dimensions correlate freely, residuals do not. Complete
answers, covariances with divisor n, means free (method.md 3.3; equal to lavaan's ``cfa`` with
likelihood "normal"). The model is fitted with factors of variance 1; raw loadings are printed in
the unit of the dimension's first item, as lavaan prints them. A dimension of one item stands for
that item: its residual is fixed to zero, as lavaan does, and that is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.admissibility import admissibility_findings, obstacle
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.fit_summary import fit_fields
from fivegaps.psychometrics.model_figures import (
    correlation_estimates,
    loadings_of,
    model_figures,
    residuals_of,
)
from fivegaps.psychometrics.modification import modification_indices
from fivegaps.psychometrics.results import Finding, MaximumLikelihood
from fivegaps.stats.structural.fitting import fit
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import correlated_factors


def confirm(
    covariance: ArrayLike,
    n: int,
    *,
    items: Sequence[str],
    dimensions: Mapping[str, Sequence[str]],
    means: ArrayLike | None = None,
    confidence: float = 0.95,
) -> tuple[MaximumLikelihood, Confirmation]:
    """Fit the model of the dimensions by maximum likelihood.

    Never raises over answers: what cannot be had carries its reason, and what a reader must
    know is among the findings of the confirmation.

    Args:
        covariance: S of the items (k, k) with divisor n, from n complete answers.
        n: Complete answers.
        items: Names of the rows of S; those of no dimension are left out.
        dimensions: Dimension to its items, in the instrument's order.
        means: (k,) of the same answers in the same unit; needed for the robust statistics.
        confidence: Of the intervals.
    """
    matrix = np.asarray(covariance, dtype=np.float64)
    # One answer does not vary; that says something of n, and nothing of the items.
    variances = np.diag(matrix) if n > 1 else np.ones(len(items))
    kept, findings = _kept(variances, items, dimensions)
    names = tuple(item for members in kept.values() for item in members)
    place = {item: position for position, item in enumerate(items)}
    chosen = np.array([place[item] for item in names], dtype=np.intp)
    centre = None if means is None else np.asarray(means, dtype=np.float64)[chosen]
    fitted = Confirmation(
        n=n,
        items=names,
        dimensions=kept,
        covariance=matrix[np.ix_(chosen, chosen)],
        sample=None,
        solution=None,
        findings=findings,
        confidence=confidence,
    )
    if not names:
        return _without_model(fitted, "constant")
    try:
        sample = Sample.of(fitted.covariance, n, means=centre)
        fitted = replace(fitted, sample=sample)
        return _with_model(fitted, sample)
    except CannotCompute as error:
        return _without_model(fitted, error.reason)


def _kept(
    variances: NDArray[np.float64],
    items: Sequence[str],
    dimensions: Mapping[str, Sequence[str]],
) -> tuple[dict[str, tuple[str, ...]], tuple[Finding, ...]]:
    """Return the dimensions with the items that vary, and what was left out."""
    varies = {item: bool(variance > 0) for item, variance in zip(items, variances, strict=True)}
    kept: dict[str, tuple[str, ...]] = {}
    findings = []
    for dimension, members in dimensions.items():
        varying = tuple(item for item in members if varies[item])
        constant = tuple(item for item in members if not varies[item])
        if constant:
            findings.append(Finding("constant_item", constant))
        if not varying:
            findings.append(Finding("dimension_without_items", (dimension,)))
            continue
        kept[dimension] = varying
        if len(varying) == 1:
            findings.append(Finding("single_item_dimension", (dimension,)))
    return kept, tuple(findings)


def _without_model(fitted: Confirmation, reason: str) -> tuple[MaximumLikelihood, Confirmation]:
    found = (*fitted.findings, obstacle(fitted, reason))
    failed = replace(fitted, reason=reason, findings=found)
    return MaximumLikelihood(n=fitted.n, reason=reason), failed


def _with_model(fitted: Confirmation, sample: Sample) -> tuple[MaximumLikelihood, Confirmation]:
    solution = fit(correlated_factors(fitted.blocks, len(fitted.items)), sample)
    fitted = replace(fitted, solution=solution, reason=solution.reason)
    if not solution.converged:
        finding = obstacle(fitted, solution.reason or "not_converged")
        fitted = replace(fitted, findings=(*fitted.findings, finding))
        return MaximumLikelihood(**fit_fields(solution)), fitted
    fitted = replace(fitted, findings=fitted.findings + admissibility_findings(fitted, solution))
    figures = model_figures(fitted, solution)
    likelihood = MaximumLikelihood(
        **fit_fields(solution),
        loadings=loadings_of(fitted, figures),
        residual_variances=residuals_of(fitted, figures),
        factor_correlations=correlation_estimates(fitted, figures, "expected information"),
        modification_indices=modification_indices(fitted, solution),
    )
    return likelihood, fitted

"""Findings about a model that cannot be fitted, or whose solution means trouble."""

from __future__ import annotations

import numpy as np

from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.results import Finding
from fivegaps.stats.structural.derived import factor_correlations, standardised_loadings
from fivegaps.stats.structural.fitting import Solution

INSEPARABLE = 0.95
"""Dimensions that correlate so highly or higher cannot be told apart (method.md 3.3)."""
WEAK = 0.40
"""An item that loads less on its dimension says little of it (our floor)."""
_PERFECT = 1 - 1e-9


def obstacle(confirmation: Confirmation, reason: str) -> Finding:
    """Return why there is no solution, with the items or numbers that stand in its way."""
    if reason == "too_few":
        needed = float(len(confirmation.items) + 1)
        return Finding(reason, values={"n": float(confirmation.n), "needed": needed})
    if reason == "not_positive_definite":
        return Finding("matrix_not_positive_definite", _doubled(confirmation))
    if reason == "constant":
        return Finding("dimension_without_items", tuple(confirmation.dimensions))
    return Finding(reason)


def _doubled(confirmation: Confirmation) -> tuple[str, ...]:
    """Return the items that correlate perfectly with another one."""
    scale = np.sqrt(np.diag(confirmation.covariance))
    with np.errstate(invalid="ignore"):
        correlation = np.abs(confirmation.covariance / np.outer(scale, scale))
    np.fill_diagonal(correlation, 0.0)
    perfect = np.any(correlation >= _PERFECT, axis=1)
    return tuple(item for item, found in zip(confirmation.items, perfect, strict=True) if found)


def admissibility_findings(confirmation: Confirmation, solution: Solution) -> tuple[Finding, ...]:
    """Return what makes a solution improper or a dimension less than it claims to be.

    Negative residual variances, items that load against the others or hardly at all, a latent
    covariance that is none, and inseparable dimensions.
    """
    findings = _loading_findings(confirmation, solution)
    residuals = np.diag(solution.matrices.residual)
    shares = residuals / np.diag(solution.implied.sigma)
    for item, share in zip(confirmation.items, shares, strict=True):
        if share < 0:
            findings.append(Finding("heywood", (item,), {"residual_share": float(share)}))
    correlations = factor_correlations(solution.matrices)
    names = tuple(confirmation.dimensions)
    smallest = float(np.linalg.eigvalsh(correlations)[0])
    if smallest <= 0:
        values = {"smallest_eigenvalue": smallest}
        findings.append(Finding("latent_not_positive_definite", names, values))
    for first, second, _ in confirmation.pairs():
        value = float(correlations[first, second])
        if abs(value) >= INSEPARABLE:
            about = (names[first], names[second])
            findings.append(Finding("inseparable_factors", about, {"correlation": value}))
    return tuple(findings)


def _loading_findings(confirmation: Confirmation, solution: Solution) -> list[Finding]:
    loadings = standardised_loadings(solution.matrices)
    findings = []
    for position, block in enumerate(confirmation.blocks):
        # The sign of a factor means nothing: most of its items decide.
        sign = 1.0 if float(loadings[list(block), position].sum()) >= 0 else -1.0
        for item in block:
            value = sign * float(loadings[item, position])
            code = "negative_loading" if value <= -WEAK else "weak_loading"
            if value < WEAK:
                about = (confirmation.items[item],)
                findings.append(Finding(code, about, {"standardised_loading": value}))
    return findings

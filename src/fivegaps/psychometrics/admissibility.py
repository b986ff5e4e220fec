"""Findings about a model that cannot be fitted, or whose solution means trouble."""

from __future__ import annotations

import numpy as np

from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.results import Finding
from fivegaps.stats.structural.derived import factor_correlations
from fivegaps.stats.structural.fitting import Solution

INSEPARABLE = 0.95
"""Dimensions that correlate so highly or higher cannot be told apart (method.md 3.3)."""
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
    """Return Heywood cases, a latent covariance that is none, and inseparable dimensions."""
    findings = []
    residuals = np.diag(solution.matrices.residual)
    shares = residuals / np.diag(solution.implied.sigma)
    for item, share in zip(confirmation.items, shares, strict=True):
        if share < 0:
            findings.append(Finding("heywood", (item,), {"residual_share": float(share)}))
    correlations = factor_correlations(solution.matrices)
    smallest = float(np.linalg.eigvalsh(correlations)[0])
    if smallest <= 0:
        names = tuple(confirmation.dimensions)
        values = {"smallest_eigenvalue": smallest}
        findings.append(Finding("latent_not_positive_definite", names, values))
    names = tuple(confirmation.dimensions)
    for first, second, _ in confirmation.pairs():
        value = float(correlations[first, second])
        if abs(value) >= INSEPARABLE:
            about = (names[first], names[second])
            findings.append(Finding("inseparable_factors", about, {"correlation": value}))
    return tuple(findings)

"""Whether the answers bear out the instrument's dimensions, in one word with its reasons."""

from __future__ import annotations

from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.results import (
    Alternatives,
    Finding,
    MaximumLikelihood,
    RobustMaximumLikelihood,
)

_GOOD = {"cfi": 0.95, "tli": 0.95, "rmsea": 0.06, "srmr": 0.08}
_FAIR = {"cfi": 0.90, "tli": 0.90, "rmsea": 0.08, "srmr": 0.08}
_HIGHER_IS_BETTER = ("cfi", "tli")
_FEWEST = 100
_LEAST_LOSS = 0.01
_DISQUALIFYING = (
    "heywood",
    "negative_loading",
    "latent_not_positive_definite",
    "inseparable_factors",
    "fewer_factors_fit_as_well",
)
_INCOMPLETE = (
    "constant_item",
    "dimension_without_items",
    "single_item_dimension",
    "weak_loading",
)


def judge(
    confirmation: Confirmation,
    likelihood: MaximumLikelihood,
    robust: RobustMaximumLikelihood,
    other: Alternatives,
) -> tuple[str, tuple[Finding, ...]]:
    """Return the verdict and all findings about the model of the dimensions.

    Verdicts, the first that holds:

    - ``cannot_tell``: no converged solution, no degrees of freedom, or fewer than 100
      complete answers (our floor).
    - ``not_confirmed``: a negative residual variance, an item that loads -.40 or less against
      its dimension (not recoded?), a latent covariance that is not positive definite,
      dimensions that correlate .95 or more, fewer factors that fit as well, or an index
      beyond CFI and TLI .90, RMSEA .08, SRMR .08.
    - ``acceptable``: an index beyond CFI and TLI .95, RMSEA .06, SRMR .08; an item that loads
      under .40; or items or dimensions of which nothing can be said (constant, or alone in
      their dimension).
    - ``confirmed``: none of these.

    CFI, TLI and RMSEA are the robust ones where they could be had. Fewer factors fit as well
    when the BIC of one factor or of the merged dimensions is no higher, or when one factor
    loses less than .01 of CFI. The cut-offs are for orientation (method.md 3.3); what a verdict
    rests on is in the findings ``poor_fit`` and ``fair_fit``, with the indices that miss.
    """
    findings = list(confirmation.findings)
    if likelihood.n < _FEWEST and "too_few" not in {one.code for one in findings}:
        values = {"n": float(likelihood.n), "needed": float(_FEWEST)}
        findings.append(Finding("too_few", values=values))
    if not likelihood.converged:
        return "cannot_tell", tuple(findings)
    if not likelihood.df:
        findings.append(Finding("no_degrees_of_freedom"))
        return "cannot_tell", tuple(findings)
    findings += _as_good(likelihood, other)
    indices = _indices(likelihood, robust)
    poor, fair = _missed(indices, _FAIR), _missed(indices, _GOOD)
    if poor:
        findings.append(Finding("poor_fit", poor, indices))
    elif fair:
        findings.append(Finding("fair_fit", fair, indices))
    if likelihood.n < _FEWEST:
        return "cannot_tell", tuple(findings)
    codes = {one.code for one in findings}
    if poor or codes & set(_DISQUALIFYING):
        return "not_confirmed", tuple(findings)
    if fair or codes & set(_INCOMPLETE):
        return "acceptable", tuple(findings)
    return "confirmed", tuple(findings)


def _indices(likelihood: MaximumLikelihood, robust: RobustMaximumLikelihood) -> dict[str, float]:
    source = likelihood if robust.robust is None else robust.robust
    found = {
        "cfi": source.cfi,
        "tli": source.tli,
        "rmsea": source.rmsea,
        "srmr": likelihood.srmr,
    }
    return {name: value for name, value in found.items() if value is not None}


def _missed(indices: dict[str, float], limits: dict[str, float]) -> tuple[str, ...]:
    """Return the indices beyond their limits; one that could not be had counts as beyond."""
    missed = []
    for name, limit in limits.items():
        value = indices.get(name)
        if value is None or (value < limit if name in _HIGHER_IS_BETTER else value > limit):
            missed.append(name)
    return tuple(missed)


def _as_good(likelihood: MaximumLikelihood, other: Alternatives) -> list[Finding]:
    findings = []
    for name, fewer in (("one_factor", other.one_factor), ("merged", other.merged)):
        loss = _difference(likelihood.cfi, fewer.cfi)
        penalty = _difference(fewer.bic, likelihood.bic)
        if not fewer.converged or fewer.df == likelihood.df or penalty is None:
            continue
        if penalty <= 0 or (name == "one_factor" and loss is not None and loss < _LEAST_LOSS):
            about = (name,) if name == "one_factor" else (name, *_members(other))
            values = {"bic_difference": penalty, "cfi_loss": loss or 0.0}
            findings.append(Finding("fewer_factors_fit_as_well", about, values))
    return findings


def _members(other: Alternatives) -> tuple[str, ...]:
    return tuple(name for group in other.merged_factors for name in group)


def _difference(larger: float | None, smaller: float | None) -> float | None:
    return None if larger is None or smaller is None else larger - smaller

"""From a solution of the numbers' floor to the fit that a reader sees."""

from __future__ import annotations

from typing import TypedDict

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.results import Fit
from fivegaps.stats.structural.fitting import Solution, fit
from fivegaps.stats.structural.indices import (
    baseline,
    chi_square,
    comparative_fit,
    error_of_approximation,
    information_criteria,
    residual_root_mean_square,
    tucker_lewis,
)
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import Structure


class FitFields(TypedDict, total=False):
    """The fields of :class:`Fit`, to fill it or what extends it."""

    n: int
    converged: bool
    chi2: float | None
    df: int | None
    p: float | None
    cfi: float | None
    tli: float | None
    rmsea: float | None
    rmsea_low: float | None
    rmsea_high: float | None
    p_close: float | None
    srmr: float | None
    aic: float | None
    bic: float | None
    baseline_chi2: float | None
    baseline_df: int | None
    reason: str | None


def fit_fields(solution: Solution) -> FitFields:
    """Return the fit of a solution; only n, df and the reason when it did not converge.

    A model that reproduces any covariance matrix (df 0) has chi-square 0 and no p, CFI, TLI
    or RMSEA: there is nothing that it could have failed.
    """
    df = solution.structure.degrees_of_freedom
    fields: FitFields = {"n": solution.sample.n, "df": df, "converged": solution.converged}
    if not solution.converged:
        fields["reason"] = solution.reason
        return fields
    model, independence = chi_square(solution), baseline(solution.sample)
    aic, bic = information_criteria(solution)
    fields |= {
        "chi2": model.chi2,
        "srmr": residual_root_mean_square(solution),
        "aic": aic,
        "bic": bic,
        "baseline_chi2": independence.chi2,
        "baseline_df": int(independence.df),
    }
    error = error_of_approximation(model, solution.sample.n)
    if error is not None:
        fields |= {
            "p": model.p,
            "cfi": comparative_fit(model, independence),
            "tli": tucker_lewis(model, independence),
            "rmsea": error.value,
            "rmsea_low": error.low,
            "rmsea_high": error.high,
            "p_close": error.p_close,
        }
    return fields


def fit_of(structure: Structure, sample: Sample) -> Fit:
    """Return the fit of a structure; with its reason where there is none."""
    try:
        return Fit(**fit_fields(fit(structure, sample)))
    except CannotCompute as error:
        return Fit(n=sample.n, df=structure.degrees_of_freedom, reason=error.reason)

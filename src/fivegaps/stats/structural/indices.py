"""Fit of a solution: chi-square and what is made of it. Sources: method.md 3.3.

Chi-square is n · F with S of divisor n (lavaan's "normal"). A scaling c other than 1 gives the
robust form of an index: the population value is the same, the statistic is not chi-square but
c times one (Brosseau-Liard, Savalei & Li 2012; Brosseau-Liard & Savalei 2014).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, chndtr

from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.sample import Sample

_CLOSE_FIT = 0.05
_BISECTIONS = 64


@dataclass(frozen=True, slots=True)
class LikelihoodRatio:
    """A chi-square statistic with its degrees of freedom (not whole in scaled forms)."""

    chi2: float
    df: float

    @property
    def p(self) -> float | None:
        """Return the upper tail; None without degrees of freedom."""
        return float(chdtrc(self.df, self.chi2)) if self.df > 0 else None


@dataclass(frozen=True, slots=True)
class ErrorOfApproximation:
    """RMSEA with its 90 % interval and the p of "RMSEA is at most .05"."""

    value: float
    low: float
    high: float
    p_close: float


def chi_square(solution: Solution) -> LikelihoodRatio:
    """Return the likelihood ratio test of the model against any covariance matrix."""
    df = solution.structure.degrees_of_freedom
    return LikelihoodRatio(chi2=solution.sample.n * solution.minimum, df=df)


def baseline(sample: Sample) -> LikelihoodRatio:
    """Return the test of the model that lets nothing correlate."""
    columns = sample.columns
    chi2 = -sample.n * float(np.linalg.slogdet(sample.correlation())[1])
    return LikelihoodRatio(chi2=max(chi2, 0.0), df=columns * (columns - 1) // 2)


def comparative_fit(
    model: LikelihoodRatio,
    independence: LikelihoodRatio,
    *,
    scaling: float = 1.0,
    baseline_scaling: float = 1.0,
) -> float | None:
    """Return CFI = 1 − max(χ² − c·df, 0) / max(χ²_b − c_b·df_b, χ² − c·df, 0).

    None where nothing correlates, so that nothing could be explained.
    """
    misfit = model.chi2 - scaling * model.df
    possible = max(independence.chi2 - baseline_scaling * independence.df, misfit, 0.0)
    if possible <= 0:
        return None
    return 1 - max(misfit, 0.0) / possible


def tucker_lewis(
    model: LikelihoodRatio,
    independence: LikelihoodRatio,
    *,
    scaling: float = 1.0,
    baseline_scaling: float = 1.0,
) -> float | None:
    """Return TLI = 1 − ((χ² − c·df) / df) / ((χ²_b − c_b·df_b) / df_b); may exceed 1."""
    possible = independence.chi2 - baseline_scaling * independence.df
    if model.df <= 0 or possible <= 0:
        return None
    return 1 - (model.chi2 - scaling * model.df) / model.df * independence.df / possible


def error_of_approximation(
    model: LikelihoodRatio, n: int, *, scaling: float = 1.0
) -> ErrorOfApproximation | None:
    """Return RMSEA of a statistic that is ``scaling`` times a chi-square.

    None without degrees of freedom.
    """
    if model.df <= 0 or scaling <= 0:
        return None
    chi2, unit = model.chi2 / scaling, scaling / (model.df * n)
    return ErrorOfApproximation(
        value=float(np.sqrt(max(chi2 - model.df, 0.0) * unit)),
        low=float(np.sqrt(_noncentrality(chi2, model.df, 0.95) * unit)),
        high=float(np.sqrt(_noncentrality(chi2, model.df, 0.05) * unit)),
        p_close=1 - float(chndtr(chi2, model.df, _CLOSE_FIT**2 / unit)),
    )


def _noncentrality(chi2: float, df: float, probability: float) -> float:
    """Return λ with P(χ²_{df,λ} ≤ chi2) = probability, 0 where there is none."""
    if float(chndtr(chi2, df, 0.0)) < probability:
        return 0.0
    low, high = 0.0, max(chi2, 1.0)
    while float(chndtr(chi2, df, high)) > probability:
        high *= 2
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if float(chndtr(chi2, df, middle)) > probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def residual_root_mean_square(solution: Solution) -> float:
    """Return SRMR over the lower triangle with the diagonal, without means."""
    observed = solution.sample.covariance
    scale = np.sqrt(np.diag(observed))
    residual = (observed - solution.implied.sigma) / np.outer(scale, scale)
    return float(np.sqrt(np.mean(residual[np.tril_indices(len(residual))] ** 2)))


def log_likelihood(solution: Solution) -> float:
    """Return the normal log-likelihood of the n rows, means free."""
    sample = solution.sample
    trace = float(np.sum(sample.covariance * solution.implied.inverse))
    constant = sample.columns * float(np.log(2 * np.pi))
    return -sample.n / 2 * (constant + solution.implied.log_determinant + trace)


def information_criteria(solution: Solution) -> tuple[float, float]:
    """Return AIC and BIC; the means are not counted as parameters."""
    deviance, free = -2 * log_likelihood(solution), solution.structure.free
    return deviance + 2 * free, deviance + free * float(np.log(solution.sample.n))

"""The fit without normality: MLR, that is Yuan-Bentler T2* with sandwich standard errors."""

from __future__ import annotations

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.model_figures import (
    correlation_estimates,
    loadings_of,
    model_figures,
)
from fivegaps.psychometrics.results import RobustMaximumLikelihood, ScaledIndices
from fivegaps.stats.structural.casewise import CasewiseSums
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.indices import (
    LikelihoodRatio,
    baseline,
    chi_square,
    comparative_fit,
    error_of_approximation,
    tucker_lewis,
)
from fivegaps.stats.structural.robust import Scaling, sandwich, scaling


def robust(confirmation: Confirmation, sums: CasewiseSums | None) -> RobustMaximumLikelihood:
    """Return the robust statistics of a confirmation from the sums over its rows.

    The variant is lavaan's MLR (test "yuan.bentler.mplus", observed information). ``scaled``
    holds the indices that come from putting the scaled statistic in the place of chi-square,
    ``robust`` those that estimate the same as the normal ones: read the latter.

    Args:
        confirmation: From :func:`fivegaps.psychometrics.confirmatory.confirm`.
        sums: ``CasewiseSums.of(confirmation.solution, rows)``, rows with the columns of
            ``confirmation.items``; None when there were none to be had.
    """
    n, solution = confirmation.n, confirmation.converged
    if solution is None:
        return RobustMaximumLikelihood(n=n, reason=confirmation.reason or "not_converged")
    if sums is None:
        return RobustMaximumLikelihood(n=n, reason="not_asked")
    try:
        covariance = sandwich(solution, sums)
        factors = scaling(solution, sums)
    except CannotCompute as error:
        return RobustMaximumLikelihood(n=n, reason=error.reason)
    model = chi_square(solution)
    scaled = LikelihoodRatio(model.chi2 / factors.model, model.df)
    figures = model_figures(confirmation, solution, covariance)
    return RobustMaximumLikelihood(
        n=n,
        chi2=scaled.chi2,
        df=solution.structure.degrees_of_freedom,
        p=scaled.p,
        scaling=factors.model,
        scaled=_scaled(solution, factors),
        robust=_robust(solution, factors),
        loadings=loadings_of(confirmation, figures),
        factor_correlations=correlation_estimates(confirmation, figures, "sandwich covariance"),
    )


def _scaled(solution: Solution, factors: Scaling) -> ScaledIndices:
    model, independence = chi_square(solution), baseline(solution.sample)
    scaled = LikelihoodRatio(model.chi2 / factors.model, model.df)
    scaled_independence = LikelihoodRatio(independence.chi2 / factors.baseline, independence.df)
    # lavaan's scaled RMSEA refers the plain statistic to tr(UΓ) degrees of freedom; value the
    # same as from the scaled statistic, interval slightly another.
    error = error_of_approximation(
        LikelihoodRatio(model.chi2, model.df * factors.model), solution.sample.n
    )
    return ScaledIndices(
        cfi=comparative_fit(scaled, scaled_independence),
        tli=tucker_lewis(scaled, scaled_independence),
        rmsea=error.value if error else None,
        rmsea_low=error.low if error else None,
        rmsea_high=error.high if error else None,
        p_close=error.p_close if error else None,
    )


def _robust(solution: Solution, factors: Scaling) -> ScaledIndices:
    model, independence = chi_square(solution), baseline(solution.sample)
    error = error_of_approximation(model, solution.sample.n, scaling=factors.model)
    both = {"scaling": factors.model, "baseline_scaling": factors.baseline}
    return ScaledIndices(
        cfi=comparative_fit(model, independence, **both),
        tli=tucker_lewis(model, independence, **both),
        rmsea=error.value if error else None,
        rmsea_low=error.low if error else None,
        rmsea_high=error.high if error else None,
        p_close=error.p_close if error else None,
    )

"""Statistics that hold without normality: Yuan-Bentler T2* and sandwich standard errors.

The variant is lavaan's test "yuan.bentler.mplus" with estimator MLR: observed information
(the analytic Hessian at the solution), scores of the structured model, and an unstructured
(sample) matrix on the saturated side.
Sources: Yuan & Bentler 2000; White 1980; Savalei & Rosseel 2022.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fivegaps.errors import CannotCompute
from fivegaps.stats.structural.casewise import CasewiseSums
from fivegaps.stats.structural.curvature import hessian
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.structure import Matrix


@dataclass(frozen=True, slots=True)
class Scaling:
    """By how much each likelihood ratio is inflated: of the model and of independence."""

    model: float
    baseline: float


def observed_information(solution: Solution) -> Matrix:
    """Return the observed information (q, q) of one row."""
    return hessian(solution.structure, solution.implied, solution.sample.covariance) / 2


def sandwich(solution: Solution, sums: CasewiseSums) -> Matrix:
    """Return covariances of the parameters (q, q): observed information around the scores.

    Raises:
        CannotCompute: rows_differ, or not_identified when the information is singular.
    """
    sums.check(solution)
    bread = _inverse(observed_information(solution))
    return bread @ (sums.scores / sums.n) @ bread / sums.n


def scaling(solution: Solution, sums: CasewiseSums) -> Scaling:
    """Return the scaling factors of T2*: (tr(B₁A₁⁻¹) − tr(B₀A₀⁻¹)) / df.

    On the saturated side the trace is (mean d⁴ − p) / 2, on the side of independence the sum
    of (fourth standardised moment − 1) / 2 over columns. The parts of the means cancel.

    Raises:
        CannotCompute: rows_differ, not_identified, no_degrees_of_freedom, or not_positive
            when a factor is not positive (too few rows for the model).
    """
    sums.check(solution)
    columns, df = solution.sample.columns, solution.structure.degrees_of_freedom
    if df <= 0:
        raise CannotCompute("no_degrees_of_freedom", "the model leaves nothing to test")
    saturated = (sums.fourths / sums.n - columns) / 2
    structured = float(np.sum(_inverse(observed_information(solution)) * sums.scores)) / sums.n
    independent = float(np.sum(sums.column_fourths / sums.n - 1)) / 2
    factors = Scaling(
        model=(saturated - structured) / df,
        baseline=(saturated - independent) / (columns * (columns - 1) / 2),
    )
    if factors.model <= 0 or factors.baseline <= 0:
        raise CannotCompute("too_few", f"scaling factor {factors.model:.3g} is not positive")
    return factors


def _inverse(information: Matrix) -> Matrix:
    try:
        inverse = np.asarray(np.linalg.inv(information), dtype=np.float64)
    except np.linalg.LinAlgError as error:
        raise CannotCompute("not_identified", "the information matrix is singular") from error
    return inverse

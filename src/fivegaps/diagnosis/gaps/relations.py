"""How the gaps go with gap 5 across units: told apart from each other, never added up."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from fivegaps.diagnosis.agreement import rank_correlation, slope
from fivegaps.diagnosis.gap_results import Gaps, Relation, UnitScores
from fivegaps.diagnosis.gaps.delivery import FEWEST_UNITS

REASON = "too_few_units"

FIGURES: Mapping[str, Callable[[Gaps], float | None]] = {
    "gap1": lambda gaps: gaps.gap1.surveyed.overall.value,
    "gap2": lambda gaps: gaps.gap2.self_rated.overall.value,
    "gap2.measured": lambda gaps: gaps.gap2.measured.overall.value,
    "gap3": lambda gaps: gaps.gap3.self_rated.overall.value,
    "gap3.measured": lambda gaps: gaps.gap3.measured.overall.value,
    "gap4": lambda gaps: gaps.gap4.self_rated.overall.value,
    "gap4.measured": lambda gaps: gaps.gap4.measured.overall.value,
    "gap6": lambda gaps: gaps.gap6.surveyed.overall.value,
    "gap7": lambda gaps: gaps.gap7.surveyed.overall.value,
}


def relations(units: Mapping[str, Gaps], *, confidence: float) -> dict[str, Relation]:
    """Return for each gap how its overall figure goes with gap 5 across units.

    An association between units, no effect. Reason ``too_few_units`` with fewer
    than ten units that have both figures.

    Args:
        units: Units that do not contain each other.
        confidence: For instance .95.
    """
    outcome = np.array([_or_nan(_gap5(gaps)) for gaps in units.values()])
    found = {}
    for name, figure in FIGURES.items():
        predictor = np.array([_or_nan(figure(gaps)) for gaps in units.values()])
        found[name] = Relation(
            units=int((~np.isnan(predictor) & ~np.isnan(outcome)).sum()),
            rank_correlation=rank_correlation(
                predictor, outcome, fewest=FEWEST_UNITS, confidence=confidence, reason=REASON
            ),
            slope=slope(
                predictor, outcome, fewest=FEWEST_UNITS, confidence=confidence, reason=REASON
            ),
        )
    return found


def _gap5(gaps: Gaps) -> float | None:
    surveyed = gaps.gap5.surveyed
    if isinstance(surveyed, UnitScores):
        return surveyed.overall.value
    return surveyed.overall.mean_of_dimensions.value


def _or_nan(value: float | None) -> float:
    return np.nan if value is None else value

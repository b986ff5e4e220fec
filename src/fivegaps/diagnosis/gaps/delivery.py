"""Gap 3: what is delivered against the standards, as staff rate it and as observed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import combinations

import numpy as np

from fivegaps.diagnosis.agreement import rank_correlation
from fivegaps.diagnosis.between import OVER_UNITS, is_clustered
from fivegaps.diagnosis.cells import Rules
from fivegaps.diagnosis.gap_results import MeasuredDelivery, StandardDelivery
from fivegaps.diagnosis.observed import Observed
from fivegaps.diagnosis.shares import Counted, by_dimension
from fivegaps.model.company.registers import Standard
from fivegaps.model.instrument import Instrument
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import Sample, gap_estimate, share_estimate

CONFORMANCE = "share of observations that met the standard within its tolerance, Wilson interval"
SHORTFALL = "conformance less 1, Wilson interval"
DIFFERENCE = "mean of direction × (value − target), t interval"
FEWEST_UNITS = 10
SOURCES = ("self_rated", "conformance", "perception")


def measured_delivery(
    instrument: Instrument,
    standards: Sequence[Standard],
    seen: Observed,
    rules: Rules,
    *,
    each: bool = True,
) -> MeasuredDelivery:
    """Return how far standards are met: each (for the whole company), by dimension and over all."""
    counted: dict[str, Counted] = {
        one.id: found for one, found in zip(standards, seen.conformance, strict=True)
    }
    overall, dimensions = by_dimension(
        instrument,
        counted,
        {one.id: one.items for one in standards},
        confidence=rules.confidence,
    )
    return MeasuredDelivery(
        overall=overall,
        dimensions=dimensions,
        standards={
            one.id: _standard(one, counted[one.id], difference, rules)
            for one, difference in zip(standards, seen.difference, strict=True)
        }
        if each
        else {},
    )


def _standard(
    standard: Standard, counted: Counted, difference: Sample, rules: Rules
) -> StandardDelivery:
    reason = "no_target" if standard.target is None else "not_observed"
    conformance = _share(counted, rules, reason)
    only_counts = counted[1] > 0 and standard.target is not None
    return StandardDelivery(
        conformance=conformance,
        shortfall=_less_one(conformance),
        difference=_difference(difference, rules, "only_counts" if only_counts else reason),
        unit_of_measure=standard.unit_of_measure,
    )


def _share(counted: Counted, rules: Rules, reason: str) -> Estimate:
    if counted[1] == 0:
        return Estimate.cannot(reason, method=CONFORMANCE)
    return share_estimate(*counted, confidence=rules.confidence, method=CONFORMANCE)


def _less_one(share: Estimate) -> Estimate:
    if share.value is None or share.low is None or share.high is None:
        return replace(share, method=SHORTFALL)
    return Estimate(share.value - 1, share.low - 1, share.high - 1, share.n, SHORTFALL)


def _difference(sample: Sample, rules: Rules, reason: str) -> GapEstimate:
    if sample.n == 0:
        return GapEstimate.cannot(reason, method=DIFFERENCE)
    notes = f", {OVER_UNITS}" if is_clustered(sample) else ""
    return gap_estimate(
        n=sample.n,
        mean=sample.mean,
        variance=sample.variance,
        standard_error=sample.standard_error,
        df=sample.df,
        confidence=rules.confidence,
        method=f"{DIFFERENCE}{notes}",
    )


def sources_agree(
    by_unit: Mapping[str, Sequence[float | None]], *, confidence: float
) -> dict[str, Estimate]:
    """Return how far each pair of sources puts the units in the same order.

    Args:
        by_unit: Source (``self_rated``, ``conformance``, ``perception``) to its
            overall figure of each unit, None where it is not known or not shown.
        confidence: For instance .95.

    Returns:
        ``first|second`` to Spearman's correlation; reason ``too_few_units`` with
        fewer than ten units that have both.
    """
    figures = {
        source: np.array([np.nan if one is None else one for one in by_unit[source]])
        for source in SOURCES
    }
    return {
        f"{first}|{second}": rank_correlation(
            figures[first],
            figures[second],
            fewest=FEWEST_UNITS,
            confidence=confidence,
            reason="too_few_units",
        )
        for first, second in combinations(SOURCES, 2)
    }

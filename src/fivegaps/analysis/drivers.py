"""Drivers of the outcome and derived importance, from the bootstrap's block sums."""

from __future__ import annotations

from dataclasses import replace

from fivegaps.analysis.blocks import block_sums
from fivegaps.engines.block_sets import driver_columns, performance_battery
from fivegaps.engines.survey import CountPlan, SurveyCounts
from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.drivers import drivers, relative_weights
from fivegaps.psychometrics.penalty_reward import penalty_reward
from fivegaps.psychometrics.results import Direct, Drivers
from fivegaps.stats.estimate import Estimate

MOST_ITEMS = 60


def outcome_drivers(
    plan: CountPlan, counts: SurveyCounts, *, confidence: float, replicates: int
) -> Drivers | None:
    """Return what goes with the outcome, or None when there is no outcome."""
    if plan.outcome is None:
        return None
    names = driver_columns(plan.layout, plan.outcome)
    prefix = "perception:performance:"
    predictors = {name.removeprefix(prefix): name for name in names if name.startswith(prefix)}
    if not predictors:
        return Drivers(outcome=plan.outcome, battery="perception", n=0, reason="not_asked")
    unit = [plan.layout.unit_of(name) for name in names]
    blocks = block_sums(counts, "drivers", names, unit=unit)
    found = drivers(
        blocks,
        outcome=plan.outcome,
        column=names[0],
        predictors=predictors,
        battery="perception",
        direct=("perception:all", "expectation:all") if plan.layout.paired else None,
        seed=plan.seed,
        replicates=replicates,
        confidence=confidence,
        clustered=plan.sampling.cluster is not None,
    )
    if found.reason is not None:
        return found
    if found.direct is None:
        found = replace(found, direct=Direct(reason="not_asked"))
    dummies = [f"{side}_{name}" for name in predictors for side in ("low", "high")]
    unit = [plan.layout.unit_of(names[0]), *[1.0] * len(dummies)]
    low_high = block_sums(counts, "penalty_reward", [names[0], *dummies], unit=unit)
    try:
        effects = penalty_reward(
            low_high,
            outcome=names[0],
            dimensions=list(predictors),
            seed=plan.seed,
            replicates=replicates,
            confidence=confidence,
        )
    except CannotCompute:
        effects = {}
    return replace(found, penalty_reward=effects)


def derived_importance(
    plan: CountPlan, counts: SurveyCounts, *, confidence: float, replicates: int
) -> dict[str, Estimate]:
    """Return the Johnson weight of each item of the performance battery on the outcome."""
    if plan.outcome is None:
        return {}
    battery = performance_battery(plan.instrument)
    items = [item.id for item in plan.instrument.items_in(battery)]
    if not 0 < len(items) <= MOST_ITEMS:
        return {}
    names = [f"outcome:{plan.outcome}", *items]
    return relative_weights(
        block_sums(counts, "derived", names),
        outcome=names[0],
        predictors={item: item for item in items},
        seed=plan.seed,
        replicates=replicates,
        confidence=confidence,
    )

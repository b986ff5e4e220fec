"""What matters to customers: zone of tolerance, Kano, the importance-performance grid."""

from __future__ import annotations

import numpy as np

from fivegaps.analysis.scores import Scoring
from fivegaps.engines.block_sets import performance_battery
from fivegaps.scoring.gaps import mean_of
from fivegaps.scoring.importance_performance import ItemStanding, importance_performance
from fivegaps.scoring.results import ImportancePerformance, Zone
from fivegaps.scoring.sums import Sums
from fivegaps.scoring.zone import ZoneSample, position_gradient, zone
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import Sample

COLUMNS = ("adequate", "desired", "perception")
NOT_ASKED = Estimate.cannot("not_asked")


def tolerance_zone(scoring: Scoring) -> Zone | None:
    """Return the zone of tolerance, or None when the three columns were not asked."""
    dimensions = {
        dimension.id: sample
        for dimension in scoring.instrument.dimensions
        if (sample := _zone_sample(scoring, f"zone:dimension:{dimension.id}")) is not None
    }
    items = {
        item.id: sample
        for item in scoring.instrument.items
        if (sample := _zone_sample(scoring, f"zone:item:{item.id}")) is not None
    }
    if not items:
        return None
    return zone(dimensions=dimensions, items=items, confidence=scoring.confidence)


def _zone_sample(scoring: Scoring, mask: str) -> ZoneSample | None:
    names = [f"{battery}:{mask}" for battery in COLUMNS]
    if any(scoring.sums.place(name) is None for name in names):
        return None
    samples = [scoring.sums.mean({name: 1.0}) for name in names]
    n = samples[0].n
    means = np.array([np.nan if sample.mean is None else sample.mean for sample in samples])
    covariance = np.array([[_covariance(scoring.sums, a, b) for b in names] for a in names])
    inversions = scoring.counts.inversions.get(mask, 0)
    adequate, desired, perceived = names
    moved = Sample(n=n, mean=None)
    if not scoring.plain and means[1] > means[0]:
        gradient = position_gradient(means)
        moved = scoring.sums.mean(dict(zip(names, gradient.tolist(), strict=True)))
    return ZoneSample(
        n=n,
        means=means,
        covariance=covariance,
        inversions=inversions,
        inversion_n=n,
        adequacy=scoring.sums.mean({perceived: 1.0, adequate: -1.0}),
        superiority=scoring.sums.mean({perceived: 1.0, desired: -1.0}),
        width=scoring.sums.mean({desired: 1.0, adequate: -1.0}),
        adequate=samples[0],
        desired=samples[1],
        perceived=samples[2],
        position_error=moved.standard_error,
        position_df=moved.df,
    )


def _covariance(sums: Sums, left: str, right: str) -> float:
    found = sums.covariance({left: 1.0}, {right: 1.0})
    return float("nan") if found is None else found


def importance_grid(scoring: Scoring, derived: dict[str, Estimate]) -> ImportancePerformance | None:
    """Return the importance-performance grid, or None when no importance is known at all.

    Args:
        scoring: What scores are computed from.
        derived: Item to derived importance (Johnson relative weight), may be empty.
    """
    battery = performance_battery(scoring.instrument)
    stated = scoring.instrument.has("importance")
    if not scoring.instrument.has(battery) or not (stated or derived):
        return None
    standing = {
        item.id: ItemStanding(
            performance=_single(scoring, battery, item.id),
            stated=_single(scoring, "importance", item.id) if stated else NOT_ASKED,
            derived=derived.get(item.id, NOT_ASKED),
        )
        for item in scoring.instrument.items
        if battery in item.columns
    }
    return importance_performance(standing, performance_battery=battery)


def _single(scoring: Scoring, battery: str, item: str) -> Estimate:
    """Return the mean of one item on everybody who answered it."""
    name = f"{battery}:single:{battery}:{item}"
    if battery == "perception" and scoring.sums.place(name) is None:
        name = f"perception:item:{item}"
    return mean_of(
        scoring.sums, {name: 1.0}, method="mean of the item", confidence=scoring.confidence
    )

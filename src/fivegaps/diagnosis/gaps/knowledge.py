"""Gap 1: what managers believe customers expect, less what customers expect."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from fivegaps.diagnosis.agreement import SPEARMAN, rank_correlation
from fivegaps.diagnosis.between import between, voice_gap
from fivegaps.diagnosis.cells import NOBODY as NOT_ASKED
from fivegaps.diagnosis.cells import SMALL, Rules
from fivegaps.diagnosis.gap_results import KnowledgeGap
from fivegaps.diagnosis.sampling import NOBODY, known
from fivegaps.diagnosis.voices import Side
from fivegaps.stats.adjust import adjusted, holm
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import Sample

FEWEST_ITEMS = 5


def knowledge_gap(
    managers: Side,
    customers: Side,
    rules: Rules,
    *,
    points: tuple[Mapping[str, Sample], Mapping[str, Sample]] = ({}, {}),
    census: bool = False,
    sides: bool = True,
) -> KnowledgeGap:
    """Return gap 1 in levels, in 100 points and in the order of items.

    Args:
        managers: What they believe excellent service is for the customers.
        customers: What they expect.
        rules: Confidence and smallest cells.
        points: Managers' and customers' share of 100 points by dimension.
        census: Whether all managers answered; their side has no sampling error then.
        sides: Whether the voices' own means are told too.
    """
    side = managers.as_census() if census else managers
    ours, theirs = points
    surveyed = between(side, customers, rules, sides=sides)
    weights = {
        name: voice_gap(
            ("managers", known(sample) if census else sample),
            ("customers", theirs.get(name, NOBODY)),
            rules,
            census=census,
        )
        for name, sample in ours.items()
    }
    return KnowledgeGap(
        surveyed=surveyed,
        weights=adjusted(weights, holm),
        rank_agreement=_rank_agreement(side, customers, rules),
        census=census,
    )


def _rank_agreement(managers: Side, customers: Side, rules: Rules) -> Estimate:
    """Return how far managers and customers put the items in the same order."""
    for side in (managers, customers):
        reasons = [rules.withheld(side.voice, sample.n) for sample in side.items.values()]
        if None not in reasons:
            return Estimate.cannot(SMALL if SMALL in reasons else NOT_ASKED, method=SPEARMAN)
    orders = [
        np.array([_shown(side, item, rules) for item in managers.items], dtype=np.float64)
        for side in (managers, customers)
    ]
    found = rank_correlation(orders[0], orders[1], fewest=FEWEST_ITEMS, confidence=rules.confidence)
    return replace(found, method=f"{found.method}; over items")


def _shown(side: Side, item: str, rules: Rules) -> float:
    sample = side.items.get(item, NOBODY)
    if sample.mean is None or rules.withheld(side.voice, sample.n) is not None:
        return math.nan
    return sample.mean

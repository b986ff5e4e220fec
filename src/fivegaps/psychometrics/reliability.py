"""Reliability of an instrument's dimensions, from counts: alpha, items, differences.

Each function takes a battery's id, or ``gap`` for the differences of perception
and expectation, and the counts' columns ``battery.item``. Columns that were not
counted are passed over. With missing answers every covariance comes from the
people who answered both items, as R's ``use = "pairwise"`` has it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from fivegaps.model.instrument import Instrument
from fivegaps.psychometrics.results import ItemReliability, Reliability
from fivegaps.psychometrics.scale_items import ScaleItems
from fivegaps.stats import consistency
from fivegaps.stats.counts.moments import Moments
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.resampling import Resamples


def alpha(
    instrument: Instrument, moments: Moments, *, battery: str, confidence: float = 0.95
) -> dict[str, Estimate]:
    """Return Cronbach's alpha of the items of each dimension, with Feldt's interval.

    Its n is the largest number of answers to any of the items. Items that do not
    vary, or that nobody answered, are left out, as psych::alpha does; the method
    then says so.

    Returns:
        Dimension id to estimate; no unit, at most 1, negative when items disagree.

    Source: cronbach-1951, feldt-1965.
    """
    return {
        dimension: ScaleItems.of(found).alpha(confidence)
        for dimension, found in _by_dimension(instrument, moments, battery).items()
    }


def reliability(
    instrument: Instrument,
    moments: Moments,
    *,
    battery: str,
    omega: Mapping[str, Estimate] | None = None,
    resamples: Resamples | None = None,
    confidence: float = 0.95,
) -> dict[str, Reliability]:
    """Return alpha, omega and the mean inter-item correlation of each dimension.

    Args:
        instrument: Names the dimensions and their items.
        moments: Counts with the battery's columns.
        battery: Battery id, or ``gap``.
        omega: Omega by dimension, from the factor model; not_asked where missing.
        resamples: With the battery's columns, for a bootstrap interval of the mean
            correlation; without them that of normal theory.
        confidence: Coverage aimed at.
    """
    given = omega or {}
    found = {}
    for dimension, part in _by_dimension(instrument, moments, battery).items():
        items = ScaleItems.of(part)
        found[dimension] = Reliability(
            alpha=items.alpha(confidence),
            omega=given.get(dimension, Estimate.cannot("not_asked", n=items.most)),
            mean_inter_item_r=items.mean_inter_item_r(resamples, confidence),
        )
    return found


def item_reliability(
    instrument: Instrument, moments: Moments, *, battery: str, confidence: float = 0.95
) -> dict[str, ItemReliability]:
    """Return item-rest correlation and alpha if dropped of every item in a dimension.

    Returns:
        Item id to figures; ``constant`` for an item that does not vary,
        ``single_item`` where a dimension has too few items for the figure.
    """
    found: dict[str, ItemReliability] = {}
    for part in _by_dimension(instrument, moments, battery).values():
        items = ScaleItems.of(part)
        for name in part.columns.names:
            found[name.removeprefix(f"{battery}.")] = ItemReliability(
                item_rest=items.item_rest(name, confidence),
                alpha_if_dropped=items.alpha_if_dropped(name, confidence),
            )
    return found


def difference_reliability(
    instrument: Instrument,
    moments: Moments,
    *,
    resamples: Resamples | None = None,
    perception: str = "perception",
    expectation: str = "expectation",
    confidence: float = 0.95,
) -> dict[str, Estimate]:
    """Return the reliability of each dimension's gap from the alphas of both batteries.

    Not the alpha of the items' differences. With ``resamples`` of the columns of
    both batteries the interval is the bootstrap's.

    Returns:
        Dimension id to estimate, for dimensions with items in both batteries.
    """
    found: dict[str, Estimate] = {}
    for dimension in instrument.dimensions:
        items = [
            item.id
            for item in instrument.items_of(dimension.id)
            if f"{perception}.{item.id}" in moments.columns.names
            and f"{expectation}.{item.id}" in moments.columns.names
        ]
        if not items:
            continue
        names = [f"{battery}.{item}" for battery in (perception, expectation) for item in items]
        part = moments.select(names)
        found[dimension.id] = consistency.difference_reliability(
            part.covariance(),
            int(np.diag(part.pairs).max()),
            resamples=None if resamples is None else resamples.select(names),
            confidence=confidence,
        )
    return found


def _by_dimension(instrument: Instrument, moments: Moments, battery: str) -> dict[str, Moments]:
    parts = {}
    for dimension in instrument.dimensions:
        names = [
            f"{battery}.{item.id}"
            for item in instrument.items_of(dimension.id)
            if f"{battery}.{item.id}" in moments.columns.names
        ]
        if names:
            parts[dimension.id] = moments.select(names)
    return parts

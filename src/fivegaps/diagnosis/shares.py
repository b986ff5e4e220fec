"""Means of several shares (of standards met, of promises kept) with an interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from fivegaps.model.instrument import Instrument
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import wilson

METHOD = "mean of shares less 1, Wilson intervals combined by squares"

Counted = tuple[int, int]


def mean_shortfall(
    shares: Sequence[tuple[Counted, float]], *, confidence: float, method: str = METHOD
) -> Estimate:
    """Return the weighted mean of shares, less 1; never above 0.

    The interval combines the distances of each share's own Wilson limits by
    squares, so that it stays sensible for shares of 0 and 1. It takes shares of
    different standards as independent.

    Args:
        shares: (how many, of how many) of each, and its weight.
        confidence: For instance .95.
        method: Name of the method, for the result.

    Source: wilson-1927, zou-2008.
    """
    used = [(k, n, weight) for (k, n), weight in shares if n > 0 and weight > 0]
    if not used:
        return Estimate.cannot("not_observed", method=method)
    total = sum(weight for _, _, weight in used)
    value = below = above = 0.0
    for k, n, weight in used:
        low, high = wilson(k, n, confidence=confidence)
        part = weight / total
        value += part * k / n
        below += (part * (k / n - low)) ** 2
        above += (part * (high - k / n)) ** 2
    return Estimate(
        value=value - 1,
        low=max(value - math.sqrt(below), 0.0) - 1,
        high=min(value + math.sqrt(above), 1.0) - 1,
        n=sum(n for _, n, _ in used),
        method=method,
    )


def by_dimension(
    instrument: Instrument,
    counted: Mapping[str, Counted],
    items: Mapping[str, Sequence[str]],
    *,
    confidence: float,
) -> tuple[Estimate, dict[str, Estimate]]:
    """Return the mean shortfall of all dimensions, and of each.

    A dimension's is the mean over what names any of its items, each counted once;
    the overall one is the mean of dimensions.

    Args:
        instrument: Tells which items a dimension has.
        counted: Id of a standard or promise to (how many, of how many).
        items: Id to the items that it names.
        confidence: For instance .95.
    """
    found, weights = {}, dict.fromkeys(counted, 0.0)
    for dimension in instrument.dimensions:
        inside = {item.id for item in instrument.items_of(dimension.id)}
        named = [name for name in counted if inside & set(items[name]) and counted[name][1] > 0]
        found[dimension.id] = mean_shortfall(
            [(counted[name], 1.0) for name in named], confidence=confidence
        )
        for name in named:
            weights[name] += 1 / len(named)
    overall = mean_shortfall(
        [(counted[name], weights[name]) for name in counted],
        confidence=confidence,
        method=f"mean of dimensions: {METHOD}",
    )
    return overall, found

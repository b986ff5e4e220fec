"""Sums of single items, read off the moments where the scan did not count them as scores."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.scores import PAIRED, ScoreColumn, ScoreLayout
from fivegaps.engines.survey import SurveyCounts
from fivegaps.stats.counts import Moments

SINGLE = (*PAIRED, "importance", "satisfaction")


@dataclass(frozen=True, slots=True)
class ItemSums:
    """Score columns of items with their Gram matrix over [columns; masks].

    Products between different items are left at 0: no figure needs them.
    """

    columns: tuple[ScoreColumn, ...]
    masks: tuple[str, ...]
    gram: NDArray[np.int64]


def item_sums(layout: ScoreLayout, counts: SurveyCounts) -> ItemSums:
    """Return the items' sums, complete pairs and single batteries."""
    columns: list[ScoreColumn] = []
    masks: list[str] = []
    parts: list[tuple[Moments, list[str]]] = []
    for item in layout.instrument.items:
        keys = [f"{battery}.{item.id}" for battery in PAIRED]
        if layout.paired and all(battery in item.columns for battery in PAIRED):
            mask = f"item:{item.id}"
            masks.append(mask)
            columns += [_column(layout, battery, mask) for battery in PAIRED]
            parts.append((counts.moments["paired"], keys))
    for battery in SINGLE:
        if not layout.instrument.has(battery) or (battery == "expectation" and layout.paired):
            continue
        for item in layout.instrument.items_in(battery):
            mask = f"single:{battery}:{item.id}"
            masks.append(mask)
            columns.append(_column(layout, battery, mask))
            parts.append((counts.moments_of(battery), [f"{battery}.{item.id}"]))
    gram = np.zeros((len(columns) + len(masks),) * 2, dtype=np.int64)
    at = 0
    for place, (moments, keys) in enumerate(parts):
        rows = list(range(at, at + len(keys)))
        _fill(gram, rows, len(columns) + place, moments.select(keys))
        at += len(keys)
    return ItemSums(tuple(columns), tuple(masks), gram)


def _column(layout: ScoreLayout, battery: str, mask: str) -> ScoreColumn:
    return ScoreColumn(f"{battery}:{mask}", mask, 1, layout.minimum(battery) - 1)


def _fill(gram: NDArray[np.int64], rows: list[int], mask: int, moments: Moments) -> None:
    """Write n, sums and products over the answers to all of the (one or two) columns."""
    last = len(rows) - 1
    gram[mask, mask] = moments.pairs[0, last]
    for place, row in enumerate(rows):
        other = last - place
        gram[row, mask] = gram[mask, row] = moments.sums[place, other]
        gram[row, row] = moments.squares[place, other]
        if other != place:
            gram[row, rows[other]] = moments.products[place, other]

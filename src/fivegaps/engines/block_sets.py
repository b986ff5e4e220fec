"""Sets of columns whose covariances the bootstrap draws again, on complete rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.flags import batteries_of
from fivegaps.engines.grams import Floats, Gram, grouped_grams
from fivegaps.engines.scores import Scored, ScoreLayout
from fivegaps.io.answers import Block, item_columns
from fivegaps.model.instrument import Instrument


def block_sets(
    layout: ScoreLayout, block: Block, scored: Scored, outcome: str | None
) -> Iterator[tuple[str, Floats]]:
    """Yield each set's name and its columns (c, n), NaN where not answered.

    ``<battery>``: the items of a battery; ``paired``: expectations then
    perceptions of the items asked in both; ``drivers``: outcome, dimensions'
    performance, all expectations, all perceptions; ``derived``: outcome and the
    items of the performance battery; ``penalty_reward``: outcome, then low and
    high of each dimension.
    """
    codes = np.where(block.codes > 0, block.codes, np.nan)
    batteries = batteries_of(layout.instrument)
    for battery, rows in batteries.items():
        yield battery, codes[rows]
    pairs = paired_places(layout.instrument)
    if pairs:
        yield "paired", codes[[*pairs[0], *pairs[1]]]
    if outcome is None:
        return
    names = driver_columns(layout, outcome)
    columns = np.array([_with_gaps(layout, scored, name) for name in names])
    yield "drivers", columns
    if performance_battery(layout.instrument) in batteries:
        items = codes[batteries[performance_battery(layout.instrument)]]
        yield "derived", np.concatenate([columns[:1], items])
    low, high = thirds(layout)
    dummies = [columns[0]]
    for name, score in zip(names, columns, strict=True):
        if name.startswith("perception:performance:"):
            dummies.append(np.where(np.isnan(score), np.nan, score <= low))
            dummies.append(np.where(np.isnan(score), np.nan, score >= high))
    yield "penalty_reward", np.array(dummies)


def complete_grams(columns: Floats, groups: NDArray[np.int64]) -> dict[int, Gram]:
    """Return the Gram matrix of [1; columns] for each group, on rows without a gap."""
    complete = ~np.isnan(columns).any(axis=0)
    filled = np.concatenate([np.ones((1, columns.shape[1])), np.nan_to_num(columns)])
    return grouped_grams(filled, np.where(complete, groups, -1))


def paired_places(instrument: Instrument) -> tuple[list[int], list[int]] | None:
    """Return places in ``Block.codes`` of expectation and of perception, items asked in both."""
    place = {(c.battery, c.item): row for row, c in enumerate(item_columns(instrument))}
    both = [
        item.id
        for item in instrument.items
        if ("expectation", item.id) in place and ("perception", item.id) in place
    ]
    if not both:
        return None
    return [place["expectation", i] for i in both], [place["perception", i] for i in both]


def performance_battery(instrument: Instrument) -> str:
    """Return the performance battery: satisfaction when asked, else perception."""
    return "satisfaction" if instrument.has("satisfaction") else "perception"


def driver_columns(layout: ScoreLayout, outcome: str) -> list[str]:
    """Return the score columns of the driver analysis: outcome first."""
    performance = [c.name for c in layout.columns if c.name.startswith("perception:performance:")]
    both = ["expectation:all", "perception:all"] if layout.paired else []
    return [f"outcome:{outcome}", *performance, *both]


def thirds(layout: ScoreLayout) -> tuple[float, float]:
    """Return the ends of the scale's lowest and highest third, in code units times score unit."""
    levels = layout.instrument.battery("perception").levels
    third = (levels - 1) / 3
    return (1 + third) * layout.unit, (levels - third) * layout.unit


def _with_gaps(layout: ScoreLayout, scored: Scored, name: str) -> Floats:
    place = layout.index[name]
    mask = scored.masks[layout.mask_index[layout.columns[place].mask]]
    return np.where(mask, scored.values[place].astype(np.float64), np.nan)

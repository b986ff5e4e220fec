"""Sets of columns whose covariances the bootstrap draws again, on complete rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.flags import batteries_of
from fivegaps.engines.grams import Floats
from fivegaps.engines.scores import Scored, ScoreLayout
from fivegaps.io.answers import Block, item_columns
from fivegaps.model.instrument import Instrument

WIDEST_SINGLE = 40


@dataclass(frozen=True, slots=True)
class ColumnSet:
    """Columns (c, n) of one set and who (n,) answered all of them.

    Codes of narrow scales come in single precision, in which the sums of one
    bootstrap block stay exact; scores in double.
    """

    label: str
    columns: NDArray[np.float32] | Floats
    complete: NDArray[np.bool_]


def block_sets(
    layout: ScoreLayout, block: Block, scored: Scored, outcome: str | None
) -> Iterator[ColumnSet]:
    """Yield the sets of a block of answers.

    ``<battery>``: the items of a battery; ``gap``: perception − expectation of the
    items asked in both; ``pairs:<dimension>``: its expectations, then its
    perceptions; ``drivers``: outcome, dimensions' performance, all perceptions
    and expectations; ``derived``: outcome and the items of the performance
    battery; ``penalty_reward``: outcome, then low and high of each dimension.
    """
    instrument = layout.asked
    widest = max(battery.levels for battery in instrument.batteries)
    narrow = np.float32 if widest <= WIDEST_SINGLE else np.float64
    codes = block.codes.astype(narrow)
    answered = block.codes > 0
    batteries = batteries_of(instrument)
    for battery, rows in batteries.items():
        yield ColumnSet(battery, codes[rows], answered[rows].all(axis=0))
    pairs = paired_places(instrument)
    if pairs is not None:
        expected, perceived = pairs
        both = answered[[*expected, *perceived]].all(axis=0)
        yield ColumnSet("gap", codes[perceived] - codes[expected], both)
        for dimension in instrument.dimensions:
            places = pair_places(instrument, dimension.id)
            if places:
                complete = answered[places].all(axis=0)
                yield ColumnSet(f"pairs:{dimension.id}", codes[places], complete)
    if outcome is not None:
        yield from _driver_sets(layout, block, scored, outcome)


def _driver_sets(
    layout: ScoreLayout, block: Block, scored: Scored, outcome: str
) -> Iterator[ColumnSet]:
    names = driver_columns(layout, outcome)
    columns = np.array([scored.values[layout.index[name]] for name in names], dtype=np.float64)
    masks = np.array([_mask(layout, scored, name) for name in names])
    yield ColumnSet("drivers", columns, masks.all(axis=0))
    rows = batteries_of(layout.asked).get(performance_battery(layout.asked))
    if rows is not None:
        items = block.codes[rows]
        complete = masks[0] & (items > 0).all(axis=0)
        yield ColumnSet("derived", np.concatenate([columns[:1], items]), complete)
    low, high = thirds(layout)
    performance = [
        place for place, name in enumerate(names) if name.startswith("perception:performance:")
    ]
    dummies = [columns[0]]
    for place in performance:
        dummies += [(columns[place] <= low).astype(np.float64), (columns[place] >= high) * 1.0]
    yield ColumnSet("penalty_reward", np.array(dummies), masks[[0, *performance]].all(axis=0))


def paired_places(instrument: Instrument) -> tuple[list[int], list[int]] | None:
    """Return places in ``Block.codes`` of expectation and of perception, items asked in both."""
    both = _asked_in_both(instrument)
    if not both:
        return None
    return [place[0] for place in both.values()], [place[1] for place in both.values()]


def pair_places(instrument: Instrument, dimension: str) -> list[int]:
    """Return places of a dimension's expectations, then of its perceptions."""
    both = _asked_in_both(instrument)
    places = [both[item.id] for item in instrument.items_of(dimension) if item.id in both]
    return [place[0] for place in places] + [place[1] for place in places]


def _asked_in_both(instrument: Instrument) -> dict[str, tuple[int, int]]:
    place = {(c.battery, c.item): row for row, c in enumerate(item_columns(instrument))}
    return {
        item.id: (place["expectation", item.id], place["perception", item.id])
        for item in instrument.items
        if ("expectation", item.id) in place and ("perception", item.id) in place
    }


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


def _mask(layout: ScoreLayout, scored: Scored, name: str) -> NDArray[np.bool_]:
    mask = layout.columns[layout.index[name]].mask
    return scored.masks[layout.mask_index[mask]]

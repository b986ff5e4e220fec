"""Fit an instrument to the columns that a file has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fivegaps.model.instrument import Battery, Instrument


def bind(instrument: Instrument, column_names: Iterable[str]) -> Instrument:
    """Return the instrument with the columns under which a file holds its answers.

    A battery keeps the items' own columns when the file has them; else its first
    pattern that finds more of them is taken (``E{n}`` makes E1 … E22). Optional
    outcomes and weights of which the file has no column are left out. Columns
    that are still absent stay, so that the reader can name them.
    """
    present = frozenset(column_names)
    chosen = {
        battery.id: _best_columns(instrument, battery, present) for battery in instrument.batteries
    }
    items = tuple(
        replace(
            item,
            columns={battery: chosen[battery][item.id] for battery in item.columns},
        )
        for item in instrument.items
    )
    outcomes = tuple(
        outcome
        for outcome in instrument.outcomes
        if not outcome.optional or present.intersection(outcome.columns)
    )
    without_weights = instrument.weights_optional and not present.intersection(
        instrument.weights.values()
    )
    return replace(
        instrument,
        items=items,
        outcomes=outcomes,
        weights={} if without_weights else instrument.weights,
    )


def candidate_columns(instrument: Instrument, battery: Battery) -> tuple[dict[str, str], ...]:
    """Return item id to column, once for the own columns and once for each pattern."""
    asked = instrument.items_in(battery.id)
    own = {item.id: item.columns[battery.id] for item in asked}
    patterned = (
        {
            item.id: pattern.replace("{n}", str(number)).replace("{item}", item.id)
            for number, item in enumerate(asked, 1)
        }
        for pattern in battery.patterns
    )
    return (own, *patterned)


def _best_columns(
    instrument: Instrument, battery: Battery, present: frozenset[str]
) -> dict[str, str]:
    candidates = candidate_columns(instrument, battery)
    # max() keeps the first of equals: the items' own columns come first
    return max(candidates, key=lambda columns: len(present.intersection(columns.values())))

"""Read the small registers: ideas, competitors, facts."""

from __future__ import annotations

import numpy as np

from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.values import day_or_none, number_or_none, whole_or_none
from fivegaps.model.company.registers import Competitor, Fact, Idea

_ORIGINS = ("staff", "customer")


def read_ideas(names: Names) -> tuple[Idea, ...]:
    """Return the ideas of staff and customers."""
    reading = names.open("ideas")
    if reading.sheet is None:
        return ()
    ids = reading.ids("idea")
    submitted, answered = reading.dates("submitted"), reading.dates("answered")
    reading.refuse_backwards("submitted", "answered")
    origin = reading.choices("from", _ORIGINS)
    units = names.unit_texts(reading)
    decisions = reading.texts("decision")
    cost = reading.numbers("cost_change")
    satisfaction = reading.numbers("satisfaction_change")
    names.close(reading)
    return tuple(
        Idea(
            id=name,
            unit=units[place],
            origin="" if origin.codes[place] < 0 else _ORIGINS[origin.codes[place]],
            submitted=day_or_none(submitted[place]),
            answered=day_or_none(answered[place]),
            decision=decisions[place],
            cost_change=number_or_none(cost[place]),
            satisfaction_change=number_or_none(satisfaction[place]),
            row=int(reading.row[place]),
        )
        for place, name in enumerate(ids)
    )


def read_competitors(names: Names) -> tuple[Competitor, ...]:
    """Return what is known of competitors."""
    reading = names.open("competitors")
    if reading.sheet is None:
        return ()
    reading.require("competitor", "mean")
    reading.filled("competitor", "mean")
    waves = names.wave_column(reading)
    dimensions = reading.references(
        "dimension", names.dimensions, kind="dimension", where=names.settings.instrument
    )
    items = reading.references("item", names.items, kind="item", where=names.settings.instrument)
    has_dimension = reading.column("dimension").spots >= 0
    has_item = reading.column("item").spots >= 0
    reading.refuse_rows(
        has_dimension == has_item,
        "dimension",
        "and item: one of the two is filled, not both and not neither.",
        "A row is about a dimension or about an item.",
    )
    mean = reading.numbers("mean", *names.scale)
    deviation = reading.numbers("sd", 0.0)
    count = reading.numbers("n", 1.0, whole=True)
    competitors, sources = reading.texts("competitor"), reading.texts("source")
    names.close(reading)
    return tuple(
        Competitor(
            id=competitors[place],
            wave=_named(names.waves, waves[place]),
            dimension=_named(names.dimensions, dimensions[place]),
            item=_named(names.items, items[place]),
            mean=float(mean[place]),
            sd=number_or_none(deviation[place]),
            n=whole_or_none(count[place]),
            source=sources[place],
            row=int(reading.row[place]),
        )
        for place in range(reading.rows)
    )


def read_facts(names: Names) -> tuple[Fact, ...]:
    """Return figures about units; their names are then known to ``names``."""
    reading = names.open("facts")
    if reading.sheet is None:
        return ()
    reading.require("fact", "value")
    reading.filled("fact", "value")
    units = names.unit_texts(reading)
    waves = names.wave_column(reading)
    facts = reading.texts("fact")
    values = reading.numbers("value")
    _refuse_twice(reading, units, waves, facts)
    names.measured_facts = tuple(dict.fromkeys(facts))
    names.close(reading)
    return tuple(
        Fact(
            unit=units[place],
            wave=_named(names.waves, waves[place]),
            fact=fact,
            value=float(values[place]),
            row=int(reading.row[place]),
        )
        for place, fact in enumerate(facts)
    )


def _refuse_twice(
    reading: Reading, units: list[str], waves: np.typing.NDArray[np.int32], facts: list[str]
) -> None:
    seen: set[tuple[str, int, str]] = set()
    twice = np.zeros(reading.rows, dtype=np.bool_)
    for place, key in enumerate(zip(units, waves.tolist(), facts, strict=True)):
        twice[place] = key in seen
        seen.add(key)
    reading.refuse_rows(
        twice, "fact", "is there twice for this unit and wave.", "Leave one of the rows."
    )


def _named(known: tuple[str, ...], place: int) -> str:
    return "" if place < 0 else known[place]

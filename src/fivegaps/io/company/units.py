"""Read the register of units and hold it against itself: parents, cycles, dates."""

from __future__ import annotations

from collections.abc import Mapping

from fivegaps.errors import Fault
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.values import day_or_none
from fivegaps.io.where import close_names
from fivegaps.model.company.registers import Unit


def read_units(names: Names) -> None:
    """Read ``units`` into ``names``; without the file every unit is known."""
    reading = names.open("units")
    if reading.sheet is None:
        return
    ids = reading.ids("unit")
    parents = reading.column("parent", words_for_nothing=False).spelt()
    opened, closed = reading.dates("opened"), reading.dates("closed")
    reading.refuse_backwards("opened", "closed")
    texts, kinds = reading.texts("name"), reading.texts("kind")
    units = [
        Unit(
            id=name,
            parent=parents[place],
            name=texts[place],
            kind=kinds[place],
            opened=day_or_none(opened[place]),
            closed=day_or_none(closed[place]),
            row=int(reading.row[place]),
        )
        for place, name in enumerate(ids)
    ]
    _check_tree(reading, {unit.id: unit.parent for unit in units}, units)
    names.register_units(units)
    names.close(reading)


def _check_tree(reading: Reading, parents: Mapping[str, str], units: list[Unit]) -> None:
    for unit in units:
        if unit.parent and unit.parent not in parents:
            near = close_names(unit.parent, parents)
            reading.fault(
                Fault(
                    f"is no unit of units{near or '.'}",
                    "Correct it, or add it to units.",
                    row=unit.row,
                    column="parent",
                    value=unit.parent,
                )
            )
    told: set[str] = set()
    for unit in units:
        circle = _circle(unit.id, parents)
        if circle and told.isdisjoint(circle):
            told.update(circle)
            way = " is under ".join((*circle, circle[0]))
            reading.fault(
                Fault(
                    f"goes in a circle: {way}.",
                    "A unit cannot be above itself; empty one of these parents.",
                    row=unit.row,
                    column="parent",
                    value=unit.parent,
                )
            )


def _circle(start: str, parents: Mapping[str, str]) -> tuple[str, ...]:
    """Return the units of a circle that leads back to ``start``; empty when none does."""
    way = [start]
    while parent := parents.get(way[-1], ""):
        if parent == start:
            return tuple(way)
        if parent in way:
            return ()
        way.append(parent)
    return ()


def families(units: tuple[Unit, ...]) -> Mapping[str, tuple[str, ...]]:
    """Return each unit with itself and all units under it, in the register's order."""
    parents = {unit.id: unit.parent for unit in units}
    found: dict[str, list[str]] = {unit.id: [] for unit in units}
    for unit in units:
        above = unit.id
        while above in found:
            found[above].append(unit.id)
            above = parents[above]
    return {name: tuple(under) for name, under in found.items()}

"""Units in the order of their tree, as a page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fivegaps.web.people.models import Unit, UnitSet

DEEPEST_DRAWN = 5


@dataclass(frozen=True, slots=True)
class Branch:
    """A unit as a line of the tree; ``depth`` counts from the highest that is shown."""

    code: str
    name: str
    depth: int
    parent: str
    opened_on: date | None
    closed_on: date | None
    heir: str
    is_open: bool


def tree_of(units: UnitSet, day: date) -> tuple[Branch, ...]:
    """Return units so that each follows its parent, brothers by name; open as of ``day``."""
    rows = list(units.select_related("parent", "merged_into"))
    shown = {unit.pk for unit in rows}
    below: dict[int | None, list[Unit]] = {}
    for unit in sorted(rows, key=lambda one: (one.name.casefold(), one.code)):
        parent = unit.parent_id if unit.parent_id in shown else None
        below.setdefault(parent, []).append(unit)
    lines: list[Branch] = []
    waiting = [(unit, 0) for unit in reversed(below.get(None, []))]
    while waiting:
        unit, depth = waiting.pop()
        lines.append(_branch(unit, depth, day))
        waiting += [(child, depth + 1) for child in reversed(below.get(unit.pk, []))]
    return tuple(lines)


def _branch(unit: Unit, depth: int, day: date) -> Branch:
    return Branch(
        code=unit.code,
        name=unit.name,
        depth=min(depth, DEEPEST_DRAWN),
        parent="" if unit.parent is None else unit.parent.name,
        opened_on=unit.opened_on,
        closed_on=unit.closed_on,
        heir="" if unit.merged_into is None else unit.merged_into.name,
        is_open=unit.is_open_on(day),
    )

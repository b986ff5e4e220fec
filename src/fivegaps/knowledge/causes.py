"""The shipped causes: why each gap opens, and what betrays it."""

from __future__ import annotations

from functools import cache
from typing import Literal

from fivegaps.knowledge.record_files import choice, known, number, read_record, record_ids
from fivegaps.knowledge.table import Table
from fivegaps.model.knowledge import GAPS, STATUSES, Cause, Sign

FOLDER = "causes"


def cause_ids() -> tuple[str, ...]:
    """Return the ids of all causes, in alphabetical order; they begin with their gap."""
    return record_ids(FOLDER)


def causes(
    *, gap: int | None = None, mission: str | None = None, dimension: str | None = None
) -> tuple[Cause, ...]:
    """Return the causes, those of one gap first; all that is given must fit.

    Args:
        gap: 1 to 4, or 5 for the customer's side and recovery.
        mission: A mission id that the cause serves.
        dimension: A RATER dimension; causes for any dimension fit as well.

    Raises:
        FileRefused: A record does not have the form of a cause.
    """
    return tuple(
        one
        for one in map(cause, cause_ids())
        if gap is None or one.gap == gap
        if mission is None or mission in one.mission
        if dimension is None or not one.dimensions or dimension in one.dimensions
    )


@cache
def cause(name: str) -> Cause:
    """Return one cause.

    Raises:
        OptionRefused: There is no cause with this id.
        FileRefused: Its record does not have the form of a cause.
    """
    return read_record(FOLDER, known(FOLDER, name), read_cause)


def read_cause(table: Table) -> Cause:
    """Return the cause that a TOML table describes; faults go to the table's list."""
    gap = table.whole("gap")
    if gap is not None and gap not in GAPS:
        table.fault(f"gap {gap} must be 1 to 5")
    found = Cause(
        id=table.string("id", required=True),
        gap=gap or 1,
        title=table.by_language("title"),
        text=table.by_language("text"),
        mission=table.strings("mission"),
        dimensions=table.strings("dimensions"),
        signs=tuple(_sign(one) for one in table.tables("signs")),
        remedies=table.strings("remedies"),
        sources=table.strings("sources"),
        status=choice(table, "status", STATUSES),
    )
    table.refuse_unknown_keys()
    return found


def _sign(table: Table) -> Sign:
    found = Sign(
        measure=table.string("measure", required=True),
        bad=_side(table) if table.has("bad") else None,
        above=number(table, "above"),
        below=number(table, "below"),
    )
    if sum(one is not None for one in (found.bad, found.above, found.below)) != 1:
        table.fault("a sign has one of bad, above, below")
    table.refuse_unknown_keys()
    return found


def _side(table: Table) -> Literal["low", "high"]:
    return "low" if choice(table, "bad", ("low", "high")) == "low" else "high"

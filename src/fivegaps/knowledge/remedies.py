"""The shipped remedies: cards that say what to do, who does it and how one would know."""

from __future__ import annotations

from functools import cache

from fivegaps.knowledge.record_files import (
    choice,
    known,
    lists_by_language,
    read_record,
    record_ids,
)
from fivegaps.knowledge.table import Table
from fivegaps.model.knowledge import COSTS, OWNERS, STATUSES, Cost, Remedy

FOLDER = "remedies"
_COSTS: dict[str, Cost] = {"low": "low", "medium": "medium", "high": "high"}


def remedy_ids() -> tuple[str, ...]:
    """Return the ids of all remedies, in alphabetical order."""
    return record_ids(FOLDER)


def remedies(
    *,
    gap: int | None = None,
    mission: str | None = None,
    dimension: str | None = None,
    industry: str | None = None,
) -> tuple[Remedy, ...]:
    """Return the remedies; all that is given must fit.

    Args:
        gap: A gap that the remedy helps to close, 1 to 5.
        mission: A mission id that the remedy serves.
        dimension: A RATER dimension; remedies for any dimension fit as well.
        industry: A profile id; remedies for any industry fit as well.

    Raises:
        FileRefused: A record does not have the form of a remedy.
    """
    return tuple(
        one
        for one in map(remedy, remedy_ids())
        if gap is None or gap in one.gaps
        if mission is None or mission in one.mission
        if dimension is None or not one.dimensions or dimension in one.dimensions
        if industry is None or not one.industries or industry in one.industries
    )


@cache
def remedy(name: str) -> Remedy:
    """Return one remedy.

    Raises:
        OptionRefused: There is no remedy with this id.
        FileRefused: Its record does not have the form of a remedy.
    """
    return read_record(FOLDER, known(FOLDER, name), read_remedy)


def read_remedy(table: Table) -> Remedy:
    """Return the remedy that a TOML table describes; faults go to the table's list."""
    found = Remedy(
        id=table.string("id", required=True),
        title=table.by_language("title"),
        text=table.by_language("text"),
        steps=lists_by_language(table, "steps"),
        mission=table.strings("mission"),
        gaps=table.wholes("gaps"),
        dimensions=table.strings("dimensions"),
        industries=table.strings("industries"),
        owner=choice(table, "owner", OWNERS),
        cost=_COSTS[choice(table, "cost", COSTS)],
        weeks=_weeks(table),
        knowing=table.by_language("knowing"),
        metric=table.string("metric", required=True),
        risks=table.by_language("risks"),
        against=table.strings("against"),
        policy=_optional(table, "policy"),
        sources=table.strings("sources"),
        status=choice(table, "status", STATUSES),
    )
    table.refuse_unknown_keys()
    return found


def _weeks(table: Table) -> tuple[int, int]:
    weeks = table.wholes("weeks")
    if len(weeks) != 2 or not 0 <= weeks[0] <= weeks[1]:
        table.fault("'weeks' must be two whole numbers, from and to")
        return 0, 0
    return weeks[0], weeks[1]


def _optional(table: Table, key: str) -> str:
    # An empty text says on purpose that no policy applies.
    return "" if table.value(key) == "" else table.string(key)

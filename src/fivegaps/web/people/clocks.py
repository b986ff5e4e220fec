"""The business clocks of units: their own hours, else those above, and their holidays."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from fivegaps.model.hours import NEVER_OPEN, BusinessClock, Span, Spans, Week
from fivegaps.web.people.models import EVER, Holiday, OpeningHours, Unit
from fivegaps.web.people.selectors import chain_of, zone_of


def clock_for(unit: Unit | None) -> BusinessClock | None:
    """Return when a unit (None: the organisation) is open; None when nobody entered hours.

    On each day the nearest hours hold, from the unit upwards to the organisation; so do the
    nearest holidays.
    """
    chain: list[Unit | None] = [*(chain_of(unit) if unit is not None else ()), None]
    keys = [None if one is None else one.pk for one in chain]
    rows = [row for row in OpeningHours.objects.all() if row.unit_id in keys]
    if not rows:
        return None
    levels = [[row for row in rows if row.unit_id == key] for key in keys]
    starts = sorted({EVER, *(row.since for row in rows)})
    exceptions: dict[date, Spans] = {}
    holidays = [row for row in Holiday.objects.all() if row.unit_id in keys]
    for key in reversed(keys):
        exceptions |= {row.day: spans_in(row.spans) for row in holidays if row.unit_id == key}
    return BusinessClock(
        zone=ZoneInfo(zone_of(unit).key),
        weeks=tuple((day, _week_on(day, levels)) for day in starts),
        exceptions=exceptions,
    )


def week_kept(unit: Unit | None, day: date) -> Week | None:
    """Return the weekly hours that hold in a unit on a day; None when nobody entered any."""
    clock = clock_for(unit)
    held = [week for since, week in clock.weeks if since <= day] if clock is not None else []
    return held[-1] if held else None


def week_in(row: OpeningHours) -> Week | None:
    """Return the hours that a row keeps; None: those above."""
    return None if row.week is None else Week(tuple(spans_in(day) for day in row.week))


def spans_in(pairs: Sequence[Sequence[int]]) -> Spans:
    """Return stretches from their stored pairs."""
    return tuple(Span(opens, closes) for opens, closes in pairs)


def _week_on(day: date, levels: Sequence[Sequence[OpeningHours]]) -> Week:
    for rows in levels:
        held = [row for row in rows if row.since <= day]
        week = week_in(max(held, key=lambda row: row.since)) if held else None
        if week is not None:
            return week
    return NEVER_OPEN

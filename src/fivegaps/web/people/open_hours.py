"""When places are open, as pages show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from babel.dates import get_day_names

from fivegaps.model.hours import Week
from fivegaps.web.people import selectors
from fivegaps.web.people.clocks import clock_for, spans_in, week_in
from fivegaps.web.people.hour_words import told
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import EVER, Holiday, OpeningHours, Unit
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.templatetags.office import babel_locale

SOON = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of a week as a page shows it."""

    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class Period:
    """Weekly hours from a day on; ``id`` only where they may be taken out."""

    id: UUID | None
    since: date | None
    days: tuple[DayLine, ...]


@dataclass(frozen=True, slots=True)
class HolidayLine:
    """A day with other hours."""

    id: UUID | None
    day: date
    name: str
    unit: str
    hours: str


@dataclass(frozen=True, slots=True)
class UnitHours:
    """When a unit is open: now, this week, and on the next holidays."""

    is_known: bool
    is_open: bool
    next_opening: datetime | None
    zone: str
    days: tuple[DayLine, ...]
    holidays: tuple[HolidayLine, ...]


def hours_of_unit(unit: Unit, at: datetime) -> UnitHours:
    """Return when a unit is open; ``is_known`` is False when nobody entered hours."""
    clock = clock_for(unit)
    zone = selectors.zone_of(unit).key.replace("_", " ")
    if clock is None:
        return UnitHours(False, False, None, zone, (), ())
    today = selectors.day_in(unit, at)
    present = [week for since, week in clock.weeks if since <= today]
    holidays = selectors.holidays_of([*selectors.chain_of(unit), None], today)
    soon = [row for row in holidays if row.day <= today + SOON]
    nearest = {row.day: row for row in sorted(soon, key=_depth)}
    return UnitHours(
        is_known=True,
        is_open=clock.is_open(at),
        next_opening=clock.next_opening(at),
        zone=zone,
        days=day_lines(present[-1]) if present else (),
        holidays=tuple(holiday_lines(sorted(nearest.values(), key=lambda row: row.day))),
    )


def periods(rows: Iterable[OpeningHours], *, may_change: bool) -> tuple[Period, ...]:
    """Return weekly hours with the day from which each holds."""
    return tuple(
        Period(
            row.id if may_change else None,
            None if row.since == EVER else row.since,
            () if (week := week_in(row)) is None else day_lines(week),
        )
        for row in rows
    )


def holidays_seen_by(member: Member, today: date) -> tuple[HolidayLine, ...]:
    """Return the holidays to come in the places that a member may see."""
    units = selectors.units_visible_to(member, Right.SEE_PLACES)
    mine = set(selectors.units_visible_to(member, Right.CHANGE_PLACES).values_list("pk", flat=True))
    if member.may_everywhere(Right.CHANGE_PLACES):
        mine.add(0)
    rows = selectors.holidays_of([None, *units], today)
    return tuple(holiday_lines(rows, {row.id for row in rows if (row.unit_id or 0) in mine}))


def holiday_lines(rows: Iterable[Holiday], changed: Iterable[UUID] = ()) -> Iterable[HolidayLine]:
    """Yield holidays as lines; ``changed`` names those that may be taken out."""
    may = set(changed)
    for row in rows:
        unit = "" if row.unit is None else row.unit.name
        yield HolidayLine(
            row.id if row.id in may else None, row.day, row.name, unit, told(spans_in(row.spans))
        )


def day_lines(week: Week) -> tuple[DayLine, ...]:
    """Return the days of a week in the reader's language."""
    names = get_day_names("wide", locale=babel_locale())
    return tuple(DayLine(names[number], told(spans)) for number, spans in enumerate(week.days))


def _depth(row: Holiday) -> int:
    return -1 if row.unit is None else row.unit.depth

"""Opening hours, holidays and time zones of places."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.model.hours import Spans, Week
from fivegaps.web.people.models import EVER, Holiday, OpeningHours, Unit
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


@transaction.atomic
def keep_hours(
    *,
    actor: audit.Actor | None,
    unit: Unit | None,
    since: date | None,
    week: Week | None,
    at: datetime,
) -> OpeningHours:
    """Keep the weekly hours of a unit (None: of the organisation) from a day on.

    Args:
        actor: Who changes them.
        unit: Whose hours.
        since: From which day; None: as long as anybody knows.
        week: The hours; None: those of the unit above again.
        at: Now.

    Raises:
        ValidationError: The organisation has nothing above it.
    """
    if unit is None and week is None:
        raise ValidationError(_("Nothing stands above the organisation: enter its hours."))
    day = since or EVER
    row = OpeningHours.objects.filter(unit=unit, since=day).first()
    row = row or OpeningHours(unit=unit, since=day)
    row.week = None if week is None else [_pairs(spans) for spans in week.days]
    row.full_clean(exclude=["week"])
    row.save()
    _record(actor, "changed-hours", unit, at)
    return row


@transaction.atomic
def keep_hours_and_zone(
    *,
    actor: audit.Actor,
    unit: Unit,
    since: date | None,
    week: Week | None,
    time_zone: str,
    at: datetime,
) -> None:
    """Keep what the page of a unit's hours asks for; a unit that has none keeps none for None."""
    choose_zone(actor=actor, unit=unit, time_zone=time_zone, at=at)
    if week is not None or OpeningHours.objects.filter(unit=unit).exists():
        keep_hours(actor=actor, unit=unit, since=since, week=week, at=at)


@transaction.atomic
def drop_hours(*, actor: audit.Actor, row: OpeningHours, at: datetime) -> None:
    """Take weekly hours out again: those before them go on."""
    row.delete()
    _record(actor, "dropped-hours", row.unit, at)


@transaction.atomic
def keep_holiday(
    *,
    actor: audit.Actor | None,
    unit: Unit | None,
    day: date,
    name: str,
    spans: Spans,
    at: datetime,
) -> tuple[Holiday, str]:
    """Keep other hours on one day; no stretch: closed. A day that is there gets the new ones.

    Returns:
        The holiday, and ``new``, ``changed`` or ``same``.
    """
    row = Holiday.objects.filter(unit=unit, day=day).first()
    wanted = (tidy(name), _pairs(spans))
    if row is not None and (row.name, row.spans) == wanted:
        return row, "same"
    outcome = "new" if row is None else "changed"
    row = row or Holiday(unit=unit, day=day)
    row.name, row.spans = wanted
    row.full_clean(exclude=["spans"])
    row.save()
    _record(actor, "changed-holidays", unit, at)
    return row, outcome


@transaction.atomic
def drop_holiday(*, actor: audit.Actor, holiday: Holiday, at: datetime) -> None:
    """Take a holiday out: the day is as others."""
    holiday.delete()
    _record(actor, "changed-holidays", holiday.unit, at)


@transaction.atomic
def choose_zone(*, actor: audit.Actor, unit: Unit, time_zone: str, at: datetime) -> Unit:
    """Give a unit its own time zone; empty: that of the unit above.

    Raises:
        ValidationError: There is no such zone.
    """
    if time_zone:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValidationError({"time_zone": _("There is no such time zone.")}) from None
    if unit.time_zone != time_zone:
        unit.time_zone = time_zone
        unit.full_clean()
        unit.save(update_fields=["time_zone"])
        _record(actor, "changed-zone", unit, at)
    return unit


def _pairs(spans: Spans) -> list[list[int]]:
    return [[span.opens, span.closes] for span in spans]


def _record(actor: audit.Actor | None, verb: str, unit: Unit | None, at: datetime) -> None:
    kind, subject = ("organisation", 1) if unit is None else ("unit", unit.pk)
    audit.record(actor=actor, verb=verb, kind=kind, subject=subject, at=at)

"""Holidays from a calendar file (.ics): each whole day of an event is a holiday."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils.translation import gettext as _
from icalendar import Calendar

from fivegaps.errors import Fault, FileRefused
from fivegaps.web.people.sheets import MOST_ROWS, Line
from fivegaps.web.shared.text import tidy

LONGEST_HOLIDAY = 31


def read_calendar(path: Path, *, name: str) -> list[Line]:
    """Return the days of the events in a calendar file as rows; numbers count the events.

    Raises:
        FileRefused: It is no calendar, or an event repeats, has no day or is too long.
    """
    try:
        calendar = Calendar.from_ical(path.read_bytes())
        events = list(calendar.walk("VEVENT"))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError):
        advice = _("Choose a file that a calendar program exported, or a table.")
        raise FileRefused(name, Fault(_("is no calendar file."), advice)) from None
    lines: dict[date, Line] = {}
    for number, event in enumerate(events, start=1):
        if "RRULE" in event:
            advice = _("Export each year's days as single events.")
            raise FileRefused(name, Fault(_("has an event that repeats."), advice, number))
        first = getattr(event.get("DTSTART"), "dt", None)
        last = getattr(event.get("DTEND"), "dt", None)
        if not isinstance(first, date):
            raise FileRefused(name, Fault(_("has an event without a day."), "", number))
        begins = first.date() if isinstance(first, datetime) else first
        ends = last.date() if isinstance(last, datetime) else last
        days = max((ends - begins).days, 1) if isinstance(ends, date) else 1
        if days > LONGEST_HOLIDAY or len(lines) > MOST_ROWS:
            raise FileRefused(name, Fault(_("has an event that is no holiday."), "", number))
        title = tidy(str(event.get("SUMMARY", "")))[:120]
        for more in range(days):
            day = begins + timedelta(days=more)
            lines.setdefault(day, Line(number, {"day": day.isoformat(), "name": title}))
    if not lines:
        raise FileRefused(name, Fault(_("has no events.")))
    return list(lines.values())

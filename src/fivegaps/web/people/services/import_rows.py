"""What one row of a file does: ``new``, ``changed`` or ``same``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from fivegaps.web.people.hour_words import hours_in
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.people.selectors import day_in
from fivegaps.web.people.services import employees, hours, touchpoints, units
from fivegaps.web.people.sheets import Line


def unit_row(actor: Member, line: Line, at: datetime) -> str:
    """Open, change or close one unit."""
    cells = line.cells
    parent = _named(cells["parent"]) if cells.get("parent") else None
    unit = Unit.objects.filter(code=cells["code"]).select_related("parent").first()
    outcome = "same"
    if unit is None:
        unit = units.open_unit(
            actor=actor,
            code=cells["code"],
            name=cells["name"],
            parent=parent,
            opened_on=line.day("opened_on"),
            at=at,
        )
        outcome = "new"
    else:
        wanted = {
            "name": cells["name"],
            "parent": parent if "parent" in cells else unit.parent,
            "opened_on": line.day("opened_on") if "opened_on" in cells else unit.opened_on,
        }
        if any(getattr(unit, name) != value for name, value in wanted.items()):
            units.change_unit(actor=actor, unit=unit, at=at, **wanted)  # type: ignore[arg-type]
            outcome = "changed"
    closed_on = line.day("closed_on")
    if closed_on is not None and unit.closed_on is None:
        units.close_unit(actor=actor, unit=unit, closed_on=closed_on, at=at)
        outcome = "new" if outcome == "new" else "changed"
    return outcome


def employee_row(actor: Member, line: Line, at: datetime) -> str:
    """Add, mend, move or let go one employee."""
    cells = line.cells
    unit = _named(cells["unit"])
    employee = Employee.objects.filter(code=cells["code"]).select_related("unit").first()
    outcome = "same"
    if employee is None:
        employee = employees.add_employee(
            actor=actor,
            code=cells["code"],
            name=cells["name"],
            unit=unit,
            joined_on=line.day("joined_on"),
            at=at,
        )
        outcome = "new"
    joined_on = line.day("joined_on") if "joined_on" in cells else employee.joined_on
    if (employee.name, employee.joined_on) != (cells["name"], joined_on):
        employees.change_employee(
            actor=actor, employee=employee, name=cells["name"], joined_on=joined_on, at=at
        )
        outcome = "changed"
    left_on = line.day("left_on") if "left_on" in cells else employee.left_on
    if left_on is None and employee.left_on is not None:
        since = line.day("moved_on") or day_in(unit, at)
        employees.come_back(actor=actor, employee=employee, unit=unit, since=since, at=at)
        outcome = "changed"
    elif employee.unit_id != unit.pk:
        moved_on = line.day("moved_on") or day_in(unit, at)
        employees.move_employee(actor=actor, employee=employee, unit=unit, moved_on=moved_on, at=at)
        outcome = "changed"
    if left_on is not None and left_on != employee.left_on:
        employees.leave(actor=actor, employee=employee, left_on=left_on, at=at)
        outcome = "new" if outcome == "new" else "changed"
    return outcome


def touchpoint_row(actor: Member, line: Line, at: datetime) -> str:
    """Add or change one touchpoint."""
    cells = line.cells
    row = Touchpoint.objects.filter(code=cells["code"]).select_related("channel").first()
    outcome = "same"
    if row is None:
        row = touchpoints.add_touchpoint(
            actor=actor,
            code=cells["code"],
            name=cells["name"],
            channel=_channel(cells.get("channel", "")),
            at=at,
        )
        outcome = "new"
    wanted = {
        "name": cells["name"],
        "channel": _channel(cells["channel"]) if "channel" in cells else row.channel,
        "closed_on": line.day("closed_on") if "closed_on" in cells else row.closed_on,
    }
    if any(getattr(row, name) != value for name, value in wanted.items()):
        touchpoints.change_touchpoint(actor=actor, touchpoint=row, at=at, **wanted)  # type: ignore[arg-type]
        outcome = "new" if outcome == "new" else "changed"
    return outcome


def holiday_row(actor: Member, line: Line, at: datetime) -> str:
    """Add or change one holiday, of a unit or of the whole organisation."""
    cells = line.cells
    _, outcome = hours.keep_holiday(
        actor=actor,
        unit=_named(cells["unit"]) if cells.get("unit") else None,
        day=date.fromisoformat(cells["day"]),
        name=cells["name"],
        spans=hours_in(cells.get("hours", "")),
        at=at,
    )
    return outcome


def _named(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        told = {"code": code}
        raise ValidationError(_("there is no unit %(code)s, neither here nor in the file") % told)
    return unit


def _channel(code: str) -> Channel | None:
    channel = Channel.objects.filter(code=code).first()
    if channel is None and code:
        raise ValidationError(_("there is no channel %(code)s") % {"code": code})
    return channel


ROWS: dict[str, Callable[[Member, Line, datetime], str]] = {
    "units": unit_row,
    "employees": employee_row,
    "touchpoints": touchpoint_row,
    "holidays": holiday_row,
}

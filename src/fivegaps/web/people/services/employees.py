"""Employees: added, changed, leaving."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fivegaps.web.people.models import Employee, Unit
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


@transaction.atomic
def add_employee(
    *,
    actor: audit.Actor | None,
    code: str,
    name: str,
    unit: Unit,
    joined_on: date | None,
    at: datetime,
) -> Employee:
    """Return a new employee of a unit.

    Raises:
        ValidationError: The code is taken.
    """
    employee = Employee(code=code, name=tidy(name), unit=unit, joined_on=joined_on)
    employee.full_clean()
    employee.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="employee", subject=employee.id, at=at)
    return employee


@transaction.atomic
def change_employee(
    *,
    actor: audit.Actor,
    employee: Employee,
    name: str,
    unit: Unit,
    joined_on: date | None,
    left_on: date | None,
    at: datetime,
) -> Employee:
    """Rename an employee, move one to another unit, or note the day on which one left."""
    employee.name, employee.unit = tidy(name), unit
    employee.joined_on, employee.left_on = joined_on, left_on
    employee.full_clean()
    employee.save()
    audit.record(actor=actor, verb="changed", kind="employee", subject=employee.id, at=at)
    return employee

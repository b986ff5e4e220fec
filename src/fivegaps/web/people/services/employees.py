"""Employees: added, changed, moved, leaving, coming back. Where each worked is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.accounts.models import User
from fivegaps.web.people.models import Employee, Posting, Unit
from fivegaps.web.people.selectors import day_in, zone_of
from fivegaps.web.people.services.memberships import check_may_go, deactivate
from fivegaps.web.shared import audit
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.text import tidy

LEAVING = "people.leaving"
ONE_DAY = timedelta(days=1)


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
    _post(employee, unit, joined_on)
    audit.record(actor=actor, verb="added", kind="employee", subject=employee.id, at=at)
    return employee


@transaction.atomic
def change_employee(
    *, actor: audit.Actor, employee: Employee, name: str, joined_on: date | None, at: datetime
) -> Employee:
    """Mend a name or the first day at work.

    Raises:
        ValidationError: The first day lies behind a later one.
    """
    first = employee.postings.first()
    employee.name, employee.joined_on = tidy(name), joined_on
    employee.full_clean()
    employee.save()
    if first is not None and first.from_on != joined_on:
        if joined_on is not None and first.until_on is not None and first.until_on < joined_on:
            raise ValidationError({"joined_on": _("There are later days in this unit already.")})
        first.from_on = joined_on
        first.save(update_fields=["from_on"])
    audit.record(actor=actor, verb="changed", kind="employee", subject=employee.id, at=at)
    return employee


@transaction.atomic
def move_employee(
    *, actor: audit.Actor, employee: Employee, unit: Unit, moved_on: date, at: datetime
) -> Employee:
    """Let an employee work in another unit from a day on; the days before stay with the former.

    Raises:
        ValidationError: One left, the unit is closed, or the day does not fit.
    """
    if employee.left_on is not None:
        raise ValidationError(_("This person has left; let the person come back first."))
    if unit.closed_on is not None:
        raise ValidationError({"unit": _("This unit is closed; choose one that is open.")})
    if unit.pk == employee.unit_id:
        raise ValidationError({"unit": _("The person works there already.")})
    if moved_on > day_in(unit, at):
        raise ValidationError({"moved_on": _("This day is still to come; note the move then.")})
    present = employee.postings.filter(until_on=None).first()
    if present is not None and present.from_on is not None and moved_on < present.from_on:
        raise ValidationError({"moved_on": _("The person came to the present unit after that.")})
    go_over(employee=employee, unit=unit, moved_on=moved_on)
    audit.record(actor=actor, verb="moved", kind="employee", subject=employee.id, at=at)
    return employee


def go_over(*, employee: Employee, unit: Unit, moved_on: date) -> None:
    """Write a move down. Call inside a transaction whose deed goes into the log."""
    present = employee.postings.filter(until_on=None).first()
    if present is not None and present.from_on is not None and moved_on <= present.from_on:
        present.unit = unit
        present.save(update_fields=["unit"])
    else:
        if present is not None:
            present.until_on = moved_on - ONE_DAY
            present.save(update_fields=["until_on"])
        _post(employee, unit, moved_on)
    employee.unit = unit
    employee.save(update_fields=["unit"])


@transaction.atomic
def leave(*, actor: audit.Actor, employee: Employee, left_on: date, at: datetime) -> Employee:
    """Note the last day at work; after it the account is shut and signed out everywhere.

    Answers and history stay. A day to come shuts the account when it is over.

    Raises:
        ValidationError: The day lies before the first in the present unit, or nobody would be
            left to administer the office.
    """
    last = employee.postings.filter(until_on=employee.left_on).last()
    if last is not None and last.from_on is not None and left_on < last.from_on:
        raise ValidationError({"left_on": _("The person came to the present unit after that.")})
    if employee.user is not None:
        check_may_go(employee.user)
    employee.left_on = left_on
    employee.full_clean()
    employee.save()
    if last is not None:
        last.until_on = left_on
        last.save(update_fields=["until_on"])
    audit.record(actor=actor, verb="left", kind="employee", subject=employee.id, at=at)
    shut_when_gone(employee_id=employee.id, actor=actor, at=at)
    return employee


@transaction.atomic
def shut_when_gone(*, employee_id: UUID, actor: audit.Actor | None, at: datetime) -> None:
    """Shut the account of somebody whose last day is over; else put that down for later."""
    employee = Employee.objects.select_related("unit", "user").filter(id=employee_id).first()
    if employee is None or employee.user is None or employee.left_on is None:
        return
    if not employee.user.is_active:
        return
    if employee.left_on < day_in(employee.unit, at):
        deactivate(actor=actor, user=employee.user, at=at)
        return
    gone = datetime.combine(
        employee.left_on + ONE_DAY, datetime.min.time(), tzinfo=zone_of(employee.unit)
    )
    outbox.put(
        kind=LEAVING,
        key=f"{LEAVING}.{employee.id}.{employee.left_on}",
        payload={"employee": str(employee.id)},
        due_at=gone,
        at=at,
    )


@transaction.atomic
def come_back(
    *, actor: audit.Actor, employee: Employee, unit: Unit, since: date, at: datetime
) -> Employee:
    """Let somebody who left work here again; an account stays shut until somebody opens it.

    Coming back to the same unit on the day after the last one takes the leaving back.

    Raises:
        ValidationError: The person has not left, or was still here on that day.
    """
    left_on = employee.left_on
    if left_on is None:
        raise ValidationError(_("This person has not left."))
    if since <= left_on:
        raise ValidationError({"since": _("The person still worked here on that day.")})
    if unit.closed_on is not None:
        raise ValidationError({"unit": _("This unit is closed; choose one that is open.")})
    last = employee.postings.filter(until_on=left_on).last()
    employee.left_on, employee.unit = None, unit
    employee.full_clean()
    employee.save()
    if last is not None and last.unit_id == unit.pk and since == left_on + ONE_DAY:
        last.until_on = None
        last.save(update_fields=["until_on"])
    else:
        _post(employee, unit, since)
    audit.record(actor=actor, verb="came-back", kind="employee", subject=employee.id, at=at)
    return employee


@transaction.atomic
def link_account(
    *, actor: audit.Actor, employee: Employee, user: User | None, at: datetime
) -> Employee:
    """Say which account an employee signs in with; None: without one.

    Raises:
        ValidationError: The account is another employee's.
    """
    employee.user = user
    employee.full_clean()
    employee.save(update_fields=["user"])
    audit.record(actor=actor, verb="linked", kind="employee", subject=employee.id, at=at)
    shut_when_gone(employee_id=employee.id, actor=actor, at=at)
    return employee


def _post(employee: Employee, unit: Unit, from_on: date | None) -> None:
    posting = Posting(employee=employee, unit=unit, from_on=from_on)
    posting.full_clean()
    posting.save(force_insert=True)

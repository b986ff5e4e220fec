"""Units: opened, changed, moved, closed, merged."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr
from django.utils.translation import gettext as _

from fivegaps.web.people.models import Unit
from fivegaps.web.people.services.employees import go_over
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


@transaction.atomic
def open_unit(
    *,
    actor: audit.Actor | None,
    code: str,
    name: str,
    parent: Unit | None,
    opened_on: date | None,
    at: datetime,
) -> Unit:
    """Return a new unit under ``parent`` (None: at the top).

    Raises:
        ValidationError: The code is taken, or the parent is closed.
    """
    if parent is not None and parent.closed_on is not None:
        raise ValidationError({"parent": _("This unit is closed; choose one that is open.")})
    unit = Unit(code=code, name=tidy(name), parent=parent, opened_on=opened_on)
    unit.path = f"new/{code}"
    unit.full_clean()
    unit.save(force_insert=True)
    unit.path = f"{'/' if parent is None else parent.path}{unit.pk}/"
    unit.save(update_fields=["path"])
    audit.record(actor=actor, verb="opened", kind="unit", subject=unit.pk, at=at)
    return unit


@transaction.atomic
def change_unit(
    *,
    actor: audit.Actor,
    unit: Unit,
    name: str,
    parent: Unit | None,
    opened_on: date | None,
    at: datetime,
) -> Unit:
    """Rename a unit or move it with everything below; its code stays, files name it by that.

    Raises:
        ValidationError: The new parent is closed or stands below the unit.
    """
    if parent is not None and parent.path.startswith(unit.path):
        raise ValidationError({"parent": _("A unit cannot stand below itself.")})
    if parent is not None and parent.closed_on is not None and parent.pk != unit.parent_id:
        raise ValidationError({"parent": _("This unit is closed; choose one that is open.")})
    before, after = unit.path, f"{'/' if parent is None else parent.path}{unit.pk}/"
    unit.name, unit.parent, unit.opened_on = tidy(name), parent, opened_on
    unit.full_clean()
    unit.save()
    if before != after:
        rest = Substr(F("path"), len(before) + 1)
        Unit.objects.filter(path__startswith=before).update(path=Concat(Value(after), rest))
        unit.path = after
    audit.record(actor=actor, verb="changed", kind="unit", subject=unit.pk, at=at)
    return unit


@transaction.atomic
def close_unit(*, actor: audit.Actor, unit: Unit, closed_on: date, at: datetime) -> Unit:
    """Close a unit from a day on; its answers stay with it.

    Raises:
        ValidationError: It is closed, or an open unit stands below it.
    """
    _check_may_close(unit)
    unit.closed_on = closed_on
    unit.full_clean()
    unit.save()
    audit.record(actor=actor, verb="closed", kind="unit", subject=unit.pk, at=at)
    return unit


@transaction.atomic
def reopen_unit(*, actor: audit.Actor, unit: Unit, at: datetime) -> Unit:
    """Take a closing or a merger back: closed by mistake, or opened again."""
    unit.closed_on, unit.merged_into = None, None
    unit.full_clean()
    unit.save()
    audit.record(actor=actor, verb="reopened", kind="unit", subject=unit.pk, at=at)
    return unit


@transaction.atomic
def merge_unit(
    *, actor: audit.Actor, unit: Unit, into: Unit, merged_on: date, at: datetime
) -> Unit:
    """Close a unit and name its heir; its employees go over, its answers keep their unit.

    Raises:
        ValidationError: One of them is closed, they are the same, or one stands below the other.
    """
    _check_may_close(unit)
    if into.closed_on is not None:
        raise ValidationError({"into": _("This unit is closed; choose one that is open.")})
    if into.path.startswith(unit.path):
        raise ValidationError({"into": _("Choose a unit that does not stand below this one.")})
    unit.closed_on, unit.merged_into = merged_on, into
    unit.full_clean()
    unit.save()
    for employee in unit.employees.filter(left_on=None):
        go_over(employee=employee, unit=into, moved_on=merged_on)
    audit.record(actor=actor, verb="merged", kind="unit", subject=f"{unit.pk}>{into.pk}", at=at)
    return unit


def _check_may_close(unit: Unit) -> None:
    if unit.closed_on is not None:
        raise ValidationError(_("This unit is closed already."))
    if unit.children.filter(closed_on=None).exists():
        raise ValidationError(_("Units below this one are open. Close, merge or move them first."))

"""Files of units and employees: staged, tried, then applied whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import Fault
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import Employee, StagedImport, Unit
from fivegaps.web.people.services import employees, units
from fivegaps.web.people.sheets import Line, as_json, from_json, plain_faults
from fivegaps.web.shared import audit
from fivegaps.web.shared.forms import is_code


@dataclass(frozen=True, slots=True)
class Trial:
    """What a file would do: rows read = new + changed + same + faulty."""

    read: int
    new: int
    changed: int
    same: int
    faulty: int
    faults: tuple[Fault, ...]

    @property
    def is_good(self) -> bool:
        """Whether it can be applied, and would do anything."""
        return not self.faults and bool(self.new + self.changed)


@transaction.atomic
def stage(
    *, actor: Member, kind: str, name: str, lines: Sequence[Line], at: datetime
) -> StagedImport:
    """Keep the rows of a file until they are applied; former ones of this person go."""
    StagedImport.objects.filter(user_id=actor.user_id).delete()
    staged = StagedImport(
        user_id=actor.user_id, kind=kind, name=name[-200:], rows=as_json(lines), created_at=at
    )
    staged.full_clean()
    staged.save(force_insert=True)
    return staged


def try_out(*, actor: Member, staged: StagedImport, at: datetime) -> Trial:
    """Return what the staged rows would do, with every fault; changes nothing."""
    with transaction.atomic():
        trial = _run(actor, staged.kind, from_json(staged.rows), at)
        transaction.set_rollback(True)
    return trial


@transaction.atomic
def apply(*, actor: Member, staged: StagedImport, at: datetime) -> Trial:
    """Apply the staged rows, all of them.

    Raises:
        ValidationError: A row does not fit (any more); nothing was changed.
    """
    trial = _run(actor, staged.kind, from_json(staged.rows), at)
    if trial.faults:
        raise ValidationError(str(trial.faults[0]))
    audit.record(actor=actor, verb="imported", kind=staged.kind, subject=staged.id, at=at)
    staged.delete()
    return trial


def _run(actor: Member, kind: str, lines: list[Line], at: datetime) -> Trial:
    faults = [fault for line in lines for fault in plain_faults(line, kind)]
    faults += _twice(lines)
    bad = {fault.row for fault in faults}
    counted = {"new": 0, "changed": 0, "same": 0}
    one = _unit if kind == "units" else _employee
    for line in _parents_first(lines) if kind == "units" else lines:
        if line.number in bad:
            continue
        try:
            with transaction.atomic():
                counted[one(actor, line, at)] += 1
        except ValidationError as error:
            faults.append(Fault("; ".join(error.messages), "", line.number))
    faulty = len({fault.row for fault in faults})
    ordered = tuple(sorted(faults, key=lambda fault: fault.row or 0))
    return Trial(len(lines), faulty=faulty, faults=ordered, **counted)


def _twice(lines: Sequence[Line]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for line in lines:
        code = line.cells.get("code", "")
        if code and not is_code(code):
            advice = _("Use lower-case letters a to z, digits and hyphens, such as riga-centre.")
            yield Fault(_("is no code."), advice, line.number, "code", code)
        elif code in seen:
            yield Fault(
                _("stands in row %(row)s already.") % {"row": seen[code]},
                "",
                line.number,
                "code",
                code,
            )
        seen.setdefault(code, line.number)


def _parents_first(lines: Sequence[Line]) -> Iterator[Line]:
    waiting = {line.cells.get("code", ""): line for line in lines}
    done: set[str] = set()
    for line in lines:
        chain, code = [], line.cells.get("code", "")
        while code in waiting and code not in done:
            done.add(code)
            chain.append(waiting[code])
            code = waiting[code].cells.get("parent", "")
        yield from reversed(chain)
    yield from (line for line in lines if waiting[line.cells.get("code", "")] is not line)


def _unit(actor: Member, line: Line, at: datetime) -> str:
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


def _employee(actor: Member, line: Line, at: datetime) -> str:
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
    wanted = {
        "name": cells["name"],
        "unit": unit,
        "joined_on": line.day("joined_on") if "joined_on" in cells else employee.joined_on,
        "left_on": line.day("left_on") if "left_on" in cells else employee.left_on,
    }
    if any(getattr(employee, name) != value for name, value in wanted.items()):
        employees.change_employee(actor=actor, employee=employee, at=at, **wanted)  # type: ignore[arg-type]
        outcome = "new" if outcome == "new" else "changed"
    return outcome


def _named(code: str) -> Unit:
    unit = Unit.objects.filter(code=code).first()
    if unit is None:
        told = {"code": code}
        raise ValidationError(_("there is no unit %(code)s, neither here nor in the file") % told)
    return unit

"""Files of people and places: staged, tried, then applied whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import Fault
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import StagedImport
from fivegaps.web.people.services.import_rows import ROWS
from fivegaps.web.people.sheets import KEYS, Line, as_json, from_json, plain_faults
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
    faults += _twice(lines, kind)
    bad = {fault.row for fault in faults}
    counted = {"new": 0, "changed": 0, "same": 0}
    one = ROWS[kind]
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


def _twice(lines: Sequence[Line], kind: str) -> Iterator[Fault]:
    seen: dict[tuple[str, ...], int] = {}
    names = KEYS.get(kind, ("code",))
    for line in lines:
        key = tuple(line.cells.get(name, "") for name in names)
        code = line.cells.get("code", "")
        if code and not is_code(code):
            advice = _("Use lower-case letters a to z, digits and hyphens, such as riga-centre.")
            yield Fault(_("is no code."), advice, line.number, "code", code)
        elif key in seen:
            yield Fault(
                _("stands in row %(row)s already.") % {"row": seen[key]},
                "",
                line.number,
                names[-1],
                key[-1],
            )
        seen.setdefault(key, line.number)


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

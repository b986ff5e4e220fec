"""Put people on the list of a wave: read, tried out, then added whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import Fault
from fivegaps.web.collecting.addresses import address_key, address_keys, tidy_address
from fivegaps.web.collecting.lists import Row
from fivegaps.web.collecting.models import Outcome, Recipient, StagedList, Suppression
from fivegaps.web.collecting.selectors import campaign_of
from fivegaps.web.collecting.services.campaigns import queue
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import Channel, Employee, Unit
from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import has_unseen_signs
from fivegaps.web.surveys.models import State, Survey, Wave

LONGEST = {"name": 120, "external_id": 80}


@dataclass(frozen=True, slots=True)
class Trial:
    """What a list would do: rows read = new + known + twice + stopped + faulty."""

    read: int
    new: int
    known: int
    twice: int
    stopped: int
    faulty: int
    faults: tuple[Fault, ...]

    @property
    def is_good(self) -> bool:
        """Whether the list can be added, and would add anybody."""
        return not self.faults and self.new > 0


@dataclass(frozen=True, slots=True)
class Places:
    """What rows may name: places by code, and the language where they name none."""

    units: Mapping[str, int]
    channels: Mapping[str, int]
    employees: Mapping[str, UUID]
    usual_language: str


@transaction.atomic
def stage(
    *, actor: Member, survey: Survey, name: str, rows: Sequence[Row], at: datetime
) -> StagedList:
    """Keep the rows of a list until they are added; former ones of this person go."""
    StagedList.objects.filter(user_id=actor.user_id).delete()
    staged = StagedList(
        user_id=actor.user_id,
        survey=survey,
        name=name[-200:],
        rows=[[row.number, dict(row.cells)] for row in rows],
        created_at=at,
    )
    staged.full_clean()
    staged.save(force_insert=True)
    return staged


def try_out(*, staged: StagedList, wave: Wave) -> Trial:
    """Return what the staged rows would do, with every fault; changes nothing."""
    trial, _new = _look(staged, wave)
    return trial


@transaction.atomic
def add(*, actor: Member, staged: StagedList, wave: Wave, at: datetime) -> Trial:
    """Put the staged rows on the list of a wave; invited at once while mails go out.

    Raises:
        ValidationError: A row does not fit (any more), or the wave is over.
    """
    if wave.state == State.CLOSED:
        raise ValidationError(_("This wave is closed; nobody can be invited any more."))
    trial, new = _look(staged, wave)
    if trial.faults:
        raise ValidationError(str(trial.faults[0]))
    for recipient in new:
        recipient.added_at = at
    Recipient.objects.bulk_create(new, batch_size=500)
    audit.record(actor=actor, verb="listed recipients", kind="wave", subject=wave.id, at=at)
    staged.delete()
    if campaign_of(wave).is_sending:
        queue(wave=wave, at=at)
    return trial


def language_for(survey: Survey, wanted: str = "") -> str:
    """Return the language in which a person is written to."""
    own = organisation()
    for lang in (wanted, "" if own is None else own.language):
        if lang in survey.languages:
            return str(lang)
    return str(survey.languages[0])


def _look(staged: StagedList, wave: Wave) -> tuple[Trial, list[Recipient]]:
    places = Places(
        dict(Unit.objects.filter(closed_on=None).values_list("code", "id")),
        dict(Channel.objects.filter(closed_on=None).values_list("code", "id")),
        dict(Employee.objects.filter(left_on=None).values_list("code", "id")),
        language_for(wave.survey),
    )
    listed = Recipient.objects.filter(wave=wave, event="")
    known = set(listed.values_list("address_key", flat=True))
    stopped = set(Suppression.objects.values_list("address_key", flat=True))
    faults: list[Fault] = []
    seen: set[str] = set()
    new: list[Recipient] = []
    counted = {"known": 0, "twice": 0, "stopped": 0}
    for number, cells in staged.rows:
        row = Row(number, cells)
        wrong = list(_faults(row, wave.survey, places))
        if wrong:
            faults += wrong
            continue
        address = tidy_address(cells["email"])
        key = address_key(address)
        if key in known:
            counted["known"] += 1
        elif key in seen:
            counted["twice"] += 1
        elif stopped and stopped & set(address_keys(address)):
            counted["stopped"] += 1
        else:
            new.append(_recipient(row, wave, places, address, key))
        seen.add(key)
    read, faulty = len(staged.rows), len({fault.row for fault in faults})
    return Trial(read, len(new), faulty=faulty, faults=tuple(faults), **counted), new


def _recipient(row: Row, wave: Wave, places: Places, address: str, key: str) -> Recipient:
    cells = row.cells
    return Recipient(
        wave=wave,
        address=address,
        address_key=key,
        name=cells.get("name", ""),
        lang=cells.get("language") or places.usual_language,
        external_id=cells.get("external_id", ""),
        unit_id=places.units.get(cells.get("unit", "")),
        channel_id=places.channels.get(cells.get("channel", "")),
        employee_id=places.employees.get(cells.get("employee", "")),
        outcome=Outcome.LISTED,
    )


def _faults(row: Row, survey: Survey, places: Places) -> Iterator[Fault]:
    def fault(column: str, what: str, advice: str = "") -> Fault:
        return Fault(what, advice, row.number, column, row.cells.get(column, "")[:60])

    try:
        tidy_address(row.cells.get("email", ""))
    except ValidationError:
        yield fault("email", _("is no e-mail address."))
    if any(has_unseen_signs(text) for text in row.cells.values()):
        yield Fault(_("holds signs that cannot be seen."), "", row.number)
    for column, most in LONGEST.items():
        if len(row.cells.get(column, "")) > most:
            yield fault(column, _("is too long."), _("At most %(n)s signs.") % {"n": most})
    lang = row.cells.get("language", "")
    if lang and lang not in survey.languages:
        offered = ", ".join(survey.languages)
        yield fault("language", _("is no language of this survey."), offered)
    for column, codes in (
        ("unit", places.units),
        ("channel", places.channels),
        ("employee", places.employees),
    ):
        code = row.cells.get(column, "")
        if code and code not in codes:
            yield fault(column, _("is not known here, or closed."))
    if row.cells.get("employee") and not survey.names_employee:
        yield fault("employee", _("is not kept: this survey does not name employees."))

"""Fill an empty office with the invented bank: whole or not at all."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from random import Random

from django.db import transaction

from fivegaps.errors import FivegapsError
from fivegaps.io.company.company import Company
from fivegaps.model.company.settings import Wave as Round
from fivegaps.web.accounts.models import User
from fivegaps.web.demo.accounts import add_administrator, add_colleagues
from fivegaps.web.demo.answers import responses_of
from fivegaps.web.demo.visit import add_visit_survey
from fivegaps.web.people.models import Channel, ChannelKind, Employee, Organisation, Unit
from fivegaps.web.people.rights import Role
from fivegaps.web.people.selectors import is_set_up, organisation
from fivegaps.web.people.services.channels import add_channel
from fivegaps.web.people.services.employees import add_employee
from fivegaps.web.people.services.units import open_unit
from fivegaps.web.shared import audit
from fivegaps.web.surveys.models import Identification, Link, Reach, Response, Survey, Wave
from fivegaps.web.surveys.services.programmes import add_link, add_wave, create_survey, move_wave

INSTRUMENT = "rater-22"
TITLE = "What our customers expect and feel"
TIME_ZONE = "Europe/Riga"
CHANNELS = {
    "counter": ("Counter", ChannelKind.COUNTER),
    "phone": ("Phone", ChannelKind.PHONE),
    "web": ("Website", ChannelKind.WEB),
}
STAFF = ("Adviser", "Adviser for loans", "Cashier")  # of each branch
FIELDED_DAYS = 30
BATCH = 500


class NotTheDemo(FivegapsError):
    """The office belongs to somebody: an invented bank would be mixed with real answers."""

    def __init__(self) -> None:
        super().__init__(
            "this office is in use, and the demo fills an empty one only; "
            "name another folder: FIVEGAPS_HOME=out/office fivegaps demo"
        )


def is_filled() -> bool:
    """Return whether the demo is here already.

    Raises:
        NotTheDemo: Somebody else's office is here.
    """
    own = organisation()
    if own is not None and own.is_invented:
        return True
    if own is not None or is_set_up():
        raise NotTheDemo
    return False


@transaction.atomic
def fill(*, bank: Company, at: datetime) -> Survey:
    """Fill an empty office with a company's units, people, survey and customers' answers.

    Args:
        bank: An invented company, of several waves.
        at: Now; waves keep the dates of the company.

    Raises:
        NotTheDemo: The office is not empty.
    """
    if is_filled():
        raise NotTheDemo
    own = Organisation(
        id=1, name=bank.settings.name, language="en", time_zone=TIME_ZONE, is_invented=True
    )
    own.full_clean()
    own.save(force_insert=True)
    admin = add_administrator(time_zone=TIME_ZONE, at=at)
    audit.record(actor=admin, verb="set-up", kind="organisation", subject=1, at=at)
    channels = {
        code: add_channel(actor=admin, code=code, name=name, kind=kind, at=at)
        for code, (name, kind) in CHANNELS.items()
    }
    units = _units(bank, admin, at)
    users = add_colleagues(actor=admin, units=units, time_zone=TIME_ZONE, at=at)
    _staff(bank, units, admin, at)
    Employee.objects.filter(code="harbour-1").update(user=users[Role.EMPLOYEE.value])
    survey = _survey(bank, units=units, channels=channels, actor=admin, at=at)
    later = at + timedelta(seconds=1)  # the first survey stays the first
    add_visit_survey(bank, units=units, channels=channels, actor=admin, at=later)
    return survey


def _units(bank: Company, actor: User, at: datetime) -> dict[str, Unit]:
    found: dict[str, Unit] = {}
    for unit in bank.units:  # parents come first
        found[unit.id] = open_unit(
            actor=actor,
            code=unit.id,
            name=unit.name or unit.id,
            parent=found.get(unit.parent),
            opened_on=unit.opened,
            at=at,
        )
    return found


def _staff(bank: Company, units: dict[str, Unit], actor: User, at: datetime) -> None:
    for unit in bank.units:
        if unit.kind != "branch":
            continue
        for number, work in enumerate(STAFF, start=1):
            add_employee(
                actor=actor,
                code=f"{unit.id}-{number}",
                name=f"{work}, {unit.name}",
                unit=units[unit.id],
                joined_on=None,
                at=at,
            )


def _survey(
    bank: Company,
    *,
    units: dict[str, Unit],
    channels: dict[str, Channel],
    actor: User,
    at: datetime,
) -> Survey:
    rounds = bank.waves
    survey = create_survey(
        actor=actor,
        title=TITLE,
        pack=INSTRUMENT,
        profile="",  # the trade adds items that the bank did not ask
        identification=Identification.IDENTIFIED,
        languages=list(bank.instrument.languages),
        outcomes=[outcome.id for outcome in bank.instrument.outcomes],
        points=bool(bank.instrument.weights),
        wave=rounds[0].id,
        at=at,
    )
    # Another system may then say who served (the submission API's ``employee``).
    Survey.objects.filter(id=survey.id).update(names_employee=True)
    asked = sorted({units[unit.id] for unit in bank.units if unit.kind == "branch"}, key=_name)
    links = {
        unit.code: add_link(
            actor=actor, survey=survey, unit=unit, channel=None, touchpoint=None, at=at
        )
        for unit in asked
    }
    for one in rounds:
        wave = Wave.objects.filter(survey=survey, name=one.id).first() or add_wave(
            actor=actor, survey=survey, name=one.id, quota=None, at=at
        )
        wave = move_wave(actor=actor, wave=wave, verb="open", at=at)
        _answers(bank, one, wave, links=links, channels=channels)
        if one != rounds[-1]:
            wave = move_wave(actor=actor, wave=wave, verb="close", at=at)
        _date(wave, one)
    return survey


def _answers(
    bank: Company,
    one: Round,
    wave: Wave,
    *,
    links: dict[str, Link],
    channels: dict[str, Channel],
) -> None:
    answers = bank.customers(one.id)
    rows = list(responses_of(answers, wave, links=links, channels=channels))
    Response.objects.bulk_create(rows, batch_size=BATCH)
    random = Random(one.id)  # noqa: S311 - invented counts, no secret
    answered: dict[int, int] = {}
    for row in rows:
        if row.unit_id is not None:
            answered[row.unit_id] = answered.get(row.unit_id, 0) + 1
    reaches = []
    for unit, n in answered.items():
        asked = round(n / random.uniform(0.22, 0.46))
        served = asked * random.randrange(6, 15)
        reaches.append(Reach(wave=wave, unit_id=unit, served=served, asked=asked))
    Reach.objects.bulk_create(reaches)


def _date(wave: Wave, one: Round) -> None:
    """Let a wave have been fielded when the bank's was."""
    ended = datetime.combine(one.date, time(18), UTC)
    Wave.objects.filter(id=wave.id).update(
        opened_at=ended - timedelta(days=FIELDED_DAYS),
        closed_at=None if wave.closed_at is None else ended,
    )


def _name(unit: Unit) -> str:
    return unit.name

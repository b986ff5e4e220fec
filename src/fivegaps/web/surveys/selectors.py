"""What is known of surveys, and to whom."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from babel.numbers import format_percent
from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from fivegaps.model.instrument import Instrument
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import Unit, UnitSet
from fivegaps.web.people.rights import Right
from fivegaps.web.people.selectors import sees_everything, units_visible_to
from fivegaps.web.shared.templatetags.office import babel_locale
from fivegaps.web.surveys import anonymity
from fivegaps.web.surveys.credentials import read_credential
from fivegaps.web.surveys.invitations import invitation_id, submission_of
from fivegaps.web.surveys.models import (
    Draft,
    Identification,
    InstrumentVersion,
    Invitation,
    Link,
    Quarantine,
    Reach,
    Response,
    Source,
    State,
    Survey,
    Wave,
)
from fivegaps.web.surveys.own_questions import Extras
from fivegaps.web.surveys.questionnaire import Fields, extras_of, fields_of, read_frozen
from fivegaps.web.surveys.refusals import NotOpen
from fivegaps.web.surveys.respondent import length_of
from fivegaps.web.surveys.sheet import Sheet
from fivegaps.web.surveys.texts import offered_languages
from fivegaps.web.surveys.ways import Way, way_by, way_through

NOBODY = (0, 0, 0)
LINK, INVITED, ANONYMOUS = "link", "invited", "anonymous"


@dataclass(frozen=True, slots=True)
class Door:
    """Where a link or an invitation leads: its survey and, between waves, no wave.

    ``entry`` names the kind of address (see ``urls``). ``submission_id`` is the one form that
    may be sent here; None where each opening is a new form.
    """

    survey: Survey
    wave: Wave | None
    way: Way
    token: str
    entry: str = LINK
    submission_id: UUID | None = None

    @property
    def current(self) -> Wave:
        """The wave that is not closed.

        Raises:
            NotOpen: There is none.
        """
        if self.wave is None:
            raise NotOpen
        return self.wave

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that are offered here; between waves those that the survey wants."""
        if self.wave is None:
            return tuple(self.survey.languages)
        return _offered(self.wave.version_id, tuple(self.survey.languages))

    @property
    def is_named(self) -> bool:
        """Whether respondents are asked for a name."""
        return self.survey.identification == Identification.IDENTIFIED

    @property
    def is_anonymous(self) -> bool:
        """Whether nothing may lead from an answer to a person."""
        return self.survey.identification == Identification.ANONYMOUS

    @property
    def is_open(self) -> bool:
        """Whether answers are taken here now."""
        wave = self.wave
        return (
            not self.way.is_closed
            and wave is not None
            and wave.state in {State.PILOT, State.OPEN}
            and (wave.quota is None or wave.accepted < wave.quota)
            and (wave.closes_at is None or wave.closes_at > timezone.now())
        )

    def address(self, page: str, *words: object, token: str = "") -> str:
        """Return the address of one of the respondent's pages behind this door.

        Args:
            page: ``answer``, ``save_answers``, ``resume`` or ``thanks``.
            words: What else stands in the address.
            token: Stands in for the own one.
        """
        name = page if self.entry == LINK else f"{page}_{self.entry}"
        return reverse(name, args=[token or self.token, *words])


def door(token: str, entry: str = LINK) -> Door | None:
    """Return where a link or an invitation leads; None when there is no such one."""
    if entry == INVITED:
        return _door_of_invited(token)
    if entry == ANONYMOUS:
        return _door_with_credential(token)
    known = Link.objects.filter(token=token).select_related("survey")
    link = known.first() if token.isprintable() else None  # PostgreSQL trips over a NUL
    if link is None:
        return None
    wave = Wave.objects.filter(survey_id=link.survey_id).exclude(state=State.CLOSED).first()
    if wave is not None:
        wave.survey = link.survey
    return Door(link.survey, wave, way_through(link), link.token)


def _door_of_invited(token: str) -> Door | None:
    known = invitation_id(token)
    rows = Invitation.objects.select_related("wave__survey")
    found = None if known is None else rows.filter(id=known).first()
    if found is None:
        return None
    survey = found.wave.survey
    form = submission_of(found.id)
    return Door(survey, found.wave, way_by(found, survey), token, INVITED, form)


def _door_with_credential(token: str) -> Door | None:
    """Return where the credential of an anonymous wave leads; nothing tells who had it."""
    right = read_credential(token)
    rows = Wave.objects.select_related("survey")
    wave = None if right is None else rows.filter(id=right.wave_id).first()
    if right is None or wave is None:
        return None
    way = Way(source=Source.INVITATION, survey_id=wave.survey_id, unit_id=right.unit_id)
    return Door(wave.survey, wave, way, token, ANONYMOUS, right.submission_id)


@lru_cache(maxsize=64)
def _frozen(version_id: UUID) -> tuple[str, str]:
    """Return the instrument file of a version, and as JSON what stands beside it."""
    rows = InstrumentVersion.objects.values_list("toml", "extras")
    toml, extras = rows.get(id=version_id)
    return toml, json.dumps(extras, sort_keys=True)


def instrument_of(wave: Wave) -> Instrument:
    """Return the instrument of a wave; a version never changes, so it is read once."""
    return read_frozen(_frozen(wave.version_id)[0])


def fields_in(wave: Wave) -> Fields:
    """Return the fields of a wave's form."""
    return fields_of(*_frozen(wave.version_id))


def extras_in(wave: Wave) -> Extras:
    """Return what a wave's questionnaire has beside its instrument."""
    return extras_of(_frozen(wave.version_id)[1])


def thanks_of(found: Door, lang: str) -> str:
    """Return what a survey says in its own words of what happens next; "" where it has none."""
    texts = {} if found.wave is None else extras_in(found.wave).texts
    return texts.get("thanks", {}).get(lang, "")


def languages_in(wave: Wave) -> tuple[str, ...]:
    """Return the languages in which a wave is offered: those in which no text is missing."""
    return _offered(wave.version_id, tuple(wave.survey.languages))


@lru_cache(maxsize=256)
def _offered(version_id: UUID, wanted: tuple[str, ...]) -> tuple[str, ...]:
    toml, extras = _frozen(version_id)
    return offered_languages(read_frozen(toml), extras_of(extras), wanted)


def sent(survey: Survey, submission_id: UUID) -> Response | None:
    """Return what was sent under an id."""
    return Response.objects.filter(survey=survey, submission_id=submission_id).first()


def wave_to_send_to(found: Door, submission_id: UUID) -> Wave:
    """Return the open wave, else the one under which this form was recorded before its end.

    Raises:
        NotOpen: There is neither.
    """
    if found.is_open:
        return found.current
    earlier = sent(found.survey, submission_id)
    if earlier is None:
        raise NotOpen
    return earlier.wave


def saved(survey: Survey, submission_id: UUID) -> Draft | None:
    """Return what was saved under an id and not sent yet."""
    return Draft.objects.filter(survey=survey, submission_id=submission_id).first()


def sheet_of(row: Draft | Response) -> Sheet:
    """Return the answers in a row."""
    return Sheet(bytes(row.codes), row.other)


def surveys_visible_to(member: Member) -> list[Survey]:
    """Return the surveys with a link in a unit that a member sees; all to who sees everything."""
    rows = Survey.objects.all()
    if not sees_everything(member, Right.SEE_SURVEYS):
        units = units_visible_to(member, Right.SEE_SURVEYS)
        rows = rows.filter(links__unit__in=units).distinct()
    return list(rows)


def survey_for(member: Member, survey_id: UUID) -> Survey | None:
    """Return a survey that a member may see."""
    return next((one for one in surveys_visible_to(member) if one.id == survey_id), None)


def waves_of(survey: Survey) -> list[Wave]:
    """Return the waves of a survey, the latest first."""
    rows = Wave.objects.filter(survey=survey).select_related("survey")
    return sorted(rows, key=lambda wave: (wave.state == State.CLOSED, _newest_first(wave)))


def _newest_first(wave: Wave) -> float:
    return -(wave.closed_at.timestamp() if wave.closed_at else 0.0)


def wave_for(member: Member, survey_id: UUID, wave_id: UUID) -> Wave | None:
    """Return a wave of a survey that a member may see."""
    survey = survey_for(member, survey_id)
    return None if survey is None else next((w for w in waves_of(survey) if w.id == wave_id), None)


def links_visible_to(member: Member, survey: Survey) -> list[Link]:
    """Return the links of a survey in the units that a member sees."""
    rows = Link.objects.filter(survey=survey).select_related(
        "unit", "channel", "touchpoint", "employee"
    )
    if not sees_everything(member, Right.SEE_SURVEYS):
        rows = rows.filter(unit__in=units_visible_to(member, Right.SEE_SURVEYS))
    return list(rows)


def link_for(member: Member, survey: Survey, link_id: UUID) -> Link | None:
    """Return a link of a survey that a member may see."""
    return next((one for one in links_visible_to(member, survey) if one.id == link_id), None)


def open_units(member: Member) -> UnitSet:
    """Return the units where a member may change surveys, without closed ones."""
    return units_visible_to(member, Right.CHANGE_SURVEYS).filter(closed_on=None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many took part in one unit (None: through links without unit) during a wave.

    ``served`` and ``asked`` are None where nobody entered them.
    """

    unit: Unit | None
    served: int | None
    asked: int | None
    begun: int
    answered: int
    tests: int

    @property
    def base(self) -> int | None:
        """Whom the rate counts: who was asked, else who was served."""
        return self.asked or self.served or None

    @property
    def rate(self) -> float | None:
        """Share of answers among those asked (or served), 0 to 1 or, oddly entered, more."""
        return None if self.base is None else self.answered / self.base

    @property
    def percent(self) -> str:
        """The rate as the reader writes it."""
        return "" if self.rate is None else format_percent(self.rate, locale=babel_locale())


def tallies(member: Member, wave: Wave) -> tuple[Tally, ...]:
    """Return the counts of a wave by unit, for the units that a member sees; whole ones last."""
    everything = sees_everything(member, Right.SEE_SURVEYS)
    units = {unit.pk: unit for unit in units_visible_to(member, Right.SEE_SURVEYS)}
    seen = Q() if everything else Q(unit__in=list(units))
    counts = {unit: found for unit, found in counts_of(wave).items() if unit in units or everything}
    linked = set(
        Link.objects.filter(seen, survey_id=wave.survey_id).values_list("unit_id", flat=True)
    )
    reach = {row.unit_id: row for row in Reach.objects.filter(seen, wave=wave)}
    keys = linked | set(counts) | set(reach)
    lines = [
        Tally(
            unit=None if key is None else units[key],
            served=reach[key].all_served if key in reach else None,
            asked=reach[key].all_asked if key in reach else None,
            begun=counts.get(key, NOBODY)[0],
            answered=counts.get(key, NOBODY)[1],
            tests=counts.get(key, NOBODY)[2],
        )
        for key in keys
    ]
    return tuple(sorted(lines, key=_by_name))


def counts_of(wave: Wave) -> dict[int | None, tuple[int, int, int]]:
    """Return by unit how many began, answered and tried it out; also of an erased wave."""
    if wave.kept is not None:
        return {int(unit) or None: (n[0], n[1], n[2]) for unit, n in wave.kept.items()}
    if wave.survey.identification == Identification.ANONYMOUS:
        begun = anonymity.begun_by_unit(wave)
        answered = anonymity.answered_by_unit(wave)
        tests = anonymity.answered_by_unit(wave, is_test=True)
    else:
        answered = _counted(Response.objects.filter(wave=wave, is_test=False))
        tests = _counted(Response.objects.filter(wave=wave, is_test=True))
        begun = _counted(Draft.objects.filter(wave=wave, is_test=False))
        begun = {one: begun.get(one, 0) + answered.get(one, 0) for one in begun | answered}
    return {
        one: (begun.get(one, 0), answered.get(one, 0), tests.get(one, 0))
        for one in begun | answered | tests
    }


def _by_name(tally: Tally) -> tuple[bool, str]:
    return (tally.unit is None, "" if tally.unit is None else tally.unit.name)


def _counted(rows: QuerySet[Draft] | QuerySet[Response]) -> dict[int | None, int]:
    return dict(rows.order_by().values_list("unit_id").annotate(n=Count("id")))


@dataclass(frozen=True, slots=True)
class Odd:
    """A second, different form under the id of a recorded one."""

    receipt: str
    received_at: object
    differing: int


def set_aside(member: Member, survey: Survey) -> list[Odd]:
    """Return what was set aside in a survey; only to who sees all of it."""
    if not sees_everything(member, Right.SEE_SURVEYS):
        return []
    rows = Quarantine.objects.filter(response__survey=survey).select_related("response")
    return [Odd(row.response.receipt, row.received_at, _differing(row)) for row in rows]


def _differing(row: Quarantine) -> int:
    first, second = bytes(row.response.codes), bytes(row.codes)
    items = [a for a, b in zip(first, second, strict=False) if a != b]
    keys = set(row.response.other) | set(row.other)
    rest = [key for key in keys if row.response.other.get(key) != row.other.get(key)]
    return len(items) + len(rest)


def answered_in(wave: Wave) -> int:
    """Return how many answers of a wave count: trial ones do not."""
    return sum(answered for _, answered, _ in counts_of(wave).values())


@dataclass(frozen=True, slots=True)
class Told:
    """What staff reads of a questionnaire."""

    title: str
    minutes: int


def told_of(wave: Wave, lang: str) -> Told:
    """Return the title and length of a wave's questionnaire."""
    asked, extras = instrument_of(wave), extras_in(wave)
    return Told(asked.title.get(lang, asked.id), length_of(asked, extras))

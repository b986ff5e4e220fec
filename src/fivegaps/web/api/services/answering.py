"""Take answers that another system sends, by the service that takes those of the pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from fivegaps.web.api import selectors
from fivegaps.web.api.refusals import CallRefused, FieldError, wrong_fields
from fivegaps.web.surveys.models import Identification, Source, State, Survey, Wave
from fivegaps.web.surveys.questionnaire import CONTACT, REMARK, Fields
from fivegaps.web.surveys.refusals import NotOpen, OtherContent
from fivegaps.web.surveys.selectors import Door, fields_in, wave_to_send_to
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import CANNOT_JUDGE, Sheet, SheetRefused, read_sheet
from fivegaps.web.surveys.ways import Way

Answer = int | float | str | None
LONGEST_NUMBER = 12
# Own questions that are answered with text; the others with numbers, a choice among several by 1.
TEXTUAL = frozenset({"single", "date", "short", "long"})


@dataclass(frozen=True, slots=True)
class Sent:
    """A body of answers. ``unit``, ``channel`` and ``employee`` are codes."""

    submission_id: UUID
    lang: str
    answers: Mapping[str, Answer]
    unit: str | None
    channel: str | None
    employee: str | None
    started_at: datetime | None

    @property
    def beside(self) -> str:
        """What the body says beside the answers, the same for the same."""
        started = None if self.started_at is None else self.started_at.astimezone(UTC).isoformat()
        return json.dumps([self.unit, self.channel, self.employee, started])


@dataclass(frozen=True, slots=True)
class Taken:
    """What the sender holds; ``is_new``: it was recorded now, not before."""

    receipt: str
    is_new: bool


def take_answers(*, survey: Survey, sent: Sent, at: datetime) -> Taken:
    """Record what was sent and return its receipt; sent again, return the first one.

    Raises:
        CallRefused: The survey takes no answers in this way, or not now, or not these.
    """
    if survey.identification not in {Identification.IDENTIFIED, Identification.CONFIDENTIAL}:
        detail = (
            "This survey is anonymous: its answers must not pass through a system that knows "
            "whom it asks. Send people the link instead."
        )
        raise CallRefused(403, "anonymous", detail)
    way = _way(survey, sent, at)
    wave = _wave(survey, way, sent.submission_id)
    sheet = _sheet(survey, fields_in(wave), sent)
    try:
        response = submit(
            way=way,
            wave=wave,
            submission_id=sent.submission_id,
            sheet=sheet,
            lang=sent.lang,
            is_trial=False,
            started_at=sent.started_at,
            at=at,
            beside=sent.beside,
        )
    except OtherContent:
        detail = (
            "Something else was recorded under this submission_id. It stands; what came now "
            "was set aside for a person to see."
        )
        raise CallRefused(409, "other-content", detail) from None
    except NotOpen:
        raise _closed() from None
    return Taken(response.receipt, is_new=response.submitted_at == at)


def _way(survey: Survey, sent: Sent, at: datetime) -> Way:
    """Return the way of what was sent, its places found by code."""
    day = at.date() if sent.started_at is None else min(at, sent.started_at).date()
    errors = []
    if sent.lang not in survey.languages:
        offered = ", ".join(survey.languages)
        errors.append(FieldError("lang", "unknown", f"The survey is offered in: {offered}."))
    unit = selectors.unit_with(sent.unit, day) if sent.unit else None
    if sent.unit and unit is None:
        errors.append(FieldError("unit", "unknown", "No open unit has this code."))
    channel = selectors.channel_with(sent.channel, day) if sent.channel else None
    if sent.channel and channel is None:
        errors.append(FieldError("channel", "unknown", "No open channel has this code."))
    employee = None
    if sent.employee and not survey.names_employee:
        told = "This survey keeps no employee beside an answer."
        errors.append(FieldError("employee", "not-kept", told))
    elif sent.employee:
        employee = selectors.employee_with(sent.employee, day)
        if employee is None:
            errors.append(FieldError("employee", "unknown", "Nobody at work has this code."))
    if errors:
        raise wrong_fields(*errors)
    return Way(
        source=Source.API,
        survey_id=survey.id,
        unit_id=None if unit is None else unit.pk,
        channel_id=None if channel is None else channel.pk,
        employee_id=None if employee is None else employee.id,
    )


def _wave(survey: Survey, way: Way, submission_id: UUID) -> Wave:
    """Return the wave that takes what was sent, or took it before."""
    present = selectors.present_wave(survey)
    try:
        return wave_to_send_to(Door(survey, present, way, token=""), submission_id)
    except NotOpen:
        if present is not None and present.state == State.DRAFT:
            detail = "The wave is not open yet."
            raise CallRefused(403, "not-open-yet", detail) from None
        raise _closed() from None


def _closed() -> CallRefused:
    return CallRefused(410, "closed", "The wave is closed or its quota is full.")


def _sheet(survey: Survey, fields: Fields, sent: Sent) -> Sheet:
    """Return the answers as they are stored."""
    texts: dict[str, str] = {}
    errors: list[FieldError] = []
    kinds = _kinds(fields)
    for name, answer in sent.answers.items():
        if answer is None:
            continue
        is_text = isinstance(answer, str)
        if name in kinds.texts and not is_text:
            errors.append(FieldError(name, "text", "Send text."))
        elif name in kinds.scales and is_text and answer != CANNOT_JUDGE:
            told = f'Send a number, null, or "{CANNOT_JUDGE}" from whoever cannot judge it.'
            errors.append(FieldError(name, "number", told))
        elif name in kinds.numbers and is_text:
            errors.append(FieldError(name, "number", "Send a number or null."))
        else:
            texts[name] = _text(answer)
    try:
        sheet = read_sheet(
            fields, texts, named=survey.identification == Identification.IDENTIFIED, is_sent=True
        )
    except SheetRefused as refused:
        errors += [FieldError(one.field, one.code, one.message) for one in refused.refusals]
    if errors:
        raise wrong_fields(*errors)
    if sheet.is_empty:
        raise wrong_fields(FieldError("answers", "empty", "Nothing is answered."))
    return sheet


@dataclass(frozen=True, slots=True)
class _Kinds:
    """Columns by what is sent for them."""

    scales: frozenset[str]
    numbers: frozenset[str]
    texts: frozenset[str]


def _kinds(fields: Fields) -> _Kinds:
    own = {True: {REMARK, CONTACT}, False: set(fields.points)}
    for question in fields.own:
        own[question.kind in TEXTUAL].update(question.fields)
    scales = {column.name for column in fields.items} | set(fields.others)
    return _Kinds(frozenset(scales), frozenset(own[False]), frozenset(own[True]))


def _text(answer: float | str) -> str:
    """Return an answer as a form has it; a whole number without its point, as JSON means it."""
    if isinstance(answer, float) and answer.is_integer() and abs(answer) < 10**LONGEST_NUMBER:
        return str(int(answer))
    if isinstance(answer, int) and abs(answer) >= 10**LONGEST_NUMBER:
        return "-"  # no scale has such a point; long numbers take long to write
    return str(answer)

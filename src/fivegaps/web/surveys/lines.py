"""Surveys, waves and links as lines of a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from fivegaps.model.wave import WaveVerb, verbs_of
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing import Questionnaire
from fivegaps.web.surveys.editing_forms import KIND_TITLES
from fivegaps.web.surveys.models import Link, Survey, Wave
from fivegaps.web.surveys.own_blocks import told_condition


@dataclass(frozen=True, slots=True)
class Move:
    """A button that moves a wave on, and what it means."""

    verb: WaveVerb
    title: str
    meaning: str
    is_main: bool
    is_final: bool


@dataclass(frozen=True, slots=True)
class WaveLine:
    """A wave; ``moves`` are what this visitor may do with it."""

    id: UUID
    name: str
    state: str
    state_title: str
    opened_at: datetime | None
    closed_at: datetime | None
    closes_at: datetime | None
    quota: int | None
    answered: int
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class SurveyLine:
    """A survey in the list."""

    id: UUID
    title: str
    wave: str
    state: str
    state_title: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A link and where its answers count."""

    id: UUID
    address: str
    unit: str
    channel: str
    touchpoint: str
    employee: str
    closed_at: datetime | None
    may_close: bool


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """A question of the survey's own in the editor; ``only_if`` is "" when it is always asked."""

    id: str
    text: str
    kind: str
    is_required: bool
    only_if: str
    is_first: bool


def question_lines(asked: Questionnaire, lang: str) -> tuple[QuestionLine, ...]:
    """Return the own questions of a questionnaire, in order."""
    titles = dict(KIND_TITLES)
    whole, extras = asked.whole, asked.extras
    return tuple(
        QuestionLine(
            id=one.id,
            text=one.text.get(lang, ""),
            kind=str(titles[one.kind]),
            is_required=one.is_required,
            only_if=told_condition(extras.rules.get(f"own.{one.id}"), whole, extras, lang, ""),
            is_first=place == 0,
        )
        for place, one in enumerate(extras.own)
    )


def survey_lines(surveys: Sequence[Survey]) -> tuple[SurveyLine, ...]:
    """Return surveys with the state of their present or last wave."""
    lines = []
    for survey in surveys:
        wave = selectors.waves_of(survey)[0]
        state = wave.get_state_display()
        lines.append(SurveyLine(survey.id, survey.title, wave.name, wave.state, state))
    return tuple(lines)


def wave_line(wave: Wave, *, may_change: bool) -> WaveLine:
    """Return a wave as the page shows it."""
    moves = moves_of(wave) if may_change else ()
    return WaveLine(
        id=wave.id,
        name=wave.name,
        state=wave.state,
        state_title=wave.get_state_display(),
        opened_at=wave.opened_at,
        closed_at=wave.closed_at,
        closes_at=wave.closes_at,
        quota=wave.quota,
        answered=selectors.answered_in(wave),
        moves=moves,
    )


def moves_of(wave: Wave) -> tuple[Move, ...]:
    """Return the buttons of a wave."""
    titles = {
        "try_out": (
            _("Try it out"),
            _("The links work, and every answer is marked as a test for ever."),
        ),
        "open": (_("Open it"), _("From now on answers count.")),
        "close": (_("Close it"), _("No more answers are taken; it cannot be opened again.")),
    }
    verbs = verbs_of(wave.state)
    return tuple(
        Move(verb, *titles[verb], is_main=verb == verbs[0] != "close", is_final=verb == "close")
        for verb in verbs
    )


def link_lines(links: Sequence[Link], *, may_change: bool) -> tuple[LinkLine, ...]:
    """Return links with their whole address."""
    return tuple(
        LinkLine(
            id=link.id,
            address=settings.PUBLIC_URL + reverse("answer", args=[link.token]),
            unit="" if link.unit is None else link.unit.name,
            channel="" if link.channel is None else link.channel.name,
            touchpoint="" if link.touchpoint is None else link.touchpoint.name,
            employee="" if link.employee is None else link.employee.name,
            closed_at=link.closed_at,
            may_close=may_change and link.closed_at is None,
        )
        for link in links
    )

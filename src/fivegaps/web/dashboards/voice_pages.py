"""The page of what managers or employees say, made of figures that passed the gate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from fivegaps.diagnosis.cells import SMALL, Rules
from fivegaps.knowledge.constructs import constructs
from fivegaps.knowledge.phrasing import filled
from fivegaps.report.numerals import Numerals
from fivegaps.report.tables import reason_in_words
from fivegaps.report.words import Words
from fivegaps.stats.estimate import Estimate
from fivegaps.web.dashboards.voices import Heard, VoiceWave
from fivegaps.web.people.models import Unit
from fivegaps.web.surveys.models import Wave
from fivegaps.web.surveys.selectors import extras_in, instrument_of


@dataclass(frozen=True, slots=True)
class HeardLine:
    """One figure: its mean, interval and n, or why it is hidden; ``is_bad``: low is good."""

    title: str
    mean: str
    interval: str
    n: str
    hidden: str
    is_bad: bool


@dataclass(frozen=True, slots=True)
class HeardPart:
    """A block of the form, with its figures."""

    title: str
    question: str
    lines: tuple[HeardLine, ...]


@dataclass(frozen=True, slots=True)
class StaffWave:
    """A closed wave of staff, as customers' results lead to it."""

    id: UUID
    survey: str
    name: str
    voice: str
    is_about_customers: bool


@dataclass(frozen=True, slots=True)
class VoicePlace:
    """A unit one step down."""

    code: str
    name: str
    is_told: bool


@dataclass(frozen=True, slots=True)
class VoicePage:
    """What managers or employees of a place say; ``empty`` tells why there are no figures."""

    survey_id: UUID
    survey: str
    wave_id: UUID
    wave: str
    voice: str
    name: str
    code: str
    above: str
    above_name: str
    answered: str
    empty: str
    fewest: int
    parts: tuple[HeardPart, ...]
    places: tuple[VoicePlace, ...]
    remarks: tuple[str, ...]
    may_see_survey: bool
    may_export: bool


def parts_of(known: VoiceWave, unit: Unit | None, lang: str) -> tuple[HeardPart, ...]:
    """Return the figures of a place by block of the form, in a language."""
    asked, heard = instrument_of(known.wave), known.heard(unit)
    words, numerals = Words(lang), Numerals(lang)
    titles = {one.id: one.title.get(lang, one.id) for one in asked.dimensions}
    bad = {one.id for one in constructs(known.voice) if one.bad}
    blocks = [(one.id, one.title, one.instruction) for one in known.sections]
    if known.share is not None:
        titles |= {
            one.id: titles.get(f"customers-expect-{one.id}") or one.text.get(lang, one.id)
            for one in known.share.options
        }

    def line(one: Heard) -> HeardLine:
        return _line(one.estimate, titles[one.group], numerals, words, is_bad=one.group in bad)

    return tuple(
        HeardPart(
            title=filled(title.get(lang, ""), asked, lang),
            question=filled(instruction.get(lang, ""), asked, lang),
            lines=tuple(line(one) for one in heard if one.section == name),
        )
        for name, title, instruction in blocks
        if any(one.section == name for one in heard)
    )


def _line(
    found: Estimate, title: str, numerals: Numerals, words: Words, *, is_bad: bool
) -> HeardLine:
    if found.value is None:
        hidden = reason_in_words(found.reason, words)
        if found.reason == SMALL:
            hidden = _("hidden, to protect those who answered")
        return HeardLine(title, "", "", "", hidden, is_bad)
    interval = ""
    if found.low is not None and found.high is not None:
        interval = numerals.span(found.low, found.high, 2)
    return HeardLine(
        title=title,
        mean=numerals.number(found.value, 2),
        interval=interval,
        n=numerals.count(found.n),
        hidden="",
        is_bad=is_bad,
    )


def staff_waves(waves: Sequence[Wave]) -> tuple[StaffWave, ...]:
    """Return how customers' results lead to waves of staff."""
    return tuple(
        StaffWave(
            id=one.id,
            survey=one.survey.title,
            name=one.name,
            voice=one.survey.voice,
            is_about_customers=any(
                section.id == "customers-expect" for section in extras_in(one).sections
            ),
        )
        for one in waves
    )


def fewest_of(known: VoiceWave) -> int:
    """Return how many people protect one another."""
    return Rules().fewest(known.voice)

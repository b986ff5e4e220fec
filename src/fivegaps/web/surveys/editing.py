"""A questionnaire as it is being edited: with the items that are left out, and its approvals."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from fivegaps.model.instrument import Instrument, Item
from fivegaps.web.surveys.conditions import error_factor, order_of
from fivegaps.web.surveys.models import Approval, InstrumentVersion, State, Survey, Wave
from fivegaps.web.surveys.own_questions import Extras, read_extras
from fivegaps.web.surveys.questionnaire import read_frozen
from fivegaps.web.surveys.respondent import length_of
from fivegaps.web.surveys.texts import Text, lacking, texts_of

FEWEST_ITEMS = 3
SurveyRow: TypeAlias = Survey  # views name it, and import no models


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """The latest version of a survey's questionnaire.

    ``whole`` has the left-out items too. ``used_by`` names the wave that already runs with it:
    what is changed then makes a new version for the next wave.
    """

    version_id: UUID
    number: int
    whole: Instrument
    extras: Extras
    used_by: str

    @property
    def asked(self) -> Instrument:
        """The instrument with the items that are asked, and the dimensions that have any."""
        left_out = set(self.extras.left_out)
        items = tuple(item for item in self.whole.items if item.id not in left_out)
        some = {item.dimension for item in items}
        return replace(
            self.whole,
            items=items,
            dimensions=tuple(one for one in self.whole.dimensions if one.id in some),
            weights={name: column for name, column in self.whole.weights.items() if name in some},
        )

    @property
    def texts(self) -> tuple[Text, ...]:
        """The texts of the form, of left-out items too."""
        return texts_of(self.whole, self.extras)

    @property
    def shown_texts(self) -> tuple[Text, ...]:
        """The texts that respondents are shown."""
        return tuple(one for one in texts_of(self.asked, self.extras) if one.is_used)

    @property
    def thin(self) -> tuple[tuple[str, int], ...]:
        """Dimensions with too few items, and how many."""
        counts = {one.id: 0 for one in self.whole.dimensions}
        for item in self.asked.items:
            if item.dimension is not None:
                counts[item.dimension] += 1
        return tuple((name, n) for name, n in counts.items() if n < FEWEST_ITEMS)

    @property
    def minutes(self) -> int:
        """How many minutes the form takes."""
        return length_of(self.asked, self.extras)

    @property
    def factor(self) -> float:
        """By how much the standard errors of sampled items grow; 1 without sampling."""
        sampling = self.extras.sampling
        if sampling is None:
            return 1.0
        rest = [one for one in self.asked.items if one.id not in sampling.linking]
        return error_factor(len(rest), sampling.k)

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column in the order in which it is asked."""
        return order_of(self.asked, self.extras.own)

    def item(self, name: str) -> Item | None:
        """Return an item, asked or left out."""
        return next((one for one in self.whole.items if one.id == name), None)


def questionnaire_of(survey: Survey) -> Questionnaire:
    """Return the latest questionnaire of a survey."""
    version = InstrumentVersion.objects.filter(survey=survey).order_by("-number")[0]
    extras = read_extras(version.extras)
    used = Wave.objects.filter(version=version).exclude(state=State.DRAFT).order_by("name").last()
    return Questionnaire(
        version_id=version.id,
        number=version.number,
        whole=read_frozen(extras.whole or version.toml),
        extras=extras,
        used_by="" if used is None else used.name,
    )


def wave_to_come(survey: Survey) -> Wave:
    """Return a wave with the latest questionnaire as it would open: it is kept nowhere."""
    version = InstrumentVersion.objects.filter(survey=survey).order_by("-number")[0]
    return Wave(survey=survey, version=version, state=State.DRAFT)


def text_digest(text: Text, lang: str, source: str) -> str:
    """Return what a text is approved by: its own words, and those it was translated from."""
    said = [text.key, text.in_language(lang), text.in_language(source)]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Approved:
    """Who approved a text, and when."""

    by: str
    at: datetime


def approvals(texts: tuple[Text, ...], lang: str, source: str) -> dict[str, Approved]:
    """Return the approved ones among texts in a language: key to approval."""
    keys = {text_digest(text, lang, source): text.key for text in texts if text.in_language(lang)}
    rows = Approval.objects.filter(lang=lang, text_sha256__in=list(keys))
    found = rows.values_list("text_sha256", "approved_by__name", "approved_at")
    return {keys[digest]: Approved(name or "", at) for digest, name, at in found}


@dataclass(frozen=True, slots=True)
class LanguageState:
    """How far a language is: texts, those that are there, those approved."""

    code: str
    all: int
    there: int
    approved: int

    @property
    def is_complete(self) -> bool:
        """Whether respondents are offered it."""
        return self.there == self.all

    @property
    def is_approved(self) -> bool:
        """Whether a person here approved every text."""
        return self.is_complete and self.approved == self.all


def language_states(survey: Survey, asked: Questionnaire) -> tuple[LanguageState, ...]:
    """Return how far each language of a survey is."""
    texts = asked.shown_texts
    source = survey.languages[0]
    return tuple(
        LanguageState(
            code=lang,
            all=len(texts),
            there=len(texts) - len(lacking(texts, lang)),
            approved=len(approvals(texts, lang, source)),
        )
        for lang in survey.languages
    )


def draft_languages(wave: Wave) -> tuple[str, ...]:
    """Return the languages of a wave that nobody here has approved as a whole."""
    version = wave.version
    texts = texts_of(read_frozen(version.toml), read_extras(version.extras))
    shown = tuple(text for text in texts if text.is_used)
    languages = wave.survey.languages
    return tuple(
        lang for lang in languages if len(approvals(shown, lang, languages[0])) < len(shown)
    )

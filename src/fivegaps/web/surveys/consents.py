"""What respondents are told to agree to: the text in force, and those before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from fivegaps.web.surveys.models import ConsentText, Survey


@dataclass(frozen=True, slots=True)
class Consent:
    """A text as it is told; ``lang`` is the language that it is in."""

    number: int
    lang: str
    text: str


def consent_in(number: int | None, lang: str) -> Consent | None:
    """Return a consent text in a language, else in English, else in the first it has.

    Chinese of one script never stands in for the other.
    """
    if number is None:
        return None
    texts = ConsentText.objects.values_list("texts", flat=True).get(number=number)
    fit = [one for one in (lang, "en", *texts) if one in texts]
    if not fit:
        return None
    return Consent(number, fit[0], texts[fit[0]])


def number_on(survey: Survey, day: date) -> int | None:
    """Return the number of the text that was in force at the end of a day."""
    for whose in (survey, None):
        rows = ConsentText.objects.filter(survey=whose, created_at__date__lte=day)
        latest = rows.order_by("-number").first()
        if latest is not None and any(latest.texts.values()):
            return latest.number
    return None


def was_told(number: int, survey: Survey) -> bool:
    """Return whether a number is that of a text of this survey or of the whole organisation."""
    rows = ConsentText.objects.filter(Q(survey=survey) | Q(survey=None), number=number)
    return number == survey.consent or rows.exists()


@dataclass(frozen=True, slots=True)
class Version:
    """One version in the list of a survey's or the organisation's texts."""

    number: int
    created_at: datetime
    texts: Mapping[str, str]
    is_present: bool


def versions_of(survey: Survey | None) -> list[Version]:
    """Return the versions of a survey's own texts, or of the organisation's, the latest first."""
    rows = list(ConsentText.objects.filter(survey=survey))
    return [
        Version(row.number, row.created_at, row.texts, is_present=row is rows[0]) for row in rows
    ]


def present_number(survey: Survey | None) -> int | None:
    """Return the number of the text in force: the survey's own, else the organisation's."""
    own = versions_of(survey)
    if own and any(own[0].texts.values()):
        return own[0].number
    return None if survey is None else present_number(None)

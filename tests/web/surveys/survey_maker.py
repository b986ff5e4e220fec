"""Surveys of the tests, and forms as a browser sends them."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Link, Survey
from fivegaps.web.surveys.services.programmes import create_survey, move_wave

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
LANGUAGES = ["en", "vi", "zh-hans", "zh-hant", "nl"]


def made_survey(state: str = "open", **changed: object) -> Survey:
    """Return a survey of 22 items asked twice, with its first wave in a state."""
    asked = {
        "title": "Yearly survey",
        "pack": "rater-22",
        "profile": "bank",
        "identification": "confidential",
        "languages": LANGUAGES,
        "outcomes": ["satisfaction"],
        "points": True,
        "wave": "2026",
    }
    survey = create_survey(actor=None, at=AT, **(asked | changed))
    verbs = {"draft": (), "pilot": ("try_out",), "open": ("open",), "closed": ("open", "close")}
    for verb in verbs[state]:
        wave = selectors.waves_of(survey)[0]
        move_wave(actor=None, wave=wave, verb=verb, at=AT)
    return survey


def link_of(survey: Survey) -> Link:
    """Return the survey's first link."""
    return Link.objects.filter(survey=survey).earliest("created_at")


def filled(survey: Survey, **changed: str) -> dict[str, str]:
    """Return a filled-in form: every expectation 6, every perception 5."""
    fields = selectors.fields_in(selectors.waves_of(survey)[0])
    answers = {
        column.name: "6" if column.battery == "expectation" else "5" for column in fields.items
    }
    return answers | {"submission_id": str(uuid4()), "lang": "en", "revision": "0"} | changed


def address(survey: Survey) -> str:
    """Return where the form of a survey stands."""
    return f"/s/{link_of(survey).token}/"

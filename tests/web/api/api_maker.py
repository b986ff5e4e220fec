"""Tokens and bodies for the tests of the calls."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from django.test import Client
from django.utils import timezone

from fivegaps.web.api.services.tokens import issue_token
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.models import Survey
from fivegaps.web.surveys.services.programmes import create_survey, move_wave

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
ALL_SCOPES = ("submit", "read", "events")
MOVES = {"draft": (), "pilot": ("try_out",), "open": ("open",), "closed": ("open", "close")}


def made_survey(state: str = "open", **changed: object) -> Survey:
    """Return a survey of 22 items asked twice, with its first wave in a state."""
    asked = {
        "title": "Yearly survey",
        "pack": "rater-22",
        "profile": "bank",
        "identification": "confidential",
        "languages": ["en", "vi", "zh-hans", "zh-hant", "nl"],
        "outcomes": ["satisfaction"],
        "points": True,
        "wave": "2026",
    }
    survey = create_survey(actor=None, at=AT, **(asked | changed))
    for verb in MOVES[state]:
        move_wave(actor=None, wave=selectors.waves_of(survey)[0], verb=verb, at=AT)
    return survey


def issued(*surveys: Survey, scopes=ALL_SCOPES, days: int = 30) -> str:
    """Return the text of a new token."""
    at = timezone.now()
    _, text = issue_token(
        actor=None,
        name="Till",
        scopes=scopes,
        surveys=surveys,
        expires_at=at + timedelta(days=days),
        at=at,
    )
    return text


def responses(survey: Survey) -> str:
    """Return where answers to a survey are sent."""
    return f"/api/v1/surveys/{survey.id}/responses"


def body_of(survey: Survey, **changed: object) -> dict[str, object]:
    """Return a whole body: every expectation 6, every perception 5."""
    fields = selectors.fields_in(selectors.waves_of(survey)[0])
    answers = {c.name: 6 if c.battery == "expectation" else 5 for c in fields.items}
    return {"submission_id": str(uuid4()), "lang": "en", "answers": answers} | changed


def send(token: str, address: str, body: object):
    """Return the answer to a body that is sent with a token."""
    text = body if isinstance(body, str | bytes) else json.dumps(body)
    headers = {"Authorization": f"Bearer {token}"}
    return Client().post(address, text, content_type="application/json", headers=headers)


def asking(token: str, address: str):
    """Return the answer to a question that is asked with a token."""
    return Client().get(address, headers={"Authorization": f"Bearer {token}"})

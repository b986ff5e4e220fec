"""The gate before every call: the pace, the token, its scope, the survey."""

from __future__ import annotations

import hashlib
from typing import cast
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from fivegaps.web.api import selectors
from fivegaps.web.api.limits import Pace
from fivegaps.web.api.refusals import CallRefused
from fivegaps.web.api.selectors import Key
from fivegaps.web.api.services.tokens import note_use
from fivegaps.web.surveys.models import Survey

PACE = Pace()


class KeyRequest(HttpRequest):
    """A request that came with a good token; for the annotations of calls."""

    auth: Key


class Bearer(HttpBearer):
    """``Authorization: Bearer`` with a token that opens one scope."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Key:  # noqa: ARG002 - ninja's
        """Return the key that a token is.

        Raises:
            CallRefused: It is none, opens something else, or calls too often.
        """
        # Before the database is asked: whoever hammers is turned away cheaply.
        caller = hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
        if not PACE.allows(caller, settings.API_REQUESTS_A_SECOND):
            detail = f"More than {settings.API_REQUESTS_A_SECOND} requests in one second."
            raise CallRefused(429, "too-fast", detail, wait=1)
        at = timezone.now()
        key = selectors.key_of(token, at)
        if key is None:
            detail = "This token is unknown, has expired or was taken back."
            raise CallRefused(401, "token", detail)
        if self.scope not in key.scopes:
            detail = f"This token does not open the scope {self.scope}."
            raise CallRefused(403, "scope", detail)
        if key.last_used_on != at.date():
            note_use(token_id=key.id, at=at)
        return key


def survey_for(request: HttpRequest, survey_id: UUID) -> Survey:
    """Return the survey that a call is about.

    Raises:
        CallRefused: There is none, or the token is for others.
    """
    key = cast("KeyRequest", request).auth
    if not key.covers(survey_id):
        raise CallRefused(403, "survey", "This token is not for this survey.")
    survey = selectors.survey_with(survey_id)
    if survey is None:
        raise CallRefused(404, "survey", "There is no such survey.")
    return survey

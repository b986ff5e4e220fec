"""What is known of tokens, and what a caller may reach with one."""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from fivegaps.web.api.models import Token
from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.surveys.models import State, Survey, Wave
from fivegaps.web.surveys.selectors import waves_of as survey_waves

PREFIX = "fg_"


@dataclass(frozen=True, slots=True)
class Key:
    """A good token as calls see it; ``surveys`` None: every survey."""

    id: UUID
    scopes: frozenset[str]
    surveys: frozenset[UUID] | None
    last_used_on: date | None

    def covers(self, survey_id: UUID) -> bool:
        """Return whether it holds for a survey."""
        return self.surveys is None or survey_id in self.surveys


def digest_of(text: str) -> str | None:
    """Return the digest under which a token's text is known; None when it is no token."""
    try:
        body = text.removeprefix(PREFIX)
        raw = urlsafe_b64decode(body.encode("ascii") + b"=")
    except (UnicodeError, Error):
        return None
    if not text.startswith(PREFIX) or urlsafe_b64encode(raw).decode().rstrip("=") != body:
        return None
    return hashlib.sha256(raw).hexdigest()


def key_of(text: str, at: datetime) -> Key | None:
    """Return the key that a token's text is; None when it is unknown, expired or revoked."""
    digest = digest_of(text)
    token = None if digest is None else Token.objects.filter(sha256=digest).first()
    if token is None or not token.is_good(at):
        return None
    surveys = frozenset(token.surveys.values_list("id", flat=True))
    return Key(token.id, frozenset(token.scopes), surveys or None, token.last_used_on)


def tokens() -> list[Token]:
    """Return every token, the newest first, surveys at hand."""
    return list(Token.objects.prefetch_related("surveys").select_related("issued_by"))


def token_with(token_id: UUID) -> Token | None:
    """Return a token by its id."""
    return Token.objects.filter(id=token_id).first()


def surveys_of(key: Key) -> list[Survey]:
    """Return the surveys that a key holds for."""
    rows = Survey.objects.all()
    return list(rows if key.surveys is None else rows.filter(id__in=key.surveys))


def survey_with(survey_id: UUID) -> Survey | None:
    """Return a survey by its id."""
    return Survey.objects.filter(id=survey_id).first()


def present_wave(survey: Survey) -> Wave | None:
    """Return the wave of a survey that is not closed."""
    rows = Wave.objects.filter(survey=survey).exclude(state=State.CLOSED)
    return rows.select_related("survey").first()


def waves_of(survey: Survey) -> list[Wave]:
    """Return the waves of a survey, the present one first."""
    return survey_waves(survey)


def wave_called(survey: Survey, text: str) -> Wave | None:
    """Return the wave with an id or a name; without one the present, else the latest."""
    found = survey_waves(survey)
    if not text:
        return next(iter(found), None)
    return next((one for one in found if text in {str(one.id), one.name}), None)


def touchpoint_with(code: str, day: date) -> Touchpoint | None:
    """Return a touchpoint that is there on a day."""
    return Touchpoint.objects.filter(_until(day, "closed_on"), code=code).first()


def unit_with(code: str, day: date) -> Unit | None:
    """Return a unit that is open on a day."""
    return Unit.objects.filter(_until(day, "closed_on"), code=code).first()


def channel_with(code: str, day: date) -> Channel | None:
    """Return a channel that is open on a day."""
    return Channel.objects.filter(_until(day, "closed_on"), code=code).first()


def employee_with(code: str, day: date) -> Employee | None:
    """Return an employee who has not left before a day."""
    stays = Q(left_on=None) | Q(left_on__gte=day)
    return Employee.objects.filter(stays, code=code).first()


def _until(day: date, field: str) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gt": day})

"""The pages of tokens, made of tokens and what a visitor may do with them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from fivegaps.web.api.models import Scope, Token
from fivegaps.web.people.views.tabs import Tab


@dataclass(frozen=True, slots=True)
class TokenLine:
    """A token in the list; ``ended`` says why it opens nothing any more."""

    id: UUID
    name: str
    start: str
    scopes: tuple[str, ...]
    surveys: tuple[str, ...]
    expires_at: datetime
    last_used_on: date | None
    ended: str


@dataclass(frozen=True, slots=True)
class TokensPage:
    """Every token."""

    tabs: tuple[Tab, ...]
    tokens: tuple[TokenLine, ...]
    description: str
    may_change: bool


@dataclass(frozen=True, slots=True)
class IssuedPage:
    """The text of a token, shown once."""

    name: str
    text: str
    address: str
    expires_at: datetime


def token_lines(tokens: Sequence[Token], at: datetime) -> tuple[TokenLine, ...]:
    """Return tokens as lines, those that open something first."""
    lines = [
        TokenLine(
            id=one.id,
            name=one.name,
            start=one.start,
            scopes=tuple(str(Scope(scope).label) for scope in one.scopes),
            surveys=tuple(survey.title for survey in one.surveys.all()),
            expires_at=one.expires_at,
            last_used_on=one.last_used_on,
            ended=_ended(one, at),
        )
        for one in tokens
    ]
    return tuple(sorted(lines, key=lambda line: bool(line.ended)))


def _ended(token: Token, at: datetime) -> str:
    if token.revoked_at is not None:
        return _("taken back")
    return "" if token.is_good(at) else _("expired")

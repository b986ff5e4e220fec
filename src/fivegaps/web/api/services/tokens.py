"""Tokens of other systems: issued, taken back."""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.api.models import Scope, Token
from fivegaps.web.api.selectors import PREFIX
from fivegaps.web.people.members import Member
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy
from fivegaps.web.surveys.models import Survey

BYTES = 32
SHOWN = 8
LONGEST = timedelta(days=2 * 366)


@transaction.atomic
def issue_token(
    *,
    actor: Member | None,
    name: str,
    scopes: Iterable[str],
    surveys: Iterable[Survey],
    expires_at: datetime,
    at: datetime,
) -> tuple[Token, str]:
    """Return a new token and its text, which nobody can read again.

    Args:
        actor: Who issues it; None for the program itself.
        name: What it is for.
        scopes: What it opens, at least one (see ``Scope``).
        surveys: The surveys that it holds for; none: every one.
        expires_at: When it stops, at most two years from now.
        at: Now.

    Raises:
        ValidationError: A scope is unknown or none is given, or the end is not in the future.
    """
    chosen = sorted(set(scopes))
    if not chosen or set(chosen) - set(Scope.values):
        raise ValidationError({"scopes": _("Choose what the token opens.")})
    if not at < expires_at <= at + LONGEST:
        raise ValidationError({"expires_on": _("Choose a day within the next two years.")})
    raw = secrets.token_bytes(BYTES)
    text = PREFIX + urlsafe_b64encode(raw).decode().rstrip("=")
    token = Token(
        name=tidy(name),
        start=text[:SHOWN],
        sha256=hashlib.sha256(raw).hexdigest(),
        scopes=chosen,
        issued_by_id=None if actor is None else actor.user_id,
        created_at=at,
        expires_at=expires_at,
    )
    token.full_clean()
    token.save(force_insert=True)
    token.surveys.set(surveys)
    audit.record(actor=actor, verb="issued", kind="token", subject=token.id, at=at)
    return token, text


@transaction.atomic
def revoke_token(*, actor: Member | None, token: Token, at: datetime) -> Token:
    """Take a token back, for ever; one that was taken back stays as it is."""
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        audit.record(actor=actor, verb="revoked", kind="token", subject=token.id, at=at)
    return token


def note_use(*, token_id: UUID, at: datetime) -> None:
    """Keep the day on which a token was last used; written once a day, so without audit row."""
    Token.objects.filter(id=token_id).update(last_used_on=at.date())

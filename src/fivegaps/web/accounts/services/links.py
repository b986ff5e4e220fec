"""Links that are good for one use."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from django.db import transaction

from fivegaps.web.accounts.models import EntryLink, User

INVITATION_DAYS = 7
SETUP_DAYS = 1


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@transaction.atomic
def issue_link(*, user: User | None, at: datetime) -> str:
    """Return the token of a new link; open links for the same end stop working.

    Args:
        user: Whom it invites; None for the link that sets the office up.
        at: Now.
    """
    EntryLink.objects.filter(user=user, used_at=None).delete()
    token = secrets.token_urlsafe(24)
    days = SETUP_DAYS if user is None else INVITATION_DAYS
    EntryLink.objects.create(
        digest=_digest(token), user=user, created_at=at, expires_at=at + timedelta(days=days)
    )
    return token


def open_link(token: str, *, for_setup: bool, at: datetime) -> EntryLink | None:
    """Return the link of a token while it may be used, else None. Writes nothing."""
    link = EntryLink.objects.select_related("user").filter(digest=_digest(token)).first()
    if link is None or not link.is_open(at) or (link.user is None) != for_setup:
        return None
    return link


def spend_link(link: EntryLink, *, at: datetime) -> bool:
    """Mark a link as used; False when somebody else was faster. Call inside a transaction."""
    open_ones = EntryLink.objects.filter(id=link.id, used_at=None, expires_at__gt=at)
    return open_ones.update(used_at=at) == 1

"""Channels: added, renamed, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fivegaps.web.people.models import Channel
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


@transaction.atomic
def add_channel(
    *, actor: audit.Actor | None, code: str, name: str, kind: str, at: datetime
) -> Channel:
    """Return a new channel.

    Raises:
        ValidationError: The code is taken or the kind unknown.
    """
    channel = Channel(code=code, name=tidy(name), kind=kind)
    channel.full_clean()
    channel.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="channel", subject=channel.pk, at=at)
    return channel


@transaction.atomic
def change_channel(
    *,
    actor: audit.Actor,
    channel: Channel,
    name: str,
    kind: str,
    closed_on: date | None,
    at: datetime,
) -> Channel:
    """Rename a channel, or close it (or open it again with None)."""
    channel.name, channel.kind, channel.closed_on = tidy(name), kind, closed_on
    channel.full_clean()
    channel.save()
    audit.record(actor=actor, verb="changed", kind="channel", subject=channel.pk, at=at)
    return channel

"""Touchpoints: added, renamed, closed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from fivegaps.web.people.models import Channel, Touchpoint
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


@transaction.atomic
def add_touchpoint(
    *, actor: audit.Actor | None, code: str, name: str, channel: Channel | None, at: datetime
) -> Touchpoint:
    """Return a new touchpoint, on one channel or on any.

    Raises:
        ValidationError: The code is taken.
    """
    touchpoint = Touchpoint(code=code, name=tidy(name), channel=channel)
    touchpoint.full_clean()
    touchpoint.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="touchpoint", subject=touchpoint.pk, at=at)
    return touchpoint


@transaction.atomic
def change_touchpoint(
    *,
    actor: audit.Actor,
    touchpoint: Touchpoint,
    name: str,
    channel: Channel | None,
    closed_on: date | None,
    at: datetime,
) -> Touchpoint:
    """Rename a touchpoint, move it to another channel, or close it (None opens it again)."""
    touchpoint.name, touchpoint.channel, touchpoint.closed_on = tidy(name), channel, closed_on
    touchpoint.full_clean()
    touchpoint.save()
    audit.record(actor=actor, verb="changed", kind="touchpoint", subject=touchpoint.pk, at=at)
    return touchpoint

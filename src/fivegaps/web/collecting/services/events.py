"""A transaction took place: count it, and ask by chance how it was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fivegaps.web.collecting.addresses import address_key, address_keys, tidy_address
from fivegaps.web.collecting.models import Event, Outcome, Recipient, Sampling, Suppression
from fivegaps.web.collecting.selectors import campaign_of, sampling_of
from fivegaps.web.collecting.services.campaigns import queue_one
from fivegaps.web.collecting.services.listing import LONGEST, language_for
from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import has_unseen_signs, tidy
from fivegaps.web.surveys.models import Reach, State, Survey, Wave

LONGEST_KEY = 80
LONGEST_DELAY = timedelta(days=60)
PARTS = 1_000_000


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a transaction. ``is_new`` is False when its key was told before."""

    event_id: UUID
    is_new: bool
    is_asked: bool


@transaction.atomic
def took_place(
    *,
    actor: audit.Actor | None,  # noqa: ARG001 - a call every second leaves no line each in the log
    survey: Survey,
    address: str,
    unit: Unit | None,
    channel: Channel | None,
    employee: Employee | None,
    happened_at: datetime,
    key: str,
    at: datetime,
    touchpoint: Touchpoint | None = None,
    name: str = "",
    lang: str = "",
) -> Told:
    """Count a transaction as served, and invite who took part if the draw says so.

    The same key again changes nothing: another system may tell as often as it likes. The draw
    follows from the key, so a repeated call draws the same. An empty address is only counted.

    Raises:
        ValidationError: The wave is not open, or an argument makes no sense.
    """
    _check(survey, key, name, happened_at, at)
    mail = tidy_address(address) if address.strip() else ""
    earlier = Event.objects.filter(survey=survey, key=key).first()
    if earlier is not None:
        return Told(earlier.id, is_new=False, is_asked=earlier.is_sampled)
    wave = Wave.objects.filter(survey=survey, state=State.OPEN).first()
    if wave is None:
        raise ValidationError(_("This survey has no open wave."))
    sampling = sampling_of(survey)
    is_drawn = bool(mail) and draw(survey.id, key) < sampling.percent / 100
    event = Event(
        survey=survey,
        wave=wave,
        key=key,
        unit=unit,
        happened_at=happened_at,
        told_at=at,
        is_sampled=is_drawn and not _is_stopped(mail),
    )
    Event.objects.bulk_create([event], ignore_conflicts=True)
    kept = Event.objects.get(survey=survey, key=key)
    if kept.id != event.id:  # told at the same time by two calls
        return Told(kept.id, is_new=False, is_asked=kept.is_sampled)
    row, _made = Reach.objects.get_or_create(wave=wave, unit=unit)
    Reach.objects.filter(id=row.id).update(told=F("told") + 1)
    if event.is_sampled:
        recipient = Recipient(
            wave=wave,
            address=mail,
            address_key=address_key(mail),
            name=tidy(name),
            lang=language_for(survey, lang),
            event=key,
            unit=unit,
            channel=channel,
            employee=employee if survey.names_employee else None,
            touchpoint=touchpoint,
            outcome=Outcome.LISTED,
            added_at=at,
        )
        recipient.save(force_insert=True)
        if campaign_of(wave).is_sending:
            delay = timedelta(minutes=sampling.delay_minutes)
            queue_one(recipient=recipient, due_at=max(happened_at + delay, at), at=at)
    return Told(event.id, is_new=True, is_asked=event.is_sampled)


@transaction.atomic
def change_sampling(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    percent: Decimal,
    delay_minutes: int,
    at: datetime,
) -> Sampling:
    """Set whom a survey asks after a transaction, and how long after.

    Raises:
        ValidationError: The share is not between 0 and 100 %, or the delay is over 60 days.
    """
    if not 0 <= percent <= 100:
        raise ValidationError({"percent": _("A share lies between 0 and 100 %.")})
    if not 0 <= delay_minutes <= LONGEST_DELAY.total_seconds() / 60:
        raise ValidationError({"delay_minutes": _("At most 60 days.")})
    wanted = {"percent": percent, "delay_minutes": delay_minutes}
    row, _made = Sampling.objects.update_or_create(survey=survey, defaults=wanted)
    audit.record(actor=actor, verb="changed sampling", kind="survey", subject=survey.id, at=at)
    return row


def draw(survey_id: UUID, key: str) -> Decimal:
    """Return a number from 0 to below 1 that looks like chance and is the same each time."""
    digest = sha256(f"{survey_id} {key}".encode()).digest()
    return Decimal(int.from_bytes(digest[:8]) % PARTS) / PARTS


def _is_stopped(address: str) -> bool:
    return Suppression.objects.filter(address_key__in=address_keys(address)).exists()


def _check(survey: Survey, key: str, name: str, happened_at: datetime, at: datetime) -> None:
    if not key or len(key) > LONGEST_KEY or has_unseen_signs(key) or key != key.strip():
        told = {"n": LONGEST_KEY}
        raise ValidationError({"key": _("A key has 1 to %(n)s visible signs.") % told})
    if len(name) > LONGEST["name"] or has_unseen_signs(name):
        raise ValidationError({"name": _("At most %(n)s signs.") % {"n": LONGEST["name"]}})
    if happened_at.tzinfo is None or happened_at > at + timedelta(days=1):
        raise ValidationError({"happened_at": _("This lies in the future, or has no time zone.")})
    if survey.voice != "customers":
        raise ValidationError(_("Only surveys of customers follow transactions."))

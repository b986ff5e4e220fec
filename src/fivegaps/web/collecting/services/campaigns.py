"""Start and stop the mails of a wave, and say when reminders follow."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.collecting.models import Campaign, Outcome, Recipient
from fivegaps.web.collecting.services.sending import INVITE, payload, put_reminder
from fivegaps.web.shared import audit
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.surveys.models import Invitation, State, Wave

MOST_REMINDERS = 3
MOST_DAYS = 60
AT_ONCE = 500


@transaction.atomic
def start(*, actor: audit.Actor | None, wave: Wave, at: datetime) -> int:
    """Let the invitations of a wave go out; return how many are queued now.

    Who was held back by the contact rule is tried again.

    Raises:
        ValidationError: The wave takes no answers.
    """
    if wave.state != State.OPEN:
        raise ValidationError(_("Open the wave first: invited people could not answer yet."))
    Campaign.objects.update_or_create(wave=wave, defaults={"is_sending": True, "started_at": at})
    held = Recipient.objects.filter(wave=wave, outcome=Outcome.HELD_BACK)
    held.update(outcome=Outcome.LISTED, reason="")
    n = queue(wave=wave, at=at)
    audit.record(actor=actor, verb="started mails", kind="wave", subject=wave.id, at=at)
    return n


@transaction.atomic
def stop(*, actor: audit.Actor | None, wave: Wave, at: datetime) -> None:
    """Send nothing more for a wave, reminders neither; what waits is back on the list."""
    Campaign.objects.filter(wave=wave).update(is_sending=False)
    audit.record(actor=actor, verb="stopped mails", kind="wave", subject=wave.id, at=at)


@transaction.atomic
def plan_reminders(
    *, actor: audit.Actor | None, wave: Wave, days: Sequence[int], at: datetime
) -> None:
    """Remind those who have not answered so many days after their invitation.

    Raises:
        ValidationError: The days do not rise, or there are too many.
    """
    wanted = list(days)
    rises = all(a < b for a, b in pairwise(wanted))
    if len(wanted) > MOST_REMINDERS or not rises:
        raise ValidationError(_("Write up to three numbers of days, each larger than before."))
    if any(not 1 <= day <= MOST_DAYS for day in wanted):
        raise ValidationError(_("A reminder comes 1 to %(n)s days later.") % {"n": MOST_DAYS})
    Campaign.objects.update_or_create(wave=wave, defaults={"reminder_days": wanted})
    sent = Recipient.objects.filter(wave=wave, outcome=Outcome.SENT, invitation__is_spent=False)
    for recipient in sent.filter(reminders__lt=len(wanted)).iterator():
        if recipient.sent_at is not None:
            number = recipient.reminders + 1
            due_at = recipient.sent_at + timedelta(days=wanted[number - 1])
            put_reminder(recipient, number, due_at=max(due_at, at), at=at)
    audit.record(actor=actor, verb="planned reminders", kind="wave", subject=wave.id, at=at)


@transaction.atomic
def queue(*, wave: Wave, at: datetime, due_at: datetime | None = None) -> int:
    """Make the invitations of those who stand on the list, and have them sent; return how many."""
    rows = Recipient.objects.filter(wave=wave, outcome=Outcome.LISTED)
    listed = list(rows.select_for_update())
    fresh: dict[UUID, Invitation] = {}
    for recipient in listed:
        if recipient.invitation_id is None:
            fresh[recipient.id] = _invitation_for(recipient)
            recipient.invitation_id = fresh[recipient.id].id
        recipient.outcome, recipient.reason = Outcome.QUEUED, ""
    Invitation.objects.bulk_create(fresh.values(), batch_size=AT_ONCE)
    changed = ["invitation", "outcome", "reason"]
    Recipient.objects.bulk_update(listed, changed, batch_size=AT_ONCE)
    outbox.put_all(
        kind=INVITE,
        payloads=[payload(one, 0) for one in listed],
        due_at=due_at or at,
        at=at,
    )
    return len(listed)


@transaction.atomic
def queue_one(*, recipient: Recipient, due_at: datetime, at: datetime) -> None:
    """Make the invitation of somebody who stands on the list, and have it sent at a time."""
    invitation = _invitation_for(recipient)
    invitation.save(force_insert=True)
    rows = Recipient.objects.filter(id=recipient.id, outcome=Outcome.LISTED)
    rows.update(invitation=invitation, outcome=Outcome.QUEUED)
    outbox.put(kind=INVITE, payload=payload(recipient, 0), due_at=due_at, at=at)


def _invitation_for(recipient: Recipient) -> Invitation:
    return Invitation(
        wave_id=recipient.wave_id,
        unit_id=recipient.unit_id,
        channel_id=recipient.channel_id,
        touchpoint_id=recipient.touchpoint_id,
        employee_id=recipient.employee_id,
    )

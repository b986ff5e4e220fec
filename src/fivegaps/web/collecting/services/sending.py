"""Send one invitation or reminder: the worker calls it for each errand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from zoneinfo import ZoneInfo

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext_noop

from fivegaps.web.collecting.addresses import address_keys
from fivegaps.web.collecting.mails import message_to
from fivegaps.web.collecting.models import (
    Campaign,
    Contact,
    MailRules,
    Outcome,
    Recipient,
    Suppression,
)
from fivegaps.web.collecting.selectors import mail_rules
from fivegaps.web.people.selectors import organisation
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.kinds import Kind, Later, Settle, Task, add_kind
from fivegaps.web.surveys.anonymity import redeemed_among
from fivegaps.web.surveys.models import Reach, State

INVITE = "invite"
TOO_SOON = gettext_noop("was invited to a survey a short time ago")
NOT_SENT = gettext_noop("the mail server did not take it; administrators see why")


class RefusedForNow(Exception):
    """The mail server will perhaps take the mail later."""


def teach_worker() -> None:
    """Tell the worker how invitations are sent, and at what pace."""
    add_kind(Kind(INVITE, run=send, give_up=give_up, pace=lambda: mail_rules().a_minute))


def payload(recipient: Recipient, number: int) -> dict[str, str]:
    """Return an errand's ids: of the recipient, and which mail it is (0: the invitation)."""
    return {"recipient": str(recipient.id), "number": str(number)}


def send(task: Task) -> Settle | None:
    """Send a mail if it still should go; return what to write once it went.

    Raises:
        Later: These are quiet hours, or a reminder is not due yet.
        RefusedForNow: The mail server said so.
    """
    rows = Recipient.objects.select_related("wave__survey", "invitation", "unit")
    recipient = rows.filter(id=task.payload["recipient"]).first()
    if recipient is None or recipient.invitation is None:  # erased meanwhile
        return None
    number, rules = int(task.payload["number"]), mail_rules()
    unsent = _why_not(recipient, number, rules, task.at)
    if unsent is not None:
        return unsent
    message = message_to(recipient, number, rules)
    try:
        message.send()
    except SMTPRecipientsRefused as refused:
        code, text = next(iter(refused.recipients.values()))
        return _refused(recipient, message, code, text, task.at)
    except SMTPDataError as refused:
        return _refused(recipient, message, refused.smtp_code, refused.smtp_error, task.at)
    return lambda: _sent(recipient, number, task.at)


@transaction.atomic
def give_up(told: Mapping[str, str], why: str) -> None:  # noqa: ARG001 - administrators see it
    """Mark a recipient whose invitation could not be sent in all attempts."""
    rows = Recipient.objects.filter(id=told["recipient"], outcome=Outcome.QUEUED)
    rows.update(outcome=Outcome.REFUSED, reason=NOT_SENT)


def _why_not(recipient: Recipient, number: int, rules: MailRules, at: datetime) -> Settle | None:
    """Return what to write instead of sending; None when it should go."""
    keys = address_keys(recipient.address)
    stopped = Suppression.objects.filter(address_key__in=keys).first()
    if stopped is not None:
        return lambda: _move(recipient, stopped.reason)
    campaign = Campaign.objects.filter(wave_id=recipient.wave_id).first()
    if campaign is None or not campaign.is_sending or not _is_asked(recipient):
        return lambda: _move(recipient, Outcome.LISTED)
    if number:
        unsent = _reminder(recipient, campaign, number, at)
    else:  # refused: administrators had it tried again
        is_due = recipient.outcome in {Outcome.QUEUED, Outcome.REFUSED}
        unsent = None if is_due else _nothing
    if unsent is not None:
        return unsent
    over_at = end_of_quiet(rules, at)
    if over_at is not None:
        raise Later(over_at)
    if number == 0 and not reserve_contact(recipient, keys, rules, at=at):
        return lambda: _move(recipient, Outcome.HELD_BACK, TOO_SOON)
    return None


def _is_asked(recipient: Recipient) -> bool:
    """Return whether an answer would still be taken from a recipient."""
    invitation = recipient.invitation
    is_answered = invitation is None or bool(redeemed_among([invitation.id]))
    return not is_answered and recipient.wave.state == State.OPEN


def _reminder(recipient: Recipient, campaign: Campaign, number: int, at: datetime) -> Settle | None:
    days = campaign.reminder_days
    is_next = recipient.outcome == Outcome.SENT and recipient.reminders == number - 1
    if not is_next or number > len(days) or recipient.sent_at is None:
        return _nothing
    due_at = recipient.sent_at + timedelta(days=days[number - 1])
    if at < due_at:
        raise Later(due_at)
    return None


@transaction.atomic
def reserve_contact(
    recipient: Recipient, keys: tuple[str, ...], rules: MailRules, *, at: datetime
) -> bool:
    """Note that a person is invited now; False when that was done too short a time ago.

    The unique row decides between surveys that would write at the same time.
    """
    own = keys[0]
    fresh = Contact(address_key=own, invited_at=at, recipient_id=recipient.id)
    Contact.objects.bulk_create([fresh], ignore_conflicts=True)
    rows = Contact.objects.filter(address_key__in=keys)
    held = list(rows.select_for_update())
    if rules.days_between is not None:
        limit = at - timedelta(days=rules.days_between)
        if any(one.invited_at > limit and one.recipient_id != recipient.id for one in held):
            rows.filter(address_key=own, recipient_id=recipient.id).delete()
            return False
    rows.filter(address_key=own).update(invited_at=at, recipient_id=recipient.id)
    return True


def end_of_quiet(rules: MailRules, at: datetime) -> datetime | None:
    """Return when the quiet hours end that an instant lies in; None outside of them."""
    own = organisation()
    here = at.astimezone(ZoneInfo("UTC" if own is None else own.time_zone))
    start, end, now = rules.quiet_from, rules.quiet_until, here.time()
    is_quiet = start <= now < end if start < end else (now >= start or now < end)
    if start == end or not is_quiet:
        return None
    day = here.date() + timedelta(days=int(now >= end))
    return datetime.combine(day, end, tzinfo=here.tzinfo)


def _sent(recipient: Recipient, number: int, at: datetime) -> None:
    rows = Recipient.objects.filter(id=recipient.id)
    if number:
        rows.update(reminders=number, reminded_at=at)
    elif rows.filter(sent_at=None).update(outcome=Outcome.SENT, sent_at=at, reason=""):
        _count_asked(recipient)
    campaign = Campaign.objects.get(wave_id=recipient.wave_id)
    if number < len(campaign.reminder_days):
        began_at = recipient.sent_at or at
        due_at = began_at + timedelta(days=campaign.reminder_days[number])
        put_reminder(recipient, number + 1, due_at=due_at, at=at)


def put_reminder(recipient: Recipient, number: int, *, due_at: datetime, at: datetime) -> None:
    """Have a reminder sent at a time; put down once, it only moves."""
    key = f"remind {recipient.id} {number}"
    told = payload(recipient, number)
    outbox.put(kind=INVITE, payload=told, due_at=due_at, at=at, key=key)


def _count_asked(recipient: Recipient) -> None:
    place = {"wave": recipient.wave, "unit": recipient.unit}
    row, _made = Reach.objects.get_or_create(**place)  # type: ignore[arg-type]
    Reach.objects.filter(id=row.id).update(mailed=F("mailed") + 1)


def _refused(
    recipient: Recipient, message: EmailMessage, code: int, text: bytes | str, at: datetime
) -> Settle:
    """Return what to write of a refusal for good; raise for one that may pass."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    told = " ".join(words.replace(message.to[0], "…").replace("\x00", "").split())
    reason = f"{code} {told}"[:300]
    if code < 500:
        Recipient.objects.filter(id=recipient.id).update(reason=reason)
        raise RefusedForNow(f"answered {code}")
    if not is_unknown_address(code, told):
        return lambda: _move(recipient, Outcome.REFUSED, reason)

    def bounced() -> None:
        _move(recipient, Outcome.BOUNCED, reason)
        suppress(recipient.address, Outcome.BOUNCED, at=at)

    return bounced


def is_unknown_address(code: int, text: str) -> bool:
    """Return whether a refusal says that the mailbox is not there, and never a matter of taste."""
    first = text.split(" ", 1)[0]
    parts = first.split(".")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        return parts[:2] == ["5", "1"] or parts == ["5", "2", "1"]
    return code in {550, 551, 553}


def suppress(address: str, reason: str, *, at: datetime) -> None:
    """Never write to an address again, whichever survey asks."""
    row = Suppression(address_key=address_keys(address)[0], reason=reason, since=at)
    Suppression.objects.bulk_create([row], ignore_conflicts=True)


def _move(recipient: Recipient, outcome: str, reason: str = "") -> None:
    """Give a recipient who waits an outcome; what was sent stays sent, unless it bounced."""
    former = [Outcome.QUEUED]
    if outcome in {Outcome.BOUNCED, Outcome.OPTED_OUT}:
        former.append(Outcome.SENT)
    rows = Recipient.objects.filter(id=recipient.id, outcome__in=former)
    rows.update(outcome=outcome, reason=reason)


def _nothing() -> None:
    """Write nothing."""

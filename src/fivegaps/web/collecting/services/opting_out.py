"""No more mails: said by a person, or by his mail server."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fivegaps.web.collecting.models import Outcome, Recipient
from fivegaps.web.collecting.services.sending import suppress

STILL = (Outcome.LISTED, Outcome.QUEUED, Outcome.SENT, Outcome.HELD_BACK)


@transaction.atomic
def opt_out(*, recipient: Recipient, at: datetime) -> None:
    """Never write to this person again, in whichever survey; again, it changes nothing.

    No deed of a member, so the audit log says nothing of it.
    """
    suppress(recipient.address, Outcome.OPTED_OUT, at=at)
    _mark(recipient, Outcome.OPTED_OUT, "")


@transaction.atomic
def bounce(*, recipient: Recipient, reason: str, is_final: bool, at: datetime) -> None:
    """Note that a mail came back: for good, or only this time."""
    if is_final:
        suppress(recipient.address, Outcome.BOUNCED, at=at)
        _mark(recipient, Outcome.BOUNCED, reason[:300])
    else:
        Recipient.objects.filter(id=recipient.id).update(reason=reason[:300])


def _mark(recipient: Recipient, outcome: str, reason: str) -> None:
    same = Recipient.objects.filter(address_key=recipient.address_key, outcome__in=STILL)
    same.update(outcome=outcome, reason=reason)

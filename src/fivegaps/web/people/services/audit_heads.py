"""The head of the audit log leaves the database every day: into a file, and to the auditors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial

from django.conf import settings
from django.db import transaction

from fivegaps.web.people.mails import mail_head
from fivegaps.web.people.selectors import auditor_for, auditors, organisation, zone_of
from fivegaps.web.shared.audit_heads import keep_head
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.kinds import Settle, Task

HEAD, HEAD_MAIL = "audit.head", "audit.head-mail"


@transaction.atomic
def plan_head(*, at: datetime) -> None:
    """Put the next sending down: at the end of this day where the organisation is."""
    zone = zone_of(None)
    tomorrow = at.astimezone(zone).date() + timedelta(days=1)
    due_at = datetime.combine(tomorrow, time(), tzinfo=zone)
    outbox.put(kind=HEAD, key=f"{HEAD}.{tomorrow}", payload={}, due_at=due_at, at=at)


def send_head(task: Task) -> Settle:
    """Keep the head in the file; then put down a mail to each auditor, and the next day."""
    head = keep_head(settings.ENVIRONMENT.home, at=task.at)
    payload = {"at": head.at, "number": str(head.number), "digest": head.digest}
    return partial(_put_mails, payload, task.at)


def mail_head_to(task: Task) -> None:
    """Mail a head to one auditor, if he still is one."""
    user = auditor_for(task.payload["user"])
    if user is not None:
        mail_head(user, task.payload)


def _put_mails(head: Mapping[str, str], at: datetime) -> None:
    for user in auditors() if organisation() is not None else ():
        outbox.put(
            kind=HEAD_MAIL,
            key=f"{HEAD_MAIL}.{user.id}.{head['at']}",
            payload={**head, "user": str(user.id)},
            due_at=at,
            at=at,
        )
    plan_head(at=at)

"""Who took the audit log out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from fivegaps.web.people.members import Member
from fivegaps.web.shared import audit


@transaction.atomic
def record_export(*, actor: Member, at: datetime) -> None:
    """Write down that somebody took the audit log out."""
    audit.record(actor=actor, verb="exported", kind="audit-log", subject=1, at=at)

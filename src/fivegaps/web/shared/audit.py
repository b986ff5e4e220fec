"""The audit log: deeds are appended, each with the digest of all before it.

The chain shows that a row was changed, taken out or put in between. It cannot show that
somebody who owns the database cut its tail or wrote the whole chain anew: for that its head
is kept outside the database (``fivegaps doctor --audit`` prints it).
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from django.db import transaction

from fivegaps.web.shared.models import DIGEST_LENGTH, AuditHead, AuditRow

SYSTEM = "system"
NOTHING_BEFORE = "0" * DIGEST_LENGTH


class Actor(Protocol):
    """Whoever may be named in the log."""

    @property
    def actor_id(self) -> UUID:
        """An id that stands for the person and tells nothing about him."""
        ...


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a walk along the chain found; ``broken_at`` is the first number that does not fit."""

    rows: int
    head: str
    broken_at: int | None

    @property
    def is_whole(self) -> bool:
        """Whether every row fits the one before and the head."""
        return self.broken_at is None


@transaction.atomic
def record(*, actor: Actor | None, verb: str, kind: str, subject: object, at: datetime) -> None:
    """Append one deed; ``actor`` None is the program itself. Names and texts do not belong here.

    Args:
        actor: Who did it.
        verb: What was done, one word: ``opened``, ``merged``, ``exported``.
        kind: What it was done to: ``unit``, ``survey``.
        subject: The id of that thing.
        at: When, with time zone.
    """
    head, _ = AuditHead.objects.select_for_update().get_or_create(id=1)
    row = AuditRow(
        number=head.number + 1,
        at=at,
        actor=SYSTEM if actor is None else str(actor.actor_id),
        verb=verb,
        kind=kind,
        subject=str(subject),
    )
    row.digest = _digest(row, head.digest)
    row.full_clean()
    row.save(force_insert=True)
    head.number, head.digest = row.number, row.digest
    head.save()


def verify_chain() -> ChainCheck:
    """Return whether every row of the log still is what was written."""
    before, count = NOTHING_BEFORE, 0
    for count, row in enumerate(AuditRow.objects.order_by("number").iterator(), start=1):
        if row.number != count or row.digest != _digest(row, before):
            return ChainCheck(rows=AuditRow.objects.count(), head=before, broken_at=count)
        before = row.digest
    head = AuditHead.objects.filter(id=1).first()
    kept = (head.number, head.digest) if head is not None else (0, NOTHING_BEFORE)
    broken = None if kept == (count, before) else count + 1
    return ChainCheck(rows=count, head=before, broken_at=broken)


def _digest(row: AuditRow, before: str) -> str:
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    content = [before, row.number, at, row.actor, row.verb, row.kind, row.subject]
    return hashlib.sha256(json.dumps(content, ensure_ascii=True).encode()).hexdigest()

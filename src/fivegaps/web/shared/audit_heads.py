"""Heads of the audit chain kept outside the database, in a file that only grows.

Whoever cuts the tail of the log, or writes it anew, must change this file as well; a copy of
it elsewhere (the daily mail to the auditors) shows that.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fivegaps.web.shared.models import AuditHead, AuditRow

FILE = "audit-heads.txt"
_LINE = re.compile(r"(\S+) (\d{1,18}) ([0-9a-f]{64})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """The end of the chain as it was at an instant: so many deeds, and the digest of the last."""

    at: str
    number: int
    digest: str

    def __str__(self) -> str:
        return f"{self.at} {self.number} {self.digest}"


def present_head(at: datetime) -> Head:
    """Return the head of the log as it is now."""
    row, _ = AuditHead.objects.get_or_create(id=1)
    shown = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    return Head(shown, row.number, row.digest)


def keep_head(home: Path, *, at: datetime) -> Head:
    """Append the present head to the file in the home and return it; on the disk when it ends."""
    head = present_head(at)
    opened = os.open(home / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(opened, f"{head}\n".encode())
        os.fsync(opened)
    finally:
        os.close(opened)
    return head


def kept_heads(home: Path) -> tuple[Head, ...]:
    """Return the heads in the file, oldest first; lines that are none are left aside."""
    try:
        text = (home / FILE).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ()
    found = (_LINE.fullmatch(line) for line in text.splitlines())
    return tuple(Head(one[1], int(one[2]), one[3]) for one in found if one is not None)


def lost_head(heads: Sequence[Head]) -> Head | None:
    """Return the first kept head whose deed is no longer in the log as it was; None: all are."""
    wanted = {head.number for head in heads if head.number}
    rows = dict(AuditRow.objects.filter(number__in=wanted).values_list("number", "digest"))
    lost = (head for head in heads if head.number and rows.get(head.number) != head.digest)
    return next(lost, None)

"""Mark addresses whose invitations came back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from fivegaps.web.collecting.models import Recipient
from fivegaps.web.collecting.reports import Report
from fivegaps.web.collecting.services.opting_out import bounce


@dataclass(frozen=True, slots=True)
class Taken:
    """What a box of mails held: mails = final + passing + foreign + other."""

    mails: int
    final: int
    passing: int
    foreign: int
    other: int


def take_reports(*, reports: Iterable[Report | None], at: datetime) -> Taken:
    """Mark the recipients that reports are about; again, they change nothing.

    A report counts only if it brings back the Message-ID of our mail, which nobody else knows:
    a forged one cannot silence an address.
    """
    counted = {"final": 0, "passing": 0, "foreign": 0, "other": 0}
    for report in reports:
        counted["other" if report is None else _take(report, at)] += 1
    return Taken(sum(counted.values()), **counted)


def _take(report: Report, at: datetime) -> str:
    known = report.recipient_id
    recipient = None if known is None else Recipient.objects.filter(id=known).first()
    if recipient is None:
        return "foreign"
    final = report.is_unknown_address
    bounce(recipient=recipient, reason=report.reason, is_final=final, at=at)
    return "final" if final else "passing"

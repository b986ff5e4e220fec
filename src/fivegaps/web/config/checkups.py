"""Further looks of the doctor: backups, work that waits, and what others could read on the way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

from django.db import DatabaseError
from django.db.models import Min

from fivegaps.web.config.backing_up import last_backup
from fivegaps.web.config.environment import LOOPBACK_NAMES, Environment
from fivegaps.web.config.sign import Sign
from fivegaps.web.people.selectors import is_set_up, organisation
from fivegaps.web.shared.outbox.models import Errand

OLD, VERY_OLD = timedelta(days=2), timedelta(days=14)
LATE = timedelta(minutes=10)
PROGRAM_YEAR = 2026
ENCRYPTED = {"require", "verify-ca", "verify-full"}


def backups(environment: Environment, *, at: datetime) -> Iterator[Sign]:
    """Tell how old the last backup is; an empty office and the demo need none."""
    try:
        own = organisation()
        if not is_set_up() or (own is not None and own.is_invented):
            return
    except DatabaseError:
        return
    last = last_backup(environment)
    if last is None:
        advice = "fivegaps backup; docs/office/operation.md tells how to have one every night."
        yield Sign("backup", "doubtful", "none was made by `fivegaps backup`", advice)
        return
    age = at - last.at
    shown = f"{age.days} days" if age.days > 1 else f"{age.total_seconds() / 3600:.0f} hours"
    state = "bad" if age > VERY_OLD else "doubtful" if age > OLD else "good"
    advice = "" if state == "good" else "fivegaps backup; look why none was made since."
    yield Sign("backup", state, f"the last one is {shown} old: {last.file}", advice)


def work(*, at: datetime) -> Iterator[Sign]:
    """Tell whether mails and other work wait longer than they should, or were given up."""
    try:
        undone = Errand.objects.filter(done_at=None)
        late = undone.filter(parked_at=None, due_at__lt=at - LATE)
        oldest = late.aggregate(oldest=Min("due_at"))["oldest"]
        waiting, parked = late.count(), undone.exclude(parked_at=None).count()
    except DatabaseError:
        return
    if oldest is not None:
        found = f"{waiting} errands wait, the oldest since {oldest:%Y-%m-%d %H:%M} UTC"
        advice = "Is the office being served, or `fivegaps worker` running?"
        yield Sign("worker", "doubtful", found, advice)
    if parked:
        found = f"{parked} errands were given up after many attempts"
        yield Sign("worker", "doubtful", found, "Look at the mail server and at the worker's log.")
    if oldest is None and not parked:
        yield Sign("worker", "good", "nothing waits")


def openness(environment: Environment) -> Iterator[Sign]:
    """Tell what others could read or do: in the home, on the way to mail server and database."""
    if environment.home.is_dir() and environment.home.stat().st_mode & 0o077:
        found = f"others on this machine may look into {environment.home}"
        yield Sign("settings", "bad", found, f"chmod 700 {environment.home}")
    if environment.secure and not environment.proxies:
        found = "PUBLIC_URL is https and PROXIES is 0"
        advice = "Set PROXIES=1 behind a proxy: else everybody who guesses passwords looks alike."
        yield Sign("settings", "doubtful", found, advice)
    mail = urlsplit(environment.smtp_url)
    if mail.scheme == "smtp" and mail.password and not _is_here(mail.hostname):
        found = f"the password of {mail.hostname} travels in the open"
        yield Sign("settings", "bad", found, "Use smtp+tls:// or smtps:// in SMTP_URL.")
    base = urlsplit(environment.database_url)
    modes = set(parse_qs(base.query).get("sslmode", []))
    if base.scheme != "sqlite" and not _is_here(base.hostname) and not modes & ENCRYPTED:
        found = f"answers may travel to {base.hostname} in the open"
        yield Sign("settings", "doubtful", found, "Add ?sslmode=require to DATABASE_URL.")
    if _is_invented() and set(environment.allowed_hosts) - set(LOOPBACK_NAMES):
        found = "the demo is reachable by others, and its passwords stand in a file"
        yield Sign("settings", "doubtful", found, "Serve an office of your own to real people.")


def year(at: datetime) -> Iterator[Sign]:
    """Tell a clock that stands before this program was written."""
    if at.year < PROGRAM_YEAR:
        yield Sign("clock", "bad", f"stands at {at:%Y-%m-%d}", "Set the clock of this machine.")


def _is_here(host: str | None) -> bool:
    return not host or host in {*LOOPBACK_NAMES, "::1"} or host.startswith("/")


def _is_invented() -> bool:
    try:
        own = organisation()
    except DatabaseError:
        return False
    return own is not None and own.is_invented

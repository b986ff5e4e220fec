"""What ails an office: database, disk, backups, settings, clock, mail, worker, audit log."""

from __future__ import annotations

import shutil
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta

import requests
from django.conf import settings
from django.core import mail
from django.db import DatabaseError, connection

from fivegaps.web.config import checkups
from fivegaps.web.config.database.choice import is_safe_sqlite
from fivegaps.web.config.environment import LOOPBACK_NAMES, Environment
from fivegaps.web.config.health import unapplied_migrations
from fivegaps.web.config.sign import Sign
from fivegaps.web.config.single_sign_on import IdentityProvider
from fivegaps.web.shared.audit import verify_chain
from fivegaps.web.shared.audit_heads import FILE, kept_heads, lost_head
from fivegaps.web.shared.models import AuditRow

MEGABYTE = 1024 * 1024
SCARCE, FULL = 1024 * MEGABYTE, 100 * MEGABYTE
CLOCKS_MAY_DIFFER = timedelta(seconds=5)


def examine(environment: Environment, *, at: datetime) -> tuple[Sign, ...]:
    """Return what was found on each topic, good signs too."""
    return (
        *_database(),
        _disk(environment),
        *checkups.backups(environment, at=at),
        *_settings(environment),
        *checkups.openness(environment),
        *_clock(at),
        *checkups.year(at),
        _mail(environment),
        *checkups.work(at=at),
    )


def examine_audit(environment: Environment) -> Sign:
    """Return whether the audit log is whole and holds every head that was kept in the home."""
    chain, heads = verify_chain(), kept_heads(environment.home)
    lost = lost_head(heads)
    if chain.is_whole and lost is not None:
        return Sign(
            "audit log",
            "bad",
            f"deed {lost.number}, which {environment.home / FILE} holds since {lost.at}, "
            "is gone or another: the tail was cut, or all was written anew",
            "A restored backup looks the same: then deeds after it are missing. "
            "Compare with the heads in the auditors' mails.",
        )
    if chain.is_whole:
        found = f"{chain.rows} deeds, whole; {len(heads)} kept heads fit; its head is {chain.head}"
        return Sign("audit log", "good", found)
    return Sign(
        "audit log",
        "bad",
        f"deed {chain.broken_at} does not fit the one before or is missing",
        "Somebody changed the database by hand, or it was damaged: compare with a backup.",
    )


def _database() -> Iterator[Sign]:
    try:
        waiting = unapplied_migrations()
    except DatabaseError as error:
        yield Sign("database", "bad", f"does not answer: {error}", "Look at DATABASE_URL.")
        return
    if waiting:
        yield Sign(
            "database", "bad", f"lacks {waiting} migrations", "Stop the office; fivegaps upgrade."
        )
    else:
        yield Sign("database", "good", f"{connection.vendor}, up to date")
    if connection.vendor == "sqlite":
        yield _sqlite()


def _sqlite() -> Sign:
    from fivegaps.web.config.database.base import sqlite_version

    version = sqlite_version()
    shown = ".".join(str(part) for part in version)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        journal = cursor.fetchone()[0]
        cursor.execute("PRAGMA synchronous")
        synchronous = cursor.fetchone()[0]
        cursor.execute("PRAGMA quick_check")
        check = cursor.fetchone()[0]
    if not is_safe_sqlite(version):
        advice = "Install the pysqlite3 wheel (pip install pysqlite3), or use PostgreSQL."
        return Sign("SQLite", "bad", f"{shown} can lose a transaction under load", advice)
    if check != "ok":
        return Sign("SQLite", "bad", f"the file is damaged: {check}", "Restore a backup.")
    if journal not in {"wal", "memory"} or synchronous < 2:
        found = f"journal {journal}, synchronous {synchronous}"
        return Sign("SQLite", "bad", found, "Something changed how the file is written.")
    return Sign("SQLite", "good", f"{shown}, journal {journal}, synchronous FULL")


def _disk(environment: Environment) -> Sign:
    free = shutil.disk_usage(environment.home).free
    shown = f"{free // MEGABYTE:,} MB free"
    if free < FULL:
        return Sign("disk", "bad", shown, "Make room: an answer that cannot be stored is lost.")
    if free < SCARCE:
        return Sign("disk", "doubtful", shown, "Make room before it is full.")
    return Sign("disk", "good", shown)


def _settings(environment: Environment) -> Iterator[Sign]:
    only_here = not set(environment.allowed_hosts) - set(LOOPBACK_NAMES)
    if environment.debug:
        yield Sign("settings", "doubtful", "DEBUG is on", "Leave it off where others can come.")
    if not environment.secure and not only_here:
        yield Sign(
            "settings",
            "bad",
            f"{environment.public_url} is not encrypted: passwords and answers can be read",
            "Put a proxy with a certificate in front; set PUBLIC_URL to https://… and PROXIES=1.",
        )
    key = environment.key_file
    if key.is_file() and key.stat().st_mode & 0o077:
        yield Sign("settings", "bad", f"others may read {key}", f"chmod 600 {key}")
    if only_here:
        yield Sign("settings", "good", "this machine alone reaches the office")
    elif environment.secure:
        yield Sign("settings", "good", f"reached by {environment.public_url}")


def _clock(at: datetime) -> Iterator[Sign]:
    try:
        last = AuditRow.objects.order_by("-number").values_list("at", flat=True).first()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT clock_timestamp()")
                apart = abs(cursor.fetchone()[0] - at)
            if apart > CLOCKS_MAY_DIFFER:
                found = f"{apart.total_seconds():.0f} s apart from the database's"
                yield Sign("clock", "bad", found, "Let both machines follow a time server.")
                return
    except DatabaseError:
        return
    if last is not None and last > at + CLOCKS_MAY_DIFFER:
        found = f"stands before the last deed, which was at {last:%Y-%m-%d %H:%M} UTC"
        yield Sign("clock", "bad", found, "Let this machine follow a time server.")
    else:
        yield Sign("clock", "good", f"{at:%Y-%m-%d %H:%M:%S} UTC")


def _mail(environment: Environment) -> Sign:
    if not environment.smtp_url:
        found = f"no SMTP_URL: mails are only written to {environment.home / 'mail'}"
        return Sign("mail", "doubtful", found, "Set SMTP_URL to invite people by mail.")
    try:
        server = mail.get_connection()
        server.open()
        server.close()
    except (OSError, smtplib.SMTPException) as error:
        return Sign(
            "mail", "bad", f"the mail server does not take us: {error}", "Look at SMTP_URL."
        )
    return Sign("mail", "good", "the mail server answers")


def _identity_provider() -> Iterator[Sign]:
    provider: IdentityProvider | None = settings.IDENTITY_PROVIDER
    if provider is None:
        return
    advice = "Look at OIDC_URL; people can still sign in by password."
    try:
        answer = requests.get(provider.discovery_url, timeout=10)
        answer.raise_for_status()
        told = answer.json()
    except (requests.RequestException, ValueError) as error:
        found = f"{provider.name} does not answer: {type(error).__name__}"
        yield Sign("single sign-on", "doubtful", found, advice)
        return
    wanted = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"}
    missing = sorted(wanted - set(told)) if isinstance(told, dict) else sorted(wanted)
    if missing:
        found = f"{provider.name} does not tell its {', '.join(missing)}"
        yield Sign("single sign-on", "doubtful", found, advice)
    else:
        yield Sign("single sign-on", "good", f"{provider.name} answers")

"""A backup of the whole office: one file, checked, made while people work."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from fivegaps.errors import OptionRefused
from fivegaps.web.config.archive import (
    DATABASE,
    ERASURES,
    KEY,
    Manifest,
    member_of,
    write_archive,
)
from fivegaps.web.config.copying import snapshot
from fivegaps.web.config.environment import Environment
from fivegaps.web.shared.erasures import erasures_file

LAST = "last-backup.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made: where it is, its size, and how many rows it holds."""

    file: Path
    bytes: int
    rows: int
    with_key: bool


@dataclass(frozen=True, slots=True)
class LastBackup:
    """When the last backup was made, and where it was put."""

    at: datetime
    file: Path


def make_backup(
    environment: Environment, file: Path | None, *, with_key: bool, at: datetime
) -> Backup:
    """Back the office up into a file, or into the home's backups/ under the present time.

    Args:
        environment: The settings.
        file: Where to; nothing may be there.
        with_key: Whether the secret key comes along: whoever has it can sign sessions.
        at: Now.

    Raises:
        OptionRefused: Something is there already.
        NoBackup: The programs of PostgreSQL could not do it.
        CopyDamaged: The database is not whole.
    """
    target = file or environment.home / "backups" / f"office-{at:%Y%m%dT%H%M%SZ}.tar.gz"
    if target.exists():
        raise OptionRefused("FILE", f"{target} is there already; name another")
    if file is None:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".backup-") as scratch:
        copied = Path(scratch) / DATABASE
        rows = snapshot(copied)
        files = {DATABASE: copied}
        if erasures_file().is_file():
            files[ERASURES] = erasures_file()
        if with_key:
            files[KEY] = _key_in(Path(scratch))
        manifest = Manifest(
            made_at=at.astimezone(UTC).isoformat(),
            version=version("fivegaps"),
            database=connection.vendor,
            migrations=applied_migrations(),
            rows=rows,
            key_check=key_check(settings.SECRET_KEY),
            files={name: member_of(path) for name, path in files.items()},
        )
        write_archive(target, manifest, files)
    _note(environment, target, at)
    return Backup(target, target.stat().st_size, sum(rows.values()), with_key)


def applied_migrations() -> tuple[str, ...]:
    """Return the migrations that the database has, as ``app.name``."""
    found = MigrationRecorder(connection).applied_migrations()
    return tuple(sorted(f"{app}.{name}" for app, name in found))


def key_check(key: str) -> str:
    """Return what tells a key from another without telling it."""
    return hmac.new(key.encode(), b"fivegaps.backup", hashlib.sha256).hexdigest()[:16]


def _key_in(folder: Path) -> Path:
    file = folder / KEY
    opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="utf-8") as out:
        out.write(f"{settings.SECRET_KEY}\n")
    return file


def _note(environment: Environment, target: Path, at: datetime) -> None:
    told = {"at": at.astimezone(UTC).isoformat(), "file": str(target.absolute())}
    unfinished = environment.home / f"{LAST}.unfinished"
    unfinished.write_text(json.dumps(told) + "\n", encoding="utf-8")
    unfinished.replace(environment.home / LAST)


def last_backup(environment: Environment) -> LastBackup | None:
    """Return the last backup that this home noted; None when there was none."""
    try:
        told = json.loads((environment.home / LAST).read_text(encoding="utf-8"))
        return LastBackup(datetime.fromisoformat(told["at"]), Path(told["file"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None

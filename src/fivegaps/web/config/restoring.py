"""Bring an office back from a backup: checked first, exchanged whole, erasures applied again."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader

from fivegaps.errors import FivegapsError
from fivegaps.web.config import postgresql
from fivegaps.web.config.archive import (
    DATABASE,
    ERASURES,
    KEY,
    BackupRefused,
    Manifest,
    check_archive,
    sync_folder,
    unpack,
)
from fivegaps.web.config.backing_up import key_check, make_backup
from fivegaps.web.config.copying import rows_now, sqlite_rows
from fivegaps.web.config.environment import Environment
from fivegaps.web.config.health import unapplied_migrations
from fivegaps.web.config.occupation import occupied
from fivegaps.web.people.selectors import is_set_up
from fivegaps.web.shared.erasures import erasures_file, read_erasures, replay, write_erasures


class OfficeFull(FivegapsError):
    """There is an office already, which a restore would overwrite."""

    def __init__(self) -> None:
        super().__init__(
            "this office is in use; `fivegaps restore FILE --replace` backs it up and "
            "then puts the backup in its place"
        )


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back, and what whoever restored should know.

    ``safety`` is the backup of what was there before.
    """

    made_at: str
    rows: int
    migrated: int
    erased: int
    safety: Path | None
    notices: tuple[str, ...]


def restore(environment: Environment, file: Path, *, replace: bool, at: datetime) -> Restored:
    """Put the office of a backup here.

    Args:
        environment: The settings; its database must be of the backup's kind.
        file: The backup.
        replace: Whether an office that is here may go, after a backup of its own.
        at: Now.

    Raises:
        BackupRefused: The backup is damaged, of another kind of database or of a newer program.
        OfficeFull: There is an office here, and ``replace`` was not said.
        OfficeInUse: The office is being served.
        NoRestore: PostgreSQL did not take it.
    """
    with occupied(environment, alone=True):
        manifest = check_archive(file)
        _check_fit(file, manifest)
        is_full = _is_full()
        if is_full and not replace:
            raise OfficeFull
        safety = make_backup(environment, None, with_key=False, at=at).file if is_full else None
        with tempfile.TemporaryDirectory(dir=environment.home, prefix=".restore-") as scratch:
            folder = Path(scratch)
            unpack(file, folder)
            had_notes = erasures_file().is_file()
            noted = read_erasures(erasures_file()) | read_erasures(folder / ERASURES)
            with _in_place(file, manifest, folder / DATABASE):
                migrated = _bring_up_to_date()
                erased, unknown = replay(noted, at=at)
            if noted:
                write_erasures(erasures_file(), noted)
            notices = [*_key_notices(environment, manifest, folder / KEY)]
        if not (had_notes or is_full):
            notices.append(
                f"no {ERASURES} was here: what was erased after {manifest.made_at} may be back; "
                f"put that file of the former office into {environment.home} and restore again"
            )
        notices += [f"nobody knows how to erase {kind!r} again" for kind in sorted(unknown)]
    return Restored(
        made_at=manifest.made_at,
        rows=sum(manifest.rows.values()),
        migrated=migrated,
        erased=erased,
        safety=safety,
        notices=tuple(notices),
    )


def _check_fit(file: Path, manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise BackupRefused(
            file,
            f"is of {manifest.database}, and DATABASE_URL names {connection.vendor}; "
            "restore it into a database of its own kind",
        )
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    newer = [one for one in manifest.migrations if one not in known]
    if newer:
        raise BackupRefused(
            file,
            f"was made by a newer fivegaps ({manifest.version}; this one lacks "
            f"{', '.join(newer[:3])}); install that version first",
        )


def _is_full() -> bool:
    name = Path(str(connection.settings_dict["NAME"]))
    if connection.vendor == "sqlite" and not name.exists():
        return False  # asking would make the file
    try:
        return is_set_up()
    except DatabaseError:  # no tables yet
        return False


@contextmanager
def _in_place(file: Path, manifest: Manifest, database: Path) -> Iterator[None]:
    """Connect Django to the restored database; let it stand when the block ends well."""
    if connection.vendor == "postgresql":
        postgresql.load(database)
        _check_rows(file, manifest, rows_now())
        yield
        return
    _check_rows(file, manifest, sqlite_rows(database))
    target = Path(str(connection.settings_dict["NAME"]))
    connection.close()
    connection.settings_dict["NAME"] = str(database)
    try:
        yield
        _end_log(database)
    finally:
        connection.close()
        connection.settings_dict["NAME"] = str(target)
    if target.exists():
        _end_log(target)
    for ending in ("-wal", "-shm"):  # a log of the former database must not meet the new one
        target.with_name(target.name + ending).unlink(missing_ok=True)
    database.chmod(0o600)
    shutil.move(database, target)
    sync_folder(target.parent)


def _end_log(file: Path) -> None:
    """Write the write-ahead log of a database into it and put the log away."""
    from fivegaps.web.config.database.base import DatabaseWrapper

    connection.close()
    opened = DatabaseWrapper.Database.connect(str(file))
    try:
        opened.execute("PRAGMA synchronous=FULL")
        opened.execute("PRAGMA journal_mode=DELETE")
    finally:
        opened.close()


def _check_rows(file: Path, manifest: Manifest, found: dict[str, int]) -> None:
    told = dict(manifest.rows)
    other = sorted(table for table in told.keys() | found if told.get(table) != found.get(table))
    if other:
        raise BackupRefused(file, f"is damaged: other rows than it says in {', '.join(other[:3])}")


def _bring_up_to_date() -> int:
    waiting = unapplied_migrations()
    if waiting:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return waiting


def _key_notices(environment: Environment, manifest: Manifest, key: Path) -> Iterator[str]:
    if key.is_file():
        text = key.read_text(encoding="utf-8").strip()
        if text == settings.SECRET_KEY:
            return
        key.chmod(0o600)
        shutil.move(key, environment.key_file)
        yield f"the secret key of the backup stands in {environment.key_file} now"
    elif manifest.key_check != key_check(settings.SECRET_KEY):
        yield (
            "this office has another secret key than the one that was backed up: everybody "
            "signs in anew, and links in mails that were sent no longer work"
        )

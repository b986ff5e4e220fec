"""A whole copy of the database, made while it is in use, with the rows of each table counted."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

from django.db import connection, transaction

from fivegaps.errors import FivegapsError
from fivegaps.web.config import postgresql

ADVICE = "make a copy your own way, then run: fivegaps upgrade --without-backup"


class CopyDamaged(FivegapsError):
    """The database, or a copy of it, is not whole."""


def copy_database(folder: Path, *, at: datetime) -> Path:
    """Return where the copy of the database is: whole, readable by its owner alone.

    Raises:
        NoBackup: It could not be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = "sqlite3" if connection.vendor == "sqlite" else "dump"
    target = folder / f"office-{at:%Y%m%dT%H%M%S}.{ending}"
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    snapshot(unfinished)
    unfinished.rename(target)
    return target


def snapshot(target: Path) -> dict[str, int]:
    """Write a copy of the database as it is at one instant; return the rows of each table.

    SQLite's copy holds no free pages, so nothing of what was erased.

    Raises:
        CopyDamaged: The database is not whole.
        NoBackup: The programs of PostgreSQL could not do it.
    """
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(target)])
        rows = sqlite_rows(target)
    else:
        rows = _dump(target)
    target.chmod(0o600)
    with target.open("rb") as file:
        os.fsync(file.fileno())
    return rows


def sqlite_rows(file: Path) -> dict[str, int]:
    """Return the rows of each table in a file of SQLite that is whole.

    Raises:
        CopyDamaged: It is not.
    """
    from fivegaps.web.config.database.base import DatabaseWrapper

    library = DatabaseWrapper.Database
    opened = library.connect(f"file:{file}?mode=ro", uri=True)
    try:
        found = opened.execute("PRAGMA integrity_check").fetchone()[0]
        orphans = opened.execute("PRAGMA foreign_key_check").fetchone()
        if found != "ok" or orphans is not None:
            raise CopyDamaged(f"the database is damaged: {found}, {orphans or 'no orphans'}")
        tables = opened.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {name: _count(opened, name) for (name,) in sorted(tables)}
    except library.DatabaseError as error:
        raise CopyDamaged(f"the database is damaged: {error}") from None
    finally:
        opened.close()


def _count(opened: object, table: str) -> int:
    quoted = connection.ops.quote_name(table)
    return int(opened.execute(f"SELECT count(*) FROM {quoted}").fetchone()[0])  # type: ignore[attr-defined]  # noqa: S608


def rows_now() -> dict[str, int]:
    """Return the rows of each table of the database that Django is connected to."""
    with connection.cursor() as cursor:
        found = {}
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found[table] = int(cursor.fetchone()[0])
    return found


def _dump(target: Path) -> dict[str, int]:
    # One snapshot for the counts and for pg_dump, however busy the office is.
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SELECT pg_export_snapshot()")
        name = cursor.fetchone()[0]
        rows = rows_now()
        postgresql.dump(target, snapshot=name, advice=ADVICE)
    return rows

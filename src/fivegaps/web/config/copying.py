"""A whole copy of the database, made while it is in use."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from fivegaps.web.config.running import NoBackup

ADVICE = "make a copy your own way, then run: fivegaps upgrade --without-backup"


def copy_database(folder: Path, *, at: datetime) -> Path:
    """Return where the copy of the database is: whole, checked, readable by its owner alone.

    Raises:
        NoBackup: It could not be made.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    ending = "sqlite3" if connection.vendor == "sqlite" else "dump"
    target = folder / f"office-{at:%Y%m%dT%H%M%S}.{ending}"
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    if connection.vendor == "sqlite":
        _copy_sqlite(unfinished)
    else:
        _dump_postgresql(unfinished)
    unfinished.chmod(0o600)
    with unfinished.open("rb") as file:
        os.fsync(file.fileno())
    unfinished.rename(target)
    return target


def _copy_sqlite(target: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(target)])


def _dump_postgresql(target: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise NoBackup(f"pg_dump is not installed; {ADVICE}")
    told = connection.get_connection_params()
    words = [program, "--format=custom", f"--file={target}", _address(told)]
    secret = {**os.environ, "PGPASSWORD": str(told.get("password", ""))}
    ended = subprocess.run(words, env=secret, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode != 0:
        target.unlink(missing_ok=True)
        raise NoBackup(f"pg_dump: {ended.stderr.strip()}; {ADVICE}")


def _address(told: dict[str, object]) -> str:
    user, host = quote(str(told.get("user", ""))), quote(str(told.get("host", "")), safe="")
    port = f"&port={told['port']}" if told.get("port") else ""
    return f"postgresql:///{quote(str(told['dbname']))}?user={user}&host={host}{port}"

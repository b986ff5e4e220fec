"""The programs of PostgreSQL that copy a database out and in."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from urllib.parse import quote

from django.db import connection

from fivegaps.errors import FivegapsError
from fivegaps.web.config.running import NoBackup

LOCK_PATIENCE = "10s"


class NoRestore(FivegapsError):
    """PostgreSQL did not take the backup; nothing was changed."""


def dump(target: Path, *, snapshot: str, advice: str) -> None:
    """Write the database to a file in PostgreSQL's own form.

    Args:
        target: Where to.
        snapshot: The exported snapshot to see.
        advice: What to do when it does not work.

    Raises:
        NoBackup: pg_dump is missing or failed.
    """
    words = ["--format=custom", f"--snapshot={snapshot}", f"--file={target}", _address()]
    if (fault := _run("pg_dump", *words)) is not None:
        target.unlink(missing_ok=True)
        raise NoBackup(f"{fault}; {advice}")


def load(dumped: Path) -> None:
    """Put a dump in the place of every table, all or nothing.

    Raises:
        NoRestore: A program is missing or failed; nothing was changed.
    """
    tables = [connection.ops.quote_name(name) for name in connection.introspection.table_names()]
    connection.close()
    with tempfile.TemporaryDirectory(dir=dumped.parent) as folder:
        away, back = Path(folder) / "away.sql", Path(folder) / "back.sql"
        drops = "".join(f"DROP TABLE IF EXISTS {table} CASCADE;\n" for table in tables)
        away.write_text(f"SET lock_timeout = '{LOCK_PATIENCE}';\n{drops}", encoding="utf-8")
        unpacked = ("--no-owner", "--no-privileges", f"--file={back}", str(dumped))
        loaded = ("-X", "-q", "-v", "ON_ERROR_STOP=1", "--single-transaction", f"--file={away}")
        fault = _run("pg_restore", *unpacked) or _run(
            "psql", *loaded, f"--file={back}", f"--dbname={_address()}"
        )
    if fault is not None:
        raise NoRestore(fault)


def _run(name: str, *words: str) -> str | None:
    program = shutil.which(name)
    if program is None:
        return f"{name} is not installed"
    password = str(connection.get_connection_params().get("password", ""))
    ended = subprocess.run(  # noqa: S603
        [program, *words],
        env={**os.environ, "PGPASSWORD": password},
        capture_output=True,
        text=True,
        check=False,
    )
    return None if ended.returncode == 0 else f"{name}: {ended.stderr.strip()}"


def _address() -> str:
    told = connection.get_connection_params()
    user, host = quote(str(told.get("user", ""))), quote(str(told.get("host", "")), safe="")
    port = f"&port={told['port']}" if told.get("port") else ""
    return f"postgresql:///{quote(str(told['dbname']))}?user={user}&host={host}{port}"

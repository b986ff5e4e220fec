"""What is marked ``postgres`` holds on PostgreSQL as well: one server, started for this test.

Debian's own packages are used (tools/system_packages installs them). Where there is no
server the test is skipped with a loud word; in CI a skip is a failure.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parent


def programs() -> Path | None:
    """Return the folder of the newest server's programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).parent if named else None


def as_server(words: list[str]) -> list[str]:
    """Return a command that runs as postgres: the server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--", *words] if os.geteuid() == 0 else words


def run(words: list[str], **options: object) -> None:
    ended = subprocess.run(  # noqa: S603
        as_server(words), capture_output=True, text=True, check=False, cwd="/", **options
    )
    assert ended.returncode == 0, f"{words}: {ended.stdout}{ended.stderr}"


@pytest.fixture(scope="module")
def postgresql() -> Iterator[str]:
    """The address of an empty database on a server of its own."""
    folder = programs()
    if folder is None:
        pytest.skip("NO POSTGRESQL HERE: run tools/system_packages, or apt-get install postgresql")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = Path(tempfile.mkdtemp(prefix="fivegaps-pg-"))
    if os.geteuid() == 0:
        shutil.chown(home, "postgres", "postgres")
    cluster = home / "cluster"
    run(
        [
            f"{folder}/initdb",
            "-D",
            str(cluster),
            "-U",
            "fivegaps",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale",
            "C.UTF-8",
            "--no-sync",
        ]
    )
    settings = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {home}"
    log = str(home / "log")
    run([f"{folder}/pg_ctl", "-D", str(cluster), "-o", settings, "-l", log, "-w", "start"])
    try:
        yield f"postgresql://fivegaps@127.0.0.1:{port}/postgres"
    finally:
        run([f"{folder}/pg_ctl", "-D", str(cluster), "-m", "immediate", "-w", "stop"])
        shutil.rmtree(home, ignore_errors=True)


def passes(postgresql: str, marked: str) -> None:
    """Run the tests that are marked so, on this server."""
    kept = {
        key: text for key, text in os.environ.items() if "XDIST" not in key and "COV" not in key
    }
    environment = {**kept, "DATABASE_URL": postgresql}
    words = ["-m", "pytest", str(WEB), "-m", marked, "-q", "-p", "no:cacheprovider"]

    ended = subprocess.run(  # noqa: S603
        [sys.executable, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        cwd=WEB.parents[1],
    )

    assert ended.returncode == 0, ended.stdout[-6000:] + ended.stderr[-2000:]
    assert " passed" in ended.stdout


def test_what_holds_on_sqlite_holds_on_postgresql(postgresql: str) -> None:
    passes(postgresql, "postgres and not soak")


@pytest.mark.soak
def test_what_a_soak_shows_on_sqlite_it_shows_on_postgresql(postgresql: str) -> None:
    passes(postgresql, "postgres and soak")


def test_office_upgrades_and_is_well_on_postgresql(postgresql: str, tmp_path: Path) -> None:
    fivegaps = str(Path(sys.executable).parent / "fivegaps")
    environment = {**os.environ, "DATABASE_URL": postgresql, "FIVEGAPS_HOME": str(tmp_path)}

    upgraded = subprocess.run(  # noqa: S603
        [fivegaps, "upgrade"], env=environment, capture_output=True, text=True, check=False
    )
    doctor = subprocess.run(  # noqa: S603
        [fivegaps, "doctor", "--audit"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert upgraded.returncode == 0, upgraded.stderr
    assert doctor.returncode == 0, doctor.stdout
    assert "postgresql, up to date" in doctor.stdout

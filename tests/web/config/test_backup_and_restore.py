"""A backup is whole, checked and private; a restore puts it back whole, or changes nothing."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
import tarfile
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest

pytestmark = pytest.mark.postgres

ANSWERS = 2006  # of the demo: 960 in each of two waves of 24 branches, 86 after a visit
FIVEGAPS = Path(sys.executable).parent / "fivegaps"
# What an office tells of itself: rows of each table, and the figures of its open wave.
LOOK = """
import dataclasses, json, sys
from fivegaps.web.config import running
running.begin()
from fivegaps.web.config.copying import rows_now
from fivegaps.web.dashboards.analyses import scored
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Wave
figures = scored(answers_of(Wave.objects.get(name="2026")))
told = {name: dataclasses.asdict(one) for name, one in figures.dimensions.items()}
json.dump({"rows": rows_now(), "figures": told}, sys.stdout, default=str)
"""
ERASE = """
from datetime import UTC, datetime
from fivegaps.web.config import running
running.begin()
from django.db import transaction
from fivegaps.web.shared.erasures import note_erasures
from fivegaps.web.surveys.models import Response
with transaction.atomic():
    row = Response.objects.order_by("id").first()
    note_erasures(kind="answer-of-tests", subjects=[row.id], at=datetime.now(UTC))
    row.delete()
"""


def office(home: Path) -> dict[str, str]:
    """Return the environment of an office of its own, with a new database."""
    kept = {name: value for name, value in os.environ.items() if name != "SECRET_KEY"}
    told = {**kept, "FIVEGAPS_HOME": str(home), "PYTHONWARNINGS": "ignore"}
    if os.environ.get("DATABASE_URL", "").startswith("postgres"):
        told["DATABASE_URL"] = _new_database(os.environ["DATABASE_URL"])
    return told


def _new_database(url: str) -> str:
    import psycopg

    name = f"office_{uuid4().hex}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def run(env: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [FIVEGAPS, *words], env=env, capture_output=True, text=True, check=False
    )


def python(env: dict[str, str], code: str) -> str:
    ended = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], Path, Path]:
    """An office with answers, and two backups of it: without the key and with it."""
    home = tmp_path_factory.mktemp("office")
    env = office(home)
    filled = run(env, "demo", "--out", str(home / "demo.json"))
    assert filled.returncode == 0, filled.stderr
    plain, keyed = home / "plain.tar.gz", home / "keyed.tar.gz"
    for words in (["backup", str(plain)], ["backup", str(keyed), "--with-key"]):
        made = run(env, *words)
        assert made.returncode == 0, made.stderr
    return env, plain, keyed


@pytest.fixture(scope="module")
def restored(demo, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An office that was restored from the plain backup."""
    env = office(tmp_path_factory.mktemp("second"))
    done = run(env, "restore", str(demo[1]))
    assert done.returncode == 0, done.stderr
    return env


def test_restored_office_has_the_rows_and_the_figures(demo, restored) -> None:
    assert json.loads(python(restored, LOOK)) == json.loads(python(demo[0], LOOK))


def test_restored_office_is_well(restored) -> None:
    doctor = run(restored, "doctor", "--audit")

    assert doctor.returncode == 0, doctor.stdout
    assert "up to date" in doctor.stdout
    assert "whole" in doctor.stdout


def test_backup_is_for_its_owner_alone_and_says_what_it_holds(demo) -> None:
    _env, plain, _keyed = demo

    with tarfile.open(plain) as archive:
        names = archive.getnames()
        told = archive.extractfile("manifest.json")
        assert told is not None
        manifest = json.load(told)

    assert names == ["manifest.json", "database"]
    assert manifest["schema"] == "fivegaps.backup/1"
    assert manifest["rows"]["surveys_response"] == ANSWERS
    assert set(manifest["files"]["database"]) == {"bytes", "sha256"}
    assert stat.S_IMODE(plain.stat().st_mode) == 0o600


def test_backup_writes_over_nothing(demo) -> None:
    env, plain, _keyed = demo
    before = plain.read_bytes()

    again = run(env, "backup", str(plain))

    assert (again.returncode, plain.read_bytes()) == (2, before)
    assert "is there already" in again.stderr


def test_office_in_use_is_not_overwritten(demo, restored) -> None:
    refused = run(restored, "restore", str(demo[1]))

    assert refused.returncode == 2
    assert "this office is in use" in refused.stderr


def test_replaced_office_can_be_had_back(demo, tmp_path: Path) -> None:
    env = office(tmp_path / "home")
    assert run(env, "restore", str(demo[1])).returncode == 0
    python(env, ERASE)

    done = run(env, "restore", str(demo[1]), "--replace")

    assert done.returncode == 0, done.stderr
    safety = re.search(r"what was here before is in (\S+)", done.stdout)
    assert safety is not None
    with tarfile.open(safety[1]) as archive:
        told = archive.extractfile("manifest.json")
        assert told is not None
        assert json.load(told)["rows"]["surveys_response"] == ANSWERS - 1
    assert json.loads(python(env, LOOK))["rows"]["surveys_response"] == ANSWERS
    assert "nobody knows how to erase 'answer-of-tests'" in done.stdout


def test_another_key_is_told(demo, tmp_path: Path) -> None:
    done = run(office(tmp_path / "home"), "restore", str(demo[1]))

    assert "another secret key" in done.stdout


def test_key_in_the_backup_comes_back_for_its_owner_alone(demo, tmp_path: Path) -> None:
    env, _plain, keyed = demo
    home = tmp_path / "home"

    done = run(office(home), "restore", str(keyed))

    key = home / "secret.key"
    assert key.read_text() == (Path(env["FIVEGAPS_HOME"]) / "secret.key").read_text()
    assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "another secret key" not in done.stdout


def test_backup_of_the_other_kind_of_database_is_refused(demo, tmp_path: Path) -> None:
    here = office(tmp_path / "home")
    other = here | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"}
    if "DATABASE_URL" in here:
        del other["DATABASE_URL"]

    refused = run(other, "restore", str(demo[1]))

    assert refused.returncode == 2
    assert "restore it into a database of its own kind" in refused.stderr


def test_missing_file_is_told(restored) -> None:
    refused = run(restored, "restore", "nowhere.tar.gz", "--replace")

    assert refused.returncode == 2
    assert "nowhere.tar.gz" in refused.stderr

"""The doctor names what puts answers or people at risk, and copies before an upgrade."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from fivegaps.web.config import doctor
from fivegaps.web.config.copying import copy_database
from fivegaps.web.config.environment import read_environment
from fivegaps.web.shared.audit import record
from fivegaps.web.shared.models import AuditRow

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def signs(tmp_path: Path, at: datetime = NOW, **variables: str) -> dict[str, list[str]]:
    environment = read_environment({"FIVEGAPS_HOME": str(tmp_path), **variables})
    found: dict[str, list[str]] = {}
    for sign in doctor.examine(environment, at=at):
        found.setdefault(sign.topic, []).append(sign.state)
    return found


def test_office_on_this_machine_is_well(db, tmp_path: Path) -> None:
    found = signs(tmp_path)

    assert found["database"] == ["good"]
    assert found["settings"] == ["good"]
    assert found["mail"] == ["doubtful"]


def test_passwords_in_the_open_are_bad(db, tmp_path: Path) -> None:
    found = signs(tmp_path, PUBLIC_URL="http://quality.example")

    assert found["settings"] == ["bad"]


def test_key_that_others_may_read_is_bad(db, tmp_path: Path) -> None:
    key = tmp_path / "secret.key"
    key.write_text("k" * 50)
    key.chmod(0o644)

    assert "bad" in signs(tmp_path)["settings"]


def test_clock_behind_the_last_deed_is_bad(db, tmp_path: Path) -> None:
    record(actor=None, verb="opened", kind="unit", subject=1, at=NOW)

    assert signs(tmp_path, at=NOW - timedelta(hours=1))["clock"] == ["bad"]
    assert signs(tmp_path, at=NOW)["clock"] == ["good"]


@pytest.mark.parametrize(("free", "state"), [(50, "bad"), (500, "doubtful"), (5000, "good")])
def test_disk_that_fills_up_is_told(db, tmp_path, monkeypatch, free: int, state: str) -> None:
    usage = SimpleNamespace(free=free * doctor.MEGABYTE)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)

    assert signs(tmp_path)["disk"] == [state]


def test_missing_migrations_are_bad(db, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(doctor, "unapplied_migrations", lambda: 1)

    assert signs(tmp_path)["database"] == ["bad"]


def test_broken_audit_log_is_bad(db, tmp_path: Path) -> None:
    record(actor=None, verb="opened", kind="unit", subject=1, at=NOW)
    AuditRow.objects.update(verb="closed")

    sign = doctor.examine_audit(SimpleNamespace(home=tmp_path))

    assert (sign.state, "deed 1" in sign.found) == ("bad", True)


@pytest.mark.django_db(transaction=True)
def test_copy_before_an_upgrade_is_whole_and_private(tmp_path: Path) -> None:
    record(actor=None, verb="opened", kind="unit", subject=1, at=NOW)

    copy = copy_database(tmp_path / "backups", at=NOW)

    with sqlite3.connect(copy) as opened:
        deeds = opened.execute("SELECT count(*) FROM shared_auditrow").fetchone()
    opened.close()
    assert deeds == (1,)
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert copy.name == "office-20260302T093000.sqlite3"

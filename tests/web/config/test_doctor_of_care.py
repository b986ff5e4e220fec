"""The doctor looks at backups, at work that waits, and at what others could read on the way."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fivegaps.web.config import checkups
from fivegaps.web.config.backing_up import LAST
from fivegaps.web.config.environment import read_environment
from fivegaps.web.people.models import Organisation
from fivegaps.web.shared.outbox.models import Errand

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def settings_of(home: Path, **variables: str) -> list[tuple[str, str]]:
    environment = read_environment({"FIVEGAPS_HOME": str(home), **variables})
    return [(sign.state, sign.found) for sign in checkups.openness(environment)]


def backups_of(home: Path) -> list[str]:
    environment = read_environment({"FIVEGAPS_HOME": str(home)})
    return [sign.state for sign in checkups.backups(environment, at=NOW)]


@pytest.mark.parametrize(
    ("hours", "state"), [(20, "good"), (47, "good"), (60, "doubtful"), (15 * 24, "bad")]
)
def test_age_of_the_last_backup_is_told(
    office, administrator, tmp_path: Path, hours: int, state: str
) -> None:
    told = {"at": (NOW - timedelta(hours=hours)).isoformat(), "file": "x.tar.gz"}
    (tmp_path / LAST).write_text(json.dumps(told))

    assert backups_of(tmp_path) == [state]


@pytest.mark.parametrize("text", [None, "", "{}", '{"at": 3, "file": "x"}'])
def test_office_without_a_backup_is_told(
    office, administrator, tmp_path: Path, text: str | None
) -> None:
    if text is not None:
        (tmp_path / LAST).write_text(text)

    assert backups_of(tmp_path) == ["doubtful"]


def test_empty_office_and_demo_need_no_backup(db, office, administrator, tmp_path: Path) -> None:
    Organisation.objects.update(is_invented=True)

    assert backups_of(tmp_path) == []


def test_home_that_others_may_look_into_is_bad(db, tmp_path: Path) -> None:
    tmp_path.chmod(0o755)

    assert [state for state, _ in settings_of(tmp_path)] == ["bad"]


@pytest.mark.parametrize(
    ("variables", "state", "said"),
    [
        ({"SMTP_URL": "smtp://u:p@mail.example"}, "bad", "travels in the open"),
        ({"PUBLIC_URL": "https://q.example"}, "doubtful", "PROXIES is 0"),
        ({"DATABASE_URL": "postgresql://u@db.example/office"}, "doubtful", "db.example"),
    ],
)
def test_what_others_could_read_on_the_way_is_told(
    db, tmp_path: Path, variables: dict[str, str], state: str, said: str
) -> None:
    ((found, told),) = settings_of(tmp_path, **variables)

    assert (found, said in told) == (state, True)


@pytest.mark.parametrize(
    "variables",
    [
        {"SMTP_URL": "smtp://u:p@127.0.0.1"},
        {"SMTP_URL": "smtps://u:p@mail.example"},
        {"PUBLIC_URL": "https://q.example", "PROXIES": "1"},
        {"DATABASE_URL": "postgresql://u@db.example/office?sslmode=require"},
        {"DATABASE_URL": "postgresql://u@/office?host=/var/run/postgresql"},
    ],
)
def test_what_nobody_else_reads_is_not_told(db, tmp_path: Path, variables: dict[str, str]) -> None:
    assert settings_of(tmp_path, **variables) == []


def test_demo_that_others_reach_is_doubtful(db, tmp_path: Path) -> None:
    Organisation.objects.create(id=1, name="Bank", is_invented=True)

    found = settings_of(tmp_path, PUBLIC_URL="https://q.example", PROXIES="1")

    assert [state for state, _ in found] == ["doubtful"]


def test_work_that_waits_too_long_and_work_given_up_is_told(db) -> None:
    hour = timedelta(hours=1)
    Errand.objects.create(kind="mail", payload={}, created_at=NOW, due_at=NOW - hour)
    Errand.objects.create(kind="mail", payload={}, created_at=NOW, due_at=NOW, parked_at=NOW)

    found = [(sign.state, sign.found) for sign in checkups.work(at=NOW)]

    assert [state for state, _ in found] == ["doubtful", "doubtful"]
    assert found[0][1].startswith("1 errands wait")
    assert "1 errands were given up" in found[1][1]


def test_clock_before_this_program_is_bad() -> None:
    assert [one.state for one in checkups.year(datetime(1970, 1, 1, tzinfo=UTC))] == ["bad"]
    assert list(checkups.year(NOW)) == []

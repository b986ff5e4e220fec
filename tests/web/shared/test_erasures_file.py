"""Erasures are noted once they are committed, read whatever a crash left, and applied again."""

from __future__ import annotations

import json
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction

from fivegaps.web.shared import erasures
from fivegaps.web.shared.erasures import (
    Erasure,
    add_eraser,
    id_hash,
    note_erasures,
    read_erasures,
    replay,
    write_erasures,
)

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where erasures are noted, for this test."""
    monkeypatch.setattr(erasures, "erasures_file", lambda: tmp_path / "erasures.jsonl")
    monkeypatch.setattr(erasures, "_erasers", {})
    return tmp_path / "erasures.jsonl"


@pytest.mark.django_db(transaction=True)
def test_what_is_committed_is_noted_by_digest_alone(file: Path) -> None:
    with transaction.atomic():
        note_erasures(kind="answer", subjects=["one", "two"], at=NOW)
        assert not file.exists()

    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [line["id_hash"] for line in lines] == [id_hash("answer", x) for x in ("one", "two")]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_back_is_not_noted(file: Path) -> None:
    with transaction.atomic():
        note_erasures(kind="answer", subjects=["one"], at=NOW)
        transaction.set_rollback(True)

    assert not file.exists()


def test_line_that_a_crash_cut_off_is_left_out(file: Path) -> None:
    whole = Erasure(NOW.isoformat(), "answer", id_hash("answer", "one"))
    write_erasures(file, [whole])
    with file.open("a") as out:
        out.write('{"at": "2026-03-02T09:3')

    assert read_erasures(file) == {whole}


@pytest.mark.django_db(transaction=True)
def test_line_after_one_that_was_cut_off_is_read(file: Path) -> None:
    file.write_text('{"at": "2026-03-02T09:3')

    note_erasures(kind="answer", subjects=["one"], at=NOW)

    assert read_erasures(file) == {Erasure(NOW.isoformat(), "answer", id_hash("answer", "one"))}


def test_no_file_notes_nothing(file: Path) -> None:
    assert read_erasures(file) == frozenset()


def test_erasers_get_the_digests_of_their_kind_and_unknown_kinds_are_told(db, file: Path) -> None:
    asked: list[frozenset[str]] = []
    add_eraser("answer", lambda hashes, _at: asked.append(hashes) or len(hashes))

    noted = [Erasure("", "answer", "a"), Erasure("", "answer", "b"), Erasure("", "mystery", "c")]

    assert replay(noted, at=NOW) == (2, frozenset({"mystery"}))
    assert asked == [frozenset({"a", "b"})]

"""`fivegaps init` at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fivegaps.cli.main import main


def test_a_started_folder_checks_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "bank"

    started = main(["init", str(folder), "--profile", "bank", "--lang", "vi"])
    checked = main(["check", str(folder)])

    said = capsys.readouterr().out
    assert (started, checked) == (0, 0)
    assert f"then: fivegaps check {folder}" in said
    assert "bank: no fault. Instrument rater-22@bank" in said
    assert "worked rows of `fivegaps init` are still in customers" in said
    assert "Ai điền" in (folder / "README.md").read_text(encoding="utf-8")


def test_a_folder_that_holds_something_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")

    code = main(["init", str(tmp_path)])

    assert code == 2
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_an_unknown_profile_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["init", str(tmp_path / "new"), "--profile", "bnak"])

    assert code == 2
    assert "Did you mean 'bank'?" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()

"""`fivegaps check` at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from fivegaps.cli.main import main


@pytest.fixture
def started(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A company folder as `fivegaps init` makes it."""
    folder = tmp_path / "bank"
    assert main(["init", str(folder)]) == 0
    capsys.readouterr()
    return folder


def spoil(folder: Path, file: str, old: str, new: str) -> None:
    """Put one text in the place of another, once."""
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_every_fault_is_named_by_file(started: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil(started, "customers.csv", "branch-1", "brunch-1")
    spoil(started, "standards.csv", "at_most,10", "at_most,soon")
    spoil(started, "promise_outcomes.csv", "41,50", "51,50")

    code = main(["check", str(started)])

    captured = capsys.readouterr()
    lines = captured.err.splitlines()
    assert code == 2
    assert captured.out == ""
    assert lines[0] == f"fivegaps: {started} cannot be used: 3 faults"
    assert [line.strip() for line in lines if line.endswith(".csv")] == [
        "customers.csv", "standards.csv", "promise_outcomes.csv",
    ]  # fmt: skip
    assert "row 2, column 'unit', value 'brunch-1'" in captured.err
    assert "row 2, column 'target', value 'soon'" in captured.err
    assert "row 2, column 'kept', value '51'" in captured.err


def test_what_is_missing_is_told_with_its_cost(
    started: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (started / "observations.csv").unlink()

    code = main(["check", str(started)])

    assert code == 0
    assert (
        "cannot tell gap 3 as measured, because observations is missing; to know it, collect"
        in capsys.readouterr().out
    )


def test_a_folder_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["check", str(tmp_path / "nowhere")])

    assert code == 2
    assert "fivegaps init DIR" in capsys.readouterr().err


def test_an_older_format_is_migrated_on_a_copy(
    started: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(started, "company.toml", "format = 2", "format = 1")
    spoil(started, "standards.csv", ",level,", ",target_level,")
    spoil(started, "promises.csv", ",level,", ",claimed_level,")

    refused = main(["check", str(started)])
    migrated = main(["check", str(started), "--migrate", str(tmp_path / "new")])
    again = main(["check", str(tmp_path / "new")])

    said = capsys.readouterr().out
    assert (refused, migrated, again) == (2, 0, 0)
    assert "standards.csv: target_level is now level" in said
    assert "format = 1" in (started / "company.toml").read_text(encoding="utf-8")

"""`fivegaps diagnose` and `fivegaps verify` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fivegaps.cli.main import main


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder as `fivegaps init` makes it."""
    folder = tmp_path_factory.mktemp("cli") / "shop"
    assert main(["init", str(folder)]) == 0
    return str(folder)


def test_diagnose_writes_results_and_says_where(
    company: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"

    assert main(["diagnose", company, "--out", str(out)]) == 0

    printed = capsys.readouterr().out
    assert "Causes" in printed
    assert "What cannot be told" in printed
    assert (out / "report.html").exists()
    assert json.loads((out / "results.json").read_text("utf-8"))["schema"] == (
        "fivegaps.diagnosis/1"
    )


def test_diagnose_prints_results_and_writes_nothing(
    company: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)

    assert main(["diagnose", company, "--json"]) == 0

    assert json.loads(capsys.readouterr().out)["causes"]
    assert list(tmp_path.iterdir()) == []


def test_diagnose_refuses_to_replace_a_diagnosis(
    company: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "results.json").write_text("{}", encoding="utf-8")

    assert main(["diagnose", company, "--out", str(tmp_path)]) == 2

    assert "--overwrite" in capsys.readouterr().err


def test_diagnose_refuses_a_wave_that_is_not_there(
    company: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "found"

    assert main(["diagnose", company, "--wave", "1999", "--out", str(out)]) == 2

    assert "1999" in capsys.readouterr().err
    assert not out.exists()


def test_diagnose_refuses_a_folder_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["diagnose", str(tmp_path / "nothing"), "--json"]) == 2

    assert "nothing" in capsys.readouterr().err


def test_verify_prints_two_answers_for_each_action(
    company: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", company]) == 0

    printed = capsys.readouterr().out
    assert "effect" in printed
    assert "state" in printed


def test_verify_prints_json(company: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["verify", company, "--json"]) == 0

    verdicts = json.loads(capsys.readouterr().out)
    assert all({"effect_verdict", "state_verdict"} <= set(one) for one in verdicts.values())

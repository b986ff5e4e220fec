"""`fivegaps simulate` at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fivegaps.cli.main import main

SMALL = """
id = "small"
version = "1"
lang = ["en"]
title = { en = "Small" }
[[battery]]
id = "expectation"
minimum = 1
maximum = 7
[[battery]]
id = "perception"
minimum = 1
maximum = 7
[[dimension]]
id = "care"
title = { en = "Care" }
[[item]]
id = "care1"
dimension = "care"
[[item]]
id = "care2"
dimension = "care"
"""


@pytest.fixture
def small(tmp_path: Path) -> str:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("ending", ["csv", "parquet", "xlsx", "sav"])
def test_answers_and_truth_are_written(
    small: str, ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out" / f"answers.{ending}"

    code = main(["simulate", "--instrument", small, "--n", "60", "--out", str(out)])

    assert (code, out.is_file()) == (0, True)
    assert json.loads(out.with_suffix(".truth.json").read_text())["n"] == 60
    assert "60 respondents, instrument small" in capsys.readouterr().out


@pytest.mark.parametrize(
    "instrument", ["rater-22", "rater-22-zone", "rater-22-performance", "rater-10"]
)
def test_every_shipped_kind_can_be_simulated(instrument: str, tmp_path: Path) -> None:
    out = tmp_path / "answers.csv"

    code = main(["simulate", "--instrument", instrument, "--n", "50", "--out", str(out)])

    assert (code, len(out.read_text().splitlines())) == (0, 51)


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--n", "0"], "--n: must be from 1"),
        (["--missing", "2"], "--missing: is a share"),
        (["--shift", "Riga=1"], "--shift: no segment 'Riga'"),
        (["--segments", "branch"], "--segments: 'branch' is not of the form"),
        (["--instrument", "nowhere.toml"], "there is no such file"),
    ],
)
def test_impossible_order_is_refused(
    small: str,
    words: list[str],
    message: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = tmp_path / "out" / "answers.csv"

    code = main(["simulate", "--instrument", small, "--out", str(out), *words])

    assert (code, out.exists()) == (2, False)
    assert message in capsys.readouterr().err

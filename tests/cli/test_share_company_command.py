"""`fivegaps share` at the command line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fivegaps.cli.main import main


@pytest.fixture
def company(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """A company of six customers who wrote their names into a column of their own."""
    folder = tmp_path / "bank"
    assert main(["init", str(folder)]) == 0
    capsys.readouterr()
    path = folder / "customers.csv"
    with path.open(encoding="utf-8") as file:
        row = next(csv.DictReader(file))
    rows = [row | {"respondent": f"c{number}", "signed": "Qwxzjk"} for number in range(6)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return folder


def test_the_copy_names_nobody_and_checks_clean(
    company: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "shared"

    shared = main(["share", str(company), str(out), "--key", "k"])
    checked = main(["check", str(out)])

    assert (shared, checked) == (0, 0)
    assert "manifest.json" in {path.name for path in out.iterdir()}
    assert "managers: 2 rows withheld" in capsys.readouterr().out
    assert all("Qwxzjk" not in path.read_text(encoding="utf-8") for path in out.iterdir())


def test_a_copy_of_a_copy_is_one_too(company: Path, tmp_path: Path) -> None:
    assert main(["share", str(company), str(tmp_path / "one")]) == 0

    code = main(["share", str(tmp_path / "one"), str(tmp_path / "two")])

    assert code == 0


def test_a_faulty_folder_is_not_shared(company: Path, tmp_path: Path) -> None:
    (company / "units.csv").write_text("unit,parent\nbranch-1,branch-1\n", encoding="utf-8")

    code = main(["share", str(company), str(tmp_path / "shared")])

    assert code == 2
    assert not (tmp_path / "shared").exists()

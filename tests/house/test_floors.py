"""The floors hold, and a violation planted in a copy is caught."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LINT_IMPORTS = Path(sys.executable).parent / "lint-imports"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder / "src"), "COLUMNS": "200"}
    return subprocess.run(  # noqa: S603
        [LINT_IMPORTS, "--no-cache"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def copy_to(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(
        ROOT / "src", folder / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    return folder


PLANTED = [
    ("stats", "fivegaps.cli", "Floors"),
    ("model", "fivegaps.stats", "Floors"),
    ("report", "django", "The core knows no web framework"),
    ("engines", "numba", "numba lives in the kernel"),
    ("io", "pandas", "pandas hands rows"),
    ("scoring", "pandas", "Numbers floors use NumPy and SciPy"),
    ("model", "numpy", "model uses the standard library only"),
    ("io", "altair", "Charts, pages and PDF live in report"),
    ("simulation", "fivegaps.stats", "The simulator shares no rule"),
]


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract, by its name, once every violation is planted."""
    folder = copy_to(tmp_path_factory.mktemp("planted"))
    for place, (floor, imported, _) in enumerate(PLANTED):
        file = folder / "src/fivegaps" / floor / f"planted_{place}.py"
        file.write_text(f"import {imported}\n")
    _, _, broken = lint(folder).stdout.partition("Broken contracts")
    parts = re.split(r"\n([^\n]+)\n-{5,}\n", broken)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("place", range(len(PLANTED)), ids=lambda place: " ".join(PLANTED[place]))
def test_planted_import_is_caught(planted: dict[str, str], place: int) -> None:
    floor, _, contract = PLANTED[place]

    said = "".join(text for name, text in planted.items() if name.startswith(contract))

    assert f"fivegaps.{floor}.planted_{place}" in said


def test_floor_without_a_place_is_caught(tmp_path: Path) -> None:
    folder = copy_to(tmp_path)
    (folder / "src/fivegaps/attic").mkdir()
    (folder / "src/fivegaps/attic/__init__.py").write_text("")

    answer = lint(folder)

    assert "attic" in answer.stdout + answer.stderr
    assert answer.returncode != 0

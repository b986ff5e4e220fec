"""The floors hold, and a violation planted in a copy is caught."""

from __future__ import annotations

import os
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


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(
        ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info")
    )
    return tmp_path


@pytest.mark.parametrize(
    ("floor", "planted", "contract"),
    [
        ("stats", "import fivegaps.cli", "Floors"),
        ("model", "import fivegaps.stats", "Floors"),
        ("report", "import django", "The core knows no web framework"),
        ("engines", "import numba", "numba lives in the kernel"),
        ("io", "import pandas", "pandas hands rows"),
        ("scoring", "import pandas", "Numbers floors use NumPy and SciPy"),
        ("model", "import numpy", "model uses the standard library only"),
        ("io", "import altair", "Charts, pages and PDF live in report"),
        ("simulation", "import fivegaps.stats", "The simulator shares no rule"),
    ],
)
def test_planted_import_is_caught(copy: Path, floor: str, planted: str, contract: str) -> None:
    (copy / "src/fivegaps" / floor / "planted.py").write_text(planted + "\n")

    answer = lint(copy)

    broken = [line for line in answer.stdout.splitlines() if " BROKEN" in line]
    assert any(line.startswith(contract) for line in broken), answer.stdout


def test_floor_without_a_place_is_caught(copy: Path) -> None:
    (copy / "src/fivegaps/attic").mkdir()
    (copy / "src/fivegaps/attic/__init__.py").write_text("")

    answer = lint(copy)

    assert "attic" in answer.stdout + answer.stderr
    assert answer.returncode != 0

"""`fivegaps.__all__` is what can be imported from it, and nothing else is public."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import fivegaps

ROOT = Path(__file__).resolve().parents[2]


def test_every_public_name_can_be_imported() -> None:
    missing = [name for name in fivegaps.__all__ if not hasattr(fivegaps, name)]

    assert missing == []


def test_every_public_name_is_shown_by_dir() -> None:
    assert set(fivegaps.__all__) <= set(dir(fivegaps))


def test_public_names_are_sorted_and_unique() -> None:
    assert list(fivegaps.__all__) == sorted(set(fivegaps.__all__))


def test_every_public_name_explains_itself() -> None:
    silent = [
        name
        for name in fivegaps.__all__
        if callable(getattr(fivegaps, name)) and not getattr(fivegaps, name).__doc__
    ]

    assert silent == []


def test_star_import_works() -> None:
    subprocess.run([sys.executable, "-c", "from fivegaps import *"], check=True)


def test_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert fivegaps.__version__ == project["version"]

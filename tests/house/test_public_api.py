"""`fivegaps.__all__` is what can be imported from it, and nothing else is public."""

from __future__ import annotations

import subprocess
import sys

import fivegaps


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

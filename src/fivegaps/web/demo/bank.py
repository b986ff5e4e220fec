"""The invented bank that the demo shows: the company folder of examples/bank."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fivegaps.io.company.company import Company
from fivegaps.io.company.read import read_company

_INSIDE = Path(__file__).resolve().parent / "bank"  # in an installed fivegaps
_REPOSITORY = Path(__file__).resolve().parents[4] / "examples" / "bank"


def bank_folder() -> Path:
    """Return the folder of the bank: beside this file when installed, else of the repository."""
    return _INSIDE if _INSIDE.is_dir() else _REPOSITORY


@cache
def invented_bank() -> Company:
    """Return the bank as every command reads it.

    Raises:
        InputRefused: The folder was changed into one that cannot be read.
    """
    return read_company(bank_folder())

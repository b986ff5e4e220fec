"""What a cell of a register may say: a number, a share, a date, yes or no, a choice."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias, TypeVar

from fivegaps.io.cells import plain_number
from fivegaps.io.where import close_names

T = TypeVar("T")

_ISO = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ][0-9:.,+Z -]*)?")
_YES = frozenset({"yes", "true", "1"})
_NO = frozenset({"no", "false", "0"})


@dataclass(frozen=True, slots=True)
class Unusable:
    """Why a cell cannot be used, and what to do."""

    what: str
    advice: str = ""


Judge: TypeAlias = Callable[[str], T | Unusable]


def number_judge(
    low: float | None = None, high: float | None = None, *, whole: bool = False, what: str = ""
) -> Judge[float]:
    """Return a judge of numbers between two ends; ``what`` names them in messages."""
    named = what or ("a whole number" if whole else "a number")

    def judge(text: str) -> float | Unusable:
        number = plain_number(text)
        if number is None:
            return Unusable(f"is not {named}.", "Write digits alone, such as 4 or 2.5.")
        if (low is not None and number < low) or (high is not None and number > high):
            return Unusable(f"is {_outside(low, high)}.", "Correct it, or empty the cell.")
        if whole and number != int(number):
            return Unusable(f"is not {named}.", "Correct it, or empty the cell.")
        return number

    return judge


def _outside(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"outside {low:g} to {high:g}"
    return f"below {low:g}" if low is not None else f"above {high:g}"


def share(text: str) -> float | Unusable:
    """Judge a share, 0 to 1."""
    number = plain_number(text)
    if number is None:
        return Unusable("is not a share.", "Write a number from 0 to 1, such as 0.8 for 80 %.")
    if not 0 <= number <= 1:
        return Unusable(
            "is outside 0 to 1.", f"A share of {number:g} % is written {number / 100:g}."
        )
    return number


def flag(text: str) -> float | Unusable:
    """Judge yes or no: 1.0 or 0.0."""
    said = text.casefold()
    if said in _YES:
        return 1.0
    if said in _NO:
        return 0.0
    return Unusable("is neither yes nor no.", "Write yes or no, or empty the cell.")


def date(text: str) -> dt.date | Unusable:
    """Judge an ISO date; a time after it is left aside."""
    match = _ISO.fullmatch(text)
    if match is None:
        return Unusable("is no date.", "Write year-month-day, such as 2025-05-31.")
    try:
        return dt.date.fromisoformat(match[1])
    except ValueError:
        return Unusable("is a day that no calendar has.", "Correct it, or empty the cell.")


def choice_judge(allowed: Sequence[str]) -> Judge[int]:
    """Return a judge of words from a list; it returns a word's place in the list."""
    places = {word.casefold(): place for place, word in enumerate(allowed)}
    listed = ", ".join(allowed)

    def judge(text: str) -> int | Unusable:
        place = places.get(text.casefold().replace(" ", "_"))
        if place is None:
            near = close_names(text, allowed)
            return Unusable(f"is not one of {listed}{near or '.'}")
        return place

    return judge


def reference_judge(known: Sequence[str], *, kind: str, where: str) -> Judge[int]:
    """Return a judge of ids of another place; it returns the id's place there.

    ``kind`` is what the id names (unit), ``where`` what holds them (units).
    """
    places = {name: place for place, name in enumerate(known)}

    def judge(text: str) -> int | Unusable:
        place = places.get(text)
        if place is None:
            return Unusable(
                f"is no {kind} of {where}{close_names(text, known) or '.'}",
                f"Correct it, or add it to {where}.",
            )
        return place

    return judge

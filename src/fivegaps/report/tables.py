"""A table whose cells keep their types, so that a page and a workbook can both show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fivegaps.report.numerals import Numerals
from fivegaps.report.words import Words
from fivegaps.stats.estimate import Estimate, GapEstimate

Kind = Literal[
    "name", "text", "count", "mean", "signed", "coefficient", "share", "p", "statistic", "index"
]
DECIMALS: dict[str, int] = {
    "count": 0,
    "mean": 2,
    "signed": 2,
    "coefficient": 2,
    "share": 0,
    "statistic": 2,
    "index": 3,
}


@dataclass(frozen=True, slots=True)
class Named:
    """Something with an id for machines and a name for people."""

    id: str
    name: str


Cell = str | int | float | None | Named | Estimate | GapEstimate


@dataclass(frozen=True, slots=True)
class Column:
    """A column: ``kind`` says how its figures are written, ``meaning`` what they are."""

    id: str
    kind: Kind
    title: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title and a note; ``strong`` are cells to print bold (row, column)."""

    id: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    strong: frozenset[tuple[int, int]] = frozenset()


def figure(value: float, kind: str, numerals: Numerals) -> str:
    """Return a figure as its kind is written."""
    decimals = DECIMALS.get(kind, 2)
    match kind:
        case "signed":
            return numerals.signed(value, decimals)
        case "coefficient" | "index":
            return numerals.coefficient(value, decimals)
        case "share":
            return numerals.share(value, decimals)
        case "p":
            return numerals.p(value)
        case _:
            return numerals.number(value, decimals)


def reason_in_words(reason: str | None, words: Words) -> str:
    """Return why a figure cannot be had; an unknown code is shown as it is.

    ``small_cell:5`` tells as well how many would have had to answer,
    ``small_cell:others`` that enough did, but smaller groups could be worked out.
    """
    code, _, more = (reason or "").partition(":")
    if more.isdigit() and words.knows(f"reasons.fewest.{code}"):
        return words.say(f"reasons.fewest.{code}", fewest=more)
    if more and words.knows(f"reasons.{more}.{code}"):
        return words.say(f"reasons.{more}.{code}")
    key = f"reasons.short.{code}"
    return words.say(key) if words.knows(key) else code


def parts(cell: Cell, kind: str, numerals: Numerals, words: Words) -> tuple[str, str]:
    """Return a cell as text and, apart, its interval or the reason why it is empty."""
    if isinstance(cell, Estimate | GapEstimate):
        return _estimated(cell, kind, numerals, words)
    if cell is None:
        text = "–"
    elif isinstance(cell, Named):
        text = cell.name
    elif isinstance(cell, str):
        text = cell
    elif kind == "count" and cell != int(cell):
        text = numerals.number(cell, 1)
    else:
        text = figure(cell, kind, numerals)
    return text, ""


def _estimated(
    one: Estimate | GapEstimate, kind: str, numerals: Numerals, words: Words
) -> tuple[str, str]:
    if one.value is None:
        reason = reason_in_words(one.reason, words)
        withheld = (one.reason or "").startswith("small_cell")
        return words.say("phrases.hidden") if withheld else "–", f"({reason})" if reason else ""
    text = figure(one.value, kind, numerals)
    # A census has no sampling error: an interval without width says nothing, its method does.
    if one.low is None or one.high is None or one.low == one.high:
        return text, ""
    form = "coefficient" if kind == "index" else kind
    return text, numerals.span(one.low, one.high, DECIMALS.get(kind, 2), form)


def shown(cell: Cell, kind: str, numerals: Numerals, words: Words) -> str:
    """Return a cell as one text; an estimate with its interval, a missing one with its reason."""
    return " ".join(part for part in parts(cell, kind, numerals, words) if part)

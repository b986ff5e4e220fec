"""What one cell says: an answer, no answer, or something that is neither.

Cells are judged once per distinct text, never once per row.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

# What people, spreadsheets and statistics programs write for "no answer".
# Numeric codes such as 99 are none of them: those an instrument declares.
MISSING_WORDS = frozenset(
    {"", "na", "n/a", "n.a.", "#n/a", "<na>", "-", "–", "—", ".", "null", "nan", "#null!"}
)

_PLAIN = re.compile(r"[+-]?(?:[0-9]{1,18}(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]{1,2})?")
# A point before its words: 7 - strongly agree; 7: …; 7. …; (7) …; 7 strongly agree; 7점
_LEADING = re.compile(
    r"\(?(?P<point>[+-]?[0-9]{1,4})(?:\s*[-–—:=.)]\s*|\s+|(?=[^\x00-\x7f]))(?P<label>[^0-9]+)"
)
# A point in brackets after its words, as in: strongly agree (7)
_TRAILING = re.compile(r"(?P<label>[^0-9]+)[(\[](?P<point>[+-]?[0-9]{1,4})[)\]]")
# LimeSurvey's answer codes: A1 … A7, AO01 … AO07
_CODED = re.compile(r"(?:A|AO)0*(?P<point>[0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Answered:
    """A number; ``label`` is what stood beside it, such as "strongly agree"."""

    number: float
    label: str = ""
    coded: bool = False


@dataclass(frozen=True, slots=True)
class NotAnswered:
    """No answer; ``mark`` is the word that says so, empty for an empty cell."""

    mark: str


@dataclass(frozen=True, slots=True)
class Words:
    """Text that is neither a number nor a sign of no answer."""

    text: str


Cell = Answered | NotAnswered | Words


def tidy(text: str) -> str:
    """Return text as it is compared: NFC, blanks at the ends gone, inner blanks single."""
    return " ".join(unicodedata.normalize("NFC", text).replace("\ufeff", "").split())


def plain_number(text: str, *, decimal: str | None = None) -> float | None:
    """Return the number that a text spells in ASCII digits, or None.

    ``decimal`` is the decimal sign; None takes a point or a comma.
    """
    stripped = text.strip()
    if _PLAIN.fullmatch(stripped) is None:
        return None
    if (decimal == "." and "," in stripped) or (decimal == "," and "." in stripped):
        return None
    return float(stripped.replace(",", "."))


def judged(text: str, *, decimal: str | None = None) -> Cell:
    """Return what a cell of a scale question says: ``5``, ``5,0``, ``A5``, ``5 - agree``."""
    number = plain_number(text, decimal=decimal)
    if number is not None:
        return Answered(number)
    shown = tidy(text)
    if shown.casefold() in MISSING_WORDS:
        return NotAnswered(shown)
    if (match := _CODED.fullmatch(shown)) is not None:
        return Answered(float(match["point"]), coded=True)
    for pattern in (_LEADING, _TRAILING):
        match = pattern.fullmatch(shown)
        if match is not None and any(sign.isalpha() for sign in match["label"]):
            return Answered(float(match["point"]), match["label"].strip().casefold())
    return Words(shown)


def is_missing_word(text: str) -> bool:
    """Tell whether a cell holds nothing, or a word for nothing."""
    return text.strip().casefold() in MISSING_WORDS

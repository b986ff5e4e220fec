"""How wide a text is, before any browser has drawn it, and how to break or cut it.

Widths are the larger of Inter's and Liberation Sans's advance widths, so that a
label fits with either; Chinese, Japanese and Korean characters are one em wide;
letters with marks are as wide as their base letter.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Advance widths in thousandths of an em of the characters 32 to 126.
_ADVANCES = (
    *(281, 278, 403, 630, 637, 889, 666, 221, 362, 362, 500, 659, 279, 460, 277, 356),
    *(625, 556, 605, 636, 642, 607, 623, 571, 616, 623, 277, 279, 659, 659, 659, 556),
    *(1015, 676, 666, 727, 722, 666, 610, 777, 740, 277, 542, 666, 562, 889, 752, 777),
    *(666, 777, 722, 666, 642, 741, 676, 948, 666, 666, 625, 362, 356, 362, 469, 556),
    *(497, 563, 620, 558, 620, 582, 360, 609, 590, 237, 237, 544, 237, 869, 585, 596),
    *(609, 609, 372, 522, 363, 580, 556, 812, 539, 556, 541, 362, 326, 362, 659),
)
_BOLD = 1.06
_ELLIPSIS = "…"


def _advance(character: str) -> int:
    if " " <= character <= "~":
        return _ADVANCES[ord(character) - 32]
    if character == "\N{NO-BREAK SPACE}":
        return _ADVANCES[0]
    if unicodedata.combining(character):
        return 0
    if unicodedata.east_asian_width(character) in "WF":
        return 1000
    base = unicodedata.normalize("NFD", character)[0]
    return _ADVANCES[ord(base) - 32] if " " <= base <= "~" else 640


@lru_cache(maxsize=16_384)
def _em(text: str) -> int:
    """Return the width of a text in thousandths of an em."""
    return sum(map(_advance, text))


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """Return the width of a text in the unit of ``size``."""
    return _em(text) * size / 1000 * (_BOLD if bold else 1.0)


def _pieces(text: str) -> list[str]:
    """Split where a line may break: after a space or hyphen, and between wide characters."""
    pieces: list[str] = []
    current = ""
    for character in text:
        wide = unicodedata.east_asian_width(character) in "WF"
        closing = unicodedata.category(character) in {"Pe", "Pf", "Po"}
        if wide and current and not closing:
            pieces.append(current)
            current = ""
        current += character
        if character in " -/" or (wide and unicodedata.category(character) == "Lo"):
            pieces.append(current)
            current = ""
        elif closing and wide:
            current, last = "", current
            if pieces and len(last) == 1:
                pieces[-1] += last
            else:
                pieces.append(last)
    return [*pieces, current] if current else pieces


def wrapped(text: str, size: float, width: float, *, bold: bool = False) -> list[str]:
    """Return the lines of a text broken to a width; a longer word stays whole."""
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width_of((line + piece).rstrip(), size, bold=bold) > width:
            lines.append(line.rstrip())
            line = piece
        else:
            line += piece
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def shortened(text: str, size: float, width: float, *, bold: bool = False) -> str:
    """Return the text, cut with an ellipsis where it would be wider than ``width``."""
    if width_of(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and width_of(kept.rstrip() + _ELLIPSIS, size, bold=bold) > width:
        kept = kept[:-1]
    return kept.rstrip() + _ELLIPSIS


def hyphenated(text: str, size: float, width: float) -> str:
    """Return the text with a hyphen and a space in each word that is wider than ``width``."""
    words = []
    for word in text.split(" "):
        if width_of(word, size) <= width or unicodedata.east_asian_width(word[:1] or "a") in "WF":
            words.append(word)
            continue
        end = len(word) - 3
        while end > 3 and width_of(f"{word[:end]}-", size) > width:
            end -= 1
        words.append(f"{word[:end]}- {word[end:]}")
    return " ".join(words)


def fitted(text: str, size: float, width: float, lines: int = 2) -> list[str]:
    """Return at most ``lines`` lines within a width, the last one cut where needed."""
    broken = wrapped(text, size, width)
    kept = [shortened(line, size, width) for line in broken[: lines - 1]]
    rest = broken[lines - 1 :]
    if not rest:
        return kept
    joint = "" if unicodedata.east_asian_width(rest[0][-1:] or "a") in "WF" else " "
    return [*kept, shortened(joint.join(rest), size, width)]

"""Text from people: one form of every letter, no signs that nobody can see."""

from __future__ import annotations

import unicodedata

_INVISIBLE = {"Cc", "Cs", "Cn"}
_BROKEN = "\ufffd"  # what is left of bytes that are no text


def tidy(text: str) -> str:
    """Return the text in NFC, trimmed, with every run of blanks as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def tidy_lines(text: str) -> str:
    """Return the text in NFC with its line breaks kept, as line feeds, trimmed."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def has_unseen_signs(text: str) -> bool:
    """Return whether there are control signs, surrogates, broken or unassigned code points."""
    return any(
        sign == _BROKEN or (unicodedata.category(sign) in _INVISIBLE and sign not in "\n\t")
        for sign in text
    )

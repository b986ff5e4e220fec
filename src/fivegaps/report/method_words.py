"""The method of a figure in the reader's language.

Results name methods in short English made of standard parts ("mean, t interval,
units as clusters"). Each part has a phrase under ``method_parts`` in every
language; an unknown part stays as it is, so that nothing is lost.
"""

from __future__ import annotations

import re
from functools import cache
from types import MappingProxyType

from fivegaps.report.words import Words, catalogue

_SECTION = "method_parts."
_JOINTS = re.compile(r"(; |: |, | \((?=\d))")


@cache
def _keys() -> MappingProxyType[str, str]:
    """Return the key of each English part."""
    english = catalogue("en")
    return MappingProxyType(
        {phrase: key for key, phrase in english.items() if key.startswith(_SECTION)}
    )


def told(method: str, words: Words) -> str:
    """Return a method in the language of the words."""
    if words.lang == "en":
        return method
    return "".join(_part(piece, words) for piece in _JOINTS.split(method))


def unknown_parts(method: str) -> list[str]:
    """Return the parts of a method that have no phrase."""
    pieces = [piece for piece in _JOINTS.split(method) if re.search(r"[a-z]{2}", piece)]
    return [piece for piece in pieces if piece not in _keys() and not _counted(piece)]


def _counted(piece: str) -> re.Match[str] | None:
    """Return the match of a bracket's content: "20 units)"."""
    return re.fullmatch(r"([\d.,]+) (units|choices)(\)?)", piece)


def _part(piece: str, words: Words) -> str:
    counted = _counted(piece)
    if counted:
        number, what, end = counted.groups()
        return f"{number} {words.say(f'{_SECTION}{what}')}{end}"
    key = _keys().get(piece)
    return piece if key is None else words.say(key)

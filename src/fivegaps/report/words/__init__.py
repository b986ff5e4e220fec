"""The words of the report: one folder a language, one TOML file a subject.

Keys are the same in every language, with the same placeholders; a test sees to
it. ``Words`` joins the files of a language into one flat catalogue whose keys
are ``section.key``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from fivegaps.errors import OptionRefused
from fivegaps.model.instrument import LANGUAGES


def _flat(tree: dict[str, object], stem: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{stem}{key}.")
        else:
            yield f"{stem}{key}", str(value)


@cache
def catalogue(lang: str) -> MappingProxyType[str, str]:
    """Return every phrase of a language by its key.

    Raises:
        OptionRefused: The language is not one of the shipped ones.
    """
    if lang not in LANGUAGES:
        raise OptionRefused("--lang", f"{lang} is not one of {', '.join(LANGUAGES)}")
    phrases: dict[str, str] = {}
    folder = files(__name__).joinpath(lang)
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".toml"):
            tree = tomllib.loads(file.read_text(encoding="utf-8"))
            phrases.update(_flat(tree))
    return MappingProxyType(phrases)


class Words:
    """Says phrases in one language."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._phrases = catalogue(lang)

    def knows(self, key: str) -> bool:
        """Tell whether there is a phrase under this key."""
        return key in self._phrases

    def say(self, key: str, **values: object) -> str:
        """Return the phrase with its placeholders filled; KeyError for an unknown key."""
        return self._phrases[key].format(**values)

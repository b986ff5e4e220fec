"""The words of the story, by language."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

ENGLISH = "en"


def words(lang: str) -> Mapping[str, str]:
    """Return the story's words in a language, the English ones where there are none."""
    known = _all()
    return known.get(lang, known[ENGLISH])


@cache
def _all() -> dict[str, dict[str, str]]:
    text = files("fivegaps.diagnosis").joinpath("story.toml").read_text("utf-8")
    return tomllib.loads(text)

"""What staff say in their own words: which themes they name, found by word lists."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files

import numpy as np

from fivegaps.diagnosis.evidence.dossier import NOT_ASKED, Dossier, Reading, unread
from fivegaps.diagnosis.evidence.figures import share_of

OTHER = "other"
_ANYWHERE = ("zh-hans", "zh-hant")


def words(dossier: Dossier, measure: str) -> Reading:
    """Return the share of staff who named a theme, among those who wrote anything.

    ``measure`` is ``words.problem.<theme>`` or ``words.first-change.<theme>``.
    """
    _, question, theme = measure.split(".")
    staff = dossier.employees
    texts = staff.problem if question == "problem" else staff.first_change
    wrote = np.array([bool(text.strip()) for text in texts], dtype=np.bool_)
    n = int(wrote.sum())
    marks = np.array([float(theme in themes_of(text)) for text in texts])
    # What everybody named would be known of each; that nobody named it tells of none.
    everybody = n > 0 and bool(marks[wrote].all())
    withheld = dossier.withheld("employees", n, shown=not everybody)
    if withheld is not None:
        return unread(measure, NOT_ASKED if n == 0 else withheld)
    return share_of(measure, np.where(wrote, marks, np.nan), staff.unit)


@cache
def themes_of(text: str) -> frozenset[str]:
    """Return the themes that a text names; ``other`` when it names none."""
    plain = unicodedata.normalize("NFC", text).casefold()
    found = frozenset(theme for theme, pattern in _patterns().items() if pattern.search(plain))
    return found or frozenset({OTHER})


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    place = files("fivegaps.diagnosis.evidence") / "themes.toml"
    lists = tomllib.loads(place.read_text(encoding="utf-8"))
    return {theme: re.compile("|".join(_alternatives(by_lang))) for theme, by_lang in lists.items()}


def _alternatives(by_lang: dict[str, list[str]]) -> list[str]:
    return [
        re.escape(word.casefold()) if lang in _ANYWHERE else rf"\b{re.escape(word.casefold())}"
        for lang, some in by_lang.items()
        for word in some
    ]

"""A language that nobody speaks: every translated text is accented, longer, and in brackets."""

from __future__ import annotations

import re

from django.utils.translation import trans_real

ACCENTS = str.maketrans("aeiouncsyAEIOUNCSY", "åéïôüñçšÿÅÉÏÔÜÑÇŠŸ")
KEPT = re.compile(r"(%\(\w+\)[sd]|%[sd%]|<[^>]+>|&\w+;|\{\w*\})")


def pseudo(monkeypatch) -> None:
    """Let the office speak it until the test is over."""
    for name in ("gettext", "ngettext"):
        genuine = getattr(trans_real.DjangoTranslation, name)
        monkeypatch.setattr(trans_real.DjangoTranslation, name, strange(genuine))


def strange(genuine):
    def spoken(self, *words):
        text = genuine(self, *words)
        if not text or "%Y" in text or text in {"n", "N", "ltr", "rtl"}:
            return text
        parts = KEPT.split(text)
        said = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTS) for part in parts)
        return f"⟦{said}{'~' * (len(text) * 2 // 5)}⟧"

    return spoken

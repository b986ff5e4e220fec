"""A pseudo-language: every text of an app, longer, with odd letters, between brackets."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

import fivegaps.web

WEB = Path(fivegaps.web.__file__).parent
ODD = str.maketrans("aeiouyACEINOSUY", "àéîöûýÀÇÉÎÑÖŠÛÝ")
KEPT = re.compile(r"(%\(\w+\)s|\{\w+\})")


def pseudo(text: str) -> str:
    """Return a text a third longer, its placeholders kept."""
    parts = KEPT.split(text)
    odd = "".join(part if KEPT.fullmatch(part) else part.translate(ODD) for part in parts)
    return f"[{odd}{'~' * (len(text) // 3)}]"


def write_pseudo(folder: Path, *, app: str, lang: str) -> Path:
    """Write the catalogue of an app in the pseudo-language, and return the locale folder."""
    source = WEB / app / "locale" / lang / "LC_MESSAGES" / "django.po"
    with source.open("rb") as file:
        catalogue = read_po(file, locale=lang)
    for message in catalogue:
        if not message.id:
            continue
        if isinstance(message.id, str):
            message.string = pseudo(message.id)
        else:
            message.string = tuple(pseudo(one) for one in message.id)
    home = folder / lang / "LC_MESSAGES"
    home.mkdir(parents=True)
    with (home / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder

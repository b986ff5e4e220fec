"""Every word of a staff page goes through gettext: in the pseudo-locale none is left plain."""

from __future__ import annotations

import html
import re

from pseudo_locale import pseudo
from staff_pages import ENTRANCE, PAGES, furnish, told

DATA = re.compile(
    r"fivegaps|Baltic Service Bank|administrator@all\.example|administrator|North|South|Riga|Tartu"
    r"|Vilnius|Counter|Jaungads|Aizdevums|Anna|code|name|parent|opened_on|closed_on|unit|hours|day"
    r"|Django/[\w. ]+|UTC|English|Tiếng Việt|简体中文|繁體中文|Nederlands|127\.0\.0\.1"
    r"|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Sept)\b"
    r"|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|riga|tartu|north|south|vilnius"
    r"|anna|loan|counter"
)


def plain_words(page: str) -> list[str]:
    """Return the words of a page that are neither translated nor data."""
    page = re.sub(r"<(script|style|option|code)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r'<span class="code">.*?</span>', " ", page, flags=re.DOTALL)
    text = html.unescape(re.sub(r"<[^>]*>", "\n", page))
    while (shorter := re.sub(r"⟦[^⟦⟧]*⟧", "", text)) != text:
        text = shorter
    return re.findall(r"[A-Za-zÀ-ž]{3,}[^\n]*", DATA.sub("", text))


def test_no_word_of_a_staff_page_escapes_translation(
    office, administrator, as_member, client, monkeypatch
) -> None:
    furnish(office)
    pseudo(monkeypatch)
    pages = told(as_member(administrator), PAGES) | told(client, dict.fromkeys(ENTRANCE, ()))

    found = {address: plain_words(page) for address, page in pages.items()}

    assert {address: words for address, words in found.items() if words} == {}

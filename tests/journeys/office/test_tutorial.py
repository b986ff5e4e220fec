"""The tutorial's walk, and that it names what is there: each section against its bold words."""

from __future__ import annotations

import re
from pathlib import Path

import newcomer
import pytest
from newcomer import Newcomer
from playwright.sync_api import Error

pytestmark = pytest.mark.browser

TUTORIAL = Path(__file__).resolve().parents[3] / "docs" / "office" / "tutorial.md"


def sections() -> dict[str, set[str]]:
    """Return the bold words of each numbered section."""
    parts = re.split(r"^## (\d) .*$", TUTORIAL.read_text(encoding="utf-8"), flags=re.MULTILINE)
    numbered = dict(zip(parts[1::2], parts[2::2], strict=True))
    numbered["7"] = numbered["7"].partition("\n## ")[0]
    return {
        number: set(re.findall(r"\*\*(.+?)\*\*", text, re.DOTALL))
        for number, text in numbered.items()
    }


@pytest.fixture(scope="module")
def walked(chromium, office) -> tuple[Newcomer, dict[str, set[str]]]:
    """A newcomer after the walk, and the labels used in each section."""
    walk = Newcomer(chromium, viewport={"width": 1280, "height": 800})
    told = office.log.read_text()
    link = re.search(r"http://\S+/set-up/\S+", told)[0]
    used = {}
    newcomer.whose_office(walk, link)
    used["1"] = walk.used
    for number, section in enumerate(newcomer.SECTIONS, 2):
        walk.used = set()
        try:
            section(walk)
        except Error as stopped:
            told = walk.page.locator("body").inner_text()
            raise AssertionError(f"{walk.page.url}\n{told}") from stopped
        used[str(number)] = walk.used
    return walk, used


def test_every_section_names_exactly_what_the_walk_uses(walked) -> None:
    _, used = walked

    assert sections() == used

"""Staff pages have no barrier, light and dark, on a phone, at twice the text, and mirrored."""

from __future__ import annotations

import pytest
from axe_core_python.sync_playwright import Axe
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pseudo_locale import pseudo
from staff_pages import ENTRANCE, HOST, PAGES, asked, chromium, furnish, opened, told

from fivegaps.web.accounts.models import User

WIDER = "document.documentElement.scrollWidth > innerWidth"
MIRRORED = {name: PAGES[name] for name in ("units", "unit", "change_hours", "accounts", "audit")}
WIDE = ("survey", "survey_links", "edit_survey", "wave_results", "wave_since", "erase_person")
FEW = ("units", "change_hours", "audit")

pytestmark = pytest.mark.browser


@pytest.fixture
def desk(office, administrator, as_member) -> Client:
    furnish(office)
    return as_member(administrator)


def faults(page) -> list[str]:
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page)["violations"]
    ]
    return [*found, "wider than the screen"] if page.evaluate(WIDER) else found


def test_staff_pages_have_no_barrier(desk: Client, administrator) -> None:
    pages = told(desk, PAGES) | told(Client(), dict.fromkeys(ENTRANCE, ()))
    for language in ("vi", "zh-hans", "zh-hant", "nl"):
        User.objects.filter(id=administrator.user_id).update(language=language)
        few = told(desk, {name: PAGES[name] for name in FEW})
        pages |= {f"{address}?{language}": body for address, body in few.items()}
    found = {}

    with chromium() as browser:
        for scheme, width in (("light", 1280), ("dark", 360)):
            page = opened(browser, pages, width, scheme)
            for address in pages:
                page.goto(HOST + address)
                found[address, scheme] = faults(page)

    assert {key: one for key, one in found.items() if one} == {}


def test_pages_of_surveys_and_results_have_no_barrier(desk: Client, office) -> None:
    names = asked(office)
    pages = told(desk, names)
    wide = [reverse(name, args=names[name]) for name in WIDE]
    found = {}

    with chromium() as browser:
        for scheme, width, walk in (("dark", 360, [*pages]), ("light", 1280, wide)):
            page = opened(browser, pages, width, scheme)
            for address in walk:
                page.goto(HOST + address)
                found[address, scheme] = faults(page)

    assert {key: one for key, one in found.items() if one} == {}


def test_twice_the_text_needs_no_sideways_scrolling(desk: Client) -> None:
    pages = told(desk, PAGES)
    wide = []

    with chromium() as browser:
        page = opened(browser, pages, 1280)
        for address in pages:
            page.goto(HOST + address)
            page.evaluate("document.documentElement.style.fontSize = '200%'")
            if page.evaluate(WIDER):
                wide.append(address)

    assert wide == []


def test_longer_words_and_mirrored_pages_fit_a_phone(desk: Client, monkeypatch) -> None:
    pseudo(monkeypatch)
    longer = told(desk, PAGES)
    monkeypatch.setattr(translation, "get_language_bidi", lambda: True)
    mirrored = {f"{address}?rtl": body for address, body in told(desk, MIRRORED).items()}
    wide = []

    with chromium() as browser:
        page = opened(browser, longer | mirrored, 360)
        for address in longer | mirrored:
            page.goto(HOST + address)
            if page.evaluate(WIDER):
                wide.append(address)
        page.goto(f"{HOST}{reverse('units')}?rtl")
        brand = page.locator(".brand").bounding_box()
        direction = page.evaluate("document.documentElement.dir")

    assert wide == []
    assert direction == "rtl"
    assert brand["x"] > 180

"""Results on a phone and on a desk, light and dark: no barrier, nothing wider than the screen.

The pages are what the office answers, its style sheets are the files themselves; the browser
gets both from the test. axe-core (MPL 2.0) comes with the package axe-core-python.
"""

from __future__ import annotations

import re
import shutil

import pytest
from axe_core_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright
from results_maker import a_survey, answer, wave_of

from fivegaps.web.accounts.models import User

HOST = "http://office.example"
SCREENS = [(320, "dark"), (1280, "light")]


@pytest.fixture
def told(office, administrator, as_member) -> dict[str, str]:
    """Addresses and pages: the whole and a hidden unit, in English and Vietnamese."""
    survey = a_survey()
    answer(survey, office.riga, 12, seed=1, remark="Nobody told us why we waited")
    answer(survey, office.tartu, 3, seed=2)
    browser = as_member(administrator)
    base = f"/results/{wave_of(survey).id}/"
    pages = {}
    for lang in ("en", "vi"):
        User.objects.filter(id=administrator.user_id).update(language=lang)
        for address in (base, f"{base}units/tartu/"):
            pages[f"{address}?{lang}"] = browser.get(address).content.decode()
    return pages


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page that stands open."""
    found = [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in Axe().run(page)["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    layouts = page.locator("figure.chart svg:visible").count()
    if layouts != page.locator("figure.chart").count():
        found.append(f"{layouts} drawings are seen")
    return found


@pytest.mark.browser
def test_results_have_no_barrier(told: dict[str, str]) -> None:
    def serve(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        sheet = re.sub(r"^/static/[^/]+/", "", address)
        if address in told:
            route.fulfill(body=told[address], content_type="text/html; charset=utf-8")
        elif sheet.endswith(".css"):
            route.fulfill(path=finders.find(sheet), content_type="text/css")
        else:
            route.fulfill(status=404)

    found = {}
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for width, scheme in SCREENS:
            context = browser.new_context(
                viewport={"width": width, "height": 740}, color_scheme=scheme
            )
            page = context.new_page()
            page.route("**/*", serve)
            for address in told:
                page.goto(HOST + address)
                found[address, width] = faults(page)
                assert page.evaluate("document.styleSheets.length") >= 5

    assert {key: one for key, one in found.items() if one} == {}

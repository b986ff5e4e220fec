"""The forms of managers, employees and assessors in a browser, on a phone and a desk."""

import shutil
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

from fivegaps.knowledge.voices import questionnaire
from fivegaps.report.forms.asking import form_of
from fivegaps.report.forms.paper import paper_html

pytestmark = pytest.mark.browser

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
PHONE, DESK = 360, 1280
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# axe looks at each cell for seconds; rows after the second are like the second.
FEW_ROWS = "document.querySelectorAll('tbody tr:nth-child(n+3)').forEach(row => row.remove())"
BEYOND = """width => [...document.querySelectorAll('.single .circle, .single .tick, .box')]
    .filter(mark => mark.getBoundingClientRect().right > width).length"""
FORMS = {
    "managers": ("managers", "nl", ("phone", "web")),
    "audit": ("manager-self-audit", "vi", ("counter", "phone")),
    "pulse": ("employee-pulse", "zh-hant", ()),
    "assessor": ("third-party-assessor", "en", ()),
}


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("forms")
    found = {}
    for name, (asked, lang, channels) in FORMS.items():
        form = form_of(questionnaire(asked, profile="bank", channels=channels), lang)
        found[name] = folder / f"{name}.html"
        found[name].write_text(paper_html(form), encoding="utf-8")
    return found


@pytest.fixture
def opened(browser, files):
    pages = []

    def open_page(name: str, width: int):
        view = browser.new_page(viewport={"width": width, "height": 800})
        view.goto(files[name].as_uri())
        pages.append(view)
        return view

    yield open_page
    for view in pages:
        view.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("name", FORMS)
def test_nothing_is_pushed_out_of_sight(name, width, opened):
    view = opened(name, width)

    assert view.evaluate("document.documentElement.scrollWidth") <= width
    assert view.evaluate(BEYOND, width) == 0


@pytest.mark.parametrize("name", ["managers", "pulse"])
def test_a_statement_stands_over_its_circles_on_a_phone(name, opened):
    view = opened(name, PHONE)
    line = view.locator(".single tbody tr:not(.heading)").first

    words, circle = line.locator("th").bounding_box(), line.locator(".circle").first.bounding_box()

    assert circle["y"] >= words["y"] + words["height"]


def test_a_statement_stands_beside_its_circles_on_a_desk(opened):
    line = opened("managers", DESK).locator(".single tbody tr").first

    words, circle = line.locator("th").bounding_box(), line.locator(".circle").first.bounding_box()

    assert circle["x"] >= words["x"] + words["width"]


@pytest.mark.parametrize("name", FORMS)
def test_axe_finds_no_barrier(name, opened):
    view = opened(name, PHONE)
    view.evaluate(FEW_ROWS)

    found = Axe().run(view, options={"runOnly": RULES["runOnly"]})

    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []

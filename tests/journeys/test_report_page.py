"""The report in a browser: opened from disk, on a phone and a desk, by day and by night.

axe-core (MPL 2.0) comes with the package axe-core-python.
"""

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "core/report"))

from made_results import results
from reported_answers import kiosk, made

from fivegaps.report.compose import compose
from fivegaps.report.html import page

pytestmark = pytest.mark.browser

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
# axe looks at each cell for seconds; rows after the second are like the second.
FEW_ROWS = "document.querySelectorAll('tbody tr:nth-child(n+3)').forEach(row => row.remove())"
WIDTHS = {"phone": 360, "desk": 1280}
# What axe can only guess at, and what concerns sites rather than one page.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("report")
    small = made(
        batteries=("expectation", "perception", "importance"), dimensions=3, each=3, n=120, units=3
    )
    shapes = {
        "kiosk": kiosk(units=5),
        # Every kind of block with few rows: axe looks at each cell, which takes its time.
        "small": replace(small, outcome=small.batteries["perception"].mean(axis=1)),
        "zones": made(batteries=("adequate", "desired", "perception"), units=4),
    }
    found = {}
    for name, asked in shapes.items():
        whole = results(asked)
        for lang in ("en", "vi", "zh-hans"):
            document = compose(whole, asked.instrument, lang=lang)
            file = folder / f"{name}-{lang}.html"
            file.write_text(page(document, version="0.1.0"), encoding="utf-8")
            found[name, lang] = file
    return found


@pytest.fixture
def opened(browser, files):
    pages = []

    def open_page(name="kiosk", lang="en", *, width="desk", scheme="light", unfold=False):
        view = browser.new_page(
            viewport={"width": WIDTHS[width], "height": 800}, color_scheme=scheme
        )
        view.asked = []
        view.on("request", lambda request: view.asked.append(request.url))
        view.goto(files[name, lang].as_uri())
        if unfold:
            view.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true })")
        pages.append(view)
        return view

    yield open_page
    for view in pages:
        view.close()


@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [
        ("en", "desk", "light"),
        ("vi", "phone", "light"),
        ("vi", "desk", "dark"),
        ("zh-hans", "phone", "dark"),
    ],
)
def test_axe_finds_nothing(opened, lang, width, scheme):
    view = opened("small", lang, width=width, scheme=scheme, unfold=True)
    view.evaluate(FEW_ROWS)

    found = Axe().run(view, options=RULES)["violations"]

    told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
    assert told == []


@pytest.mark.parametrize("lang", ["en", "vi", "zh-hans"])
@pytest.mark.parametrize("name", ["kiosk", "zones"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_never_scrolls_sideways(opened, name, lang, width):
    view = opened(name, lang, width=width, unfold=True)

    assert view.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


def test_nothing_is_fetched(opened):
    view = opened()

    assert len(view.asked) == 1


@pytest.mark.parametrize(("width", "layout"), [("phone", "narrow"), ("desk", "wide")])
def test_one_layout_of_each_picture_is_shown(opened, width, layout):
    view = opened(width=width)

    shown = view.eval_on_selector_all(
        "figure svg", "all => all.filter(s => s.getClientRects().length).map(s => s.classList[0])"
    )

    assert set(shown) == {layout}


def test_letters_in_pictures_keep_their_size_on_a_phone(opened):
    view = opened(width="phone")

    smallest = view.eval_on_selector_all(
        "svg.narrow text", "all => Math.min(...all.map(t => t.getBoundingClientRect().height))"
    )

    assert smallest >= 11


@pytest.mark.parametrize("name", ["kiosk", "zones"])
@pytest.mark.parametrize("lang", ["en", "vi", "zh-hans"])
@pytest.mark.parametrize("width", WIDTHS)
def test_letters_stay_inside_their_picture(opened, name, lang, width):
    view = opened(name, lang, width=width)

    outside = view.evaluate(
        """[...document.querySelectorAll('figure svg')].filter(s => s.getClientRects().length)
        .flatMap(s => [...s.querySelectorAll('text')].filter(t => {
            const a = t.getBoundingClientRect(), b = s.getBoundingClientRect();
            return a.left < b.left - 2 || a.right > b.right + 2;
        }).map(t => t.textContent))"""
    )

    assert outside == []


def test_pictures_turn_with_the_colour_scheme(opened):
    ink = "getComputedStyle(document.querySelector('svg .f-ink')).fill"

    colours = {opened(scheme=scheme).evaluate(ink) for scheme in ("light", "dark")}

    assert len(colours) == 2


def test_the_numbers_open_by_keyboard(opened):
    view = opened()
    view.focus("figure summary")

    view.keyboard.press("Enter")

    assert view.evaluate("document.querySelector('figure details').open")


def test_the_first_tab_leads_to_the_report(opened):
    view = opened()

    view.keyboard.press("Tab")
    view.keyboard.press("Enter")

    assert view.evaluate("document.activeElement.id") == "report"


def test_it_prints_on_paper_with_light_colours(opened):
    view = opened(scheme="dark")
    view.emulate_media(media="print")

    ground = view.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == "rgb(255, 255, 255)"
    assert view.pdf(prefer_css_page_size=True).startswith(b"%PDF")

"""The report of a diagnosis and its board paper in a browser: phone, desk, night and paper."""

import re
import shutil
import sys
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "core/report/diagnosis"))

from diagnosed_company import diagnosed

from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.diagnosis.board_paper import board_page
from fivegaps.report.diagnosis.compose import compose
from fivegaps.report.diagnosis.names import names_of
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
OPEN = "document.querySelectorAll('details').forEach(d => { d.open = true })"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WIDTHS = {"phone": 360, "desk": 1280}
KINDS = ("report", "board")
# A language each with marked, long and wide letters; English is shorter.
DRAWN = ("vi", "nl", "zh-hans")


@pytest.fixture(scope="module")
def browser():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("diagnosis")
    diagnosis, company = diagnosed()
    names, found = names_of(company), {}
    for lang in LANGUAGES:
        document = compose(diagnosis, company.instrument, lang=lang, names=names)
        texts = {
            "report": page(document, version="0.1.0"),
            "board": board_page(diagnosis, company.instrument, lang=lang, names=names),
        }
        for kind, text in texts.items():
            found[kind, lang] = folder / f"{kind}-{lang}.html"
            found[kind, lang].write_text(text, encoding="utf-8")
    return found


@pytest.fixture
def opened(browser, files):
    pages = []

    def open_page(kind, lang="en", *, width="desk", scheme="light"):
        view = browser.new_page(
            viewport={"width": WIDTHS[width], "height": 800}, color_scheme=scheme
        )
        view.asked = []
        view.on("request", lambda request: view.asked.append(request.url))
        view.goto(files[kind, lang].as_uri())
        view.evaluate(OPEN)
        pages.append(view)
        return view

    yield open_page
    for view in pages:
        view.close()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("lang", "width", "scheme"),
    [
        ("en", "phone", "light"),
        ("vi", "desk", "dark"),
    ],
)
def test_axe_finds_nothing_in_a_diagnosis(opened, kind, lang, width, scheme):
    view = opened(kind, lang, width=width, scheme=scheme)
    view.evaluate(FEW_ROWS)

    found = Axe().run(view, options=RULES)["violations"]

    told = [(one["id"], [node["target"] for node in one["nodes"]][:3]) for one in found]
    assert told == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", DRAWN)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_diagnosis_never_scrolls_sideways(opened, kind, lang, width):
    view = opened(kind, lang, width=width)

    assert view.evaluate("document.documentElement.scrollWidth") <= WIDTHS[width]


@pytest.mark.parametrize("kind", KINDS)
def test_a_diagnosis_fetches_nothing(opened, kind):
    view = opened(kind)

    assert len(view.asked) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("lang", DRAWN)
@pytest.mark.parametrize("width", WIDTHS)
def test_letters_stay_inside_the_pictures_of_a_diagnosis(opened, kind, lang, width):
    view = opened(kind, lang, width=width)

    outside = view.evaluate(
        """[...document.querySelectorAll('svg')].filter(s => s.getClientRects().length)
        .flatMap(s => [...s.querySelectorAll('text')].filter(t => {
            const a = t.getBoundingClientRect(), b = s.getBoundingClientRect();
            return a.left < b.left - 2 || a.right > b.right + 2 || a.bottom > b.bottom + 2;
        }).map(t => t.textContent))"""
    )

    assert outside == []


@pytest.mark.parametrize("kind", KINDS)
def test_letters_of_a_diagnosis_keep_their_size_on_a_phone(opened, kind):
    view = opened(kind, "vi", width="phone")

    smallest = view.evaluate(
        """Math.min(...[...document.querySelectorAll('svg')]
        .filter(s => s.getClientRects().length).flatMap(s => [...s.querySelectorAll('text')])
        .map(t => t.getBoundingClientRect().height))"""
    )

    assert smallest >= 11


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_board_paper_fills_one_sheet_of_a4(opened, lang):
    view = opened("board", lang, scheme="dark")
    view.emulate_media(media="print")

    sheet = "document.querySelector('.paper')"
    over = view.evaluate(f"{sheet}.scrollHeight - {sheet}.clientHeight")
    printed = view.pdf(prefer_css_page_size=True)

    assert over <= 0
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
    assert re.search(rb"/MediaBox \[0 0 59[45]\.\d+ 84[12]\.\d+\]", printed)


def test_a_report_of_a_diagnosis_prints_on_white(opened):
    view = opened("report", scheme="dark")
    view.emulate_media(media="print")

    ground = view.evaluate("getComputedStyle(document.body).backgroundColor")

    assert ground == "rgb(255, 255, 255)"
    assert view.pdf(prefer_css_page_size=True).startswith(b"%PDF")

"""A customer answers on a phone: the journey, its barriers, its ways without script or network."""

from __future__ import annotations

import shutil

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright
from running_office import running_office

pytestmark = pytest.mark.browser

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOCALES = {"en": "en-GB", "vi": "vi-VN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "nl": "nl-NL"}
STEPS = 13
SMALL = """() => [...document.querySelectorAll('label, button, summary, a, textarea')]
    .filter(one => one.checkVisibility() && !one.matches('.shares label, .block > label'))
    .map(one => [one.className || one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.width < 44 || box.height < 44))
    .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    with running_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture(scope="module")
def survey(office):
    return office.survey()


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def phone(chromium, office, survey):
    contexts = []

    def open_form(lang: str = "en", width: int = 360, address: str = "", **options: object):
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, locale=LOCALES[lang], **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(address or office.url + survey["link"])
        return page

    yield open_form
    for context in contexts:
        context.close()


def on(page, times: int = 1) -> None:
    for _ in range(times):
        page.click(".next")


def choose(page, point: int) -> None:
    for field in page.locator(".step.now fieldset").all():
        field.locator(".row label").nth(point - 1).click()


def saved(page, word: str) -> None:
    page.wait_for_function(
        "word => document.querySelector('.state').textContent === word", arg=word
    )


def test_customer_answers_in_vietnamese_on_a_phone(phone, office) -> None:
    page = phone("vi")
    assert page.locator("h1").inner_text() == "Ý kiến của anh/chị về Baltic Service Bank"

    on(page)
    for step in range(1, STEPS):
        choose(page, 6 if step <= 5 else 4)
        on(page)
    page.fill("[name=remark]", "Nhân viên rất nhiệt tình.")
    saved(page, "Đã lưu")
    address = page.url
    page.click("[value=send]")
    page.wait_for_url("**/thanks/")
    shown = page.locator(".receipt b").inner_text().replace("-", "")
    page.reload()

    found = [one for one in office.rows()["sent"] if one["receipt"] == shown]
    assert [one["lang"] for one in found] == ["vi"]
    assert found[0]["codes"] == [6] * 26 + [4] * 26
    assert found[0]["other"] == {"o_satisfaction": 4, "remark": "Nhân viên rất nhiệt tình."}
    assert phone("vi", address=address).url.endswith("/thanks/")


def test_form_goes_on_at_another_device(phone) -> None:
    first = phone("nl")
    on(first)
    choose(first, 2)
    saved(first, "Bewaard")

    second = phone("en", address=first.url)
    on(second)
    choose(second, 3)
    saved(second, "Bewaard")
    first.locator(".step.now .row label").nth(6).click()
    first.wait_for_selector(".state.odd")

    assert second.locator("html").get_attribute("lang") == "nl"
    assert "ander apparaat" in first.locator(".state").inner_text()


def test_answers_wait_on_the_page_while_the_network_is_gone(phone) -> None:
    page = phone()
    on(page)
    page.context.set_offline(True)
    choose(page, 5)
    page.wait_for_selector(".state.odd")
    page.context.set_offline(False)

    saved(page, "Saved")

    assert page.locator(".step.now input:checked").count() == 4


def test_double_click_sends_once(phone, office) -> None:
    page = phone()
    on(page)
    choose(page, 7)
    on(page, STEPS - 1)
    before = len(office.rows()["sent"])

    page.dblclick("[value=send]")
    page.wait_for_url("**/thanks/")

    assert len(office.rows()["sent"]) == before + 1


def test_back_leads_to_the_step_before_and_keeps_the_answers(phone) -> None:
    page = phone()
    on(page)
    choose(page, 6)
    on(page)
    page.go_back()

    assert page.locator(".step.now input:checked").count() == 4
    assert page.locator(".progress").inner_text() == "Step 1 of 13 · 4 of 53 answered"


def test_keyboard_alone_answers_and_sends(phone) -> None:
    page = phone()

    def press_until(selector: str, key: str = "Tab") -> None:
        for _ in range(200):
            page.keyboard.press(key)
            if page.evaluate("s => document.activeElement?.matches(s) ?? false", selector):
                return
        raise AssertionError(selector)

    press_until(".next")
    page.keyboard.press("Enter")
    press_until("[name=e_tan1]")
    page.keyboard.press("ArrowRight")
    for _ in range(STEPS - 1):
        press_until(".next")
        page.keyboard.press("Enter")
    press_until("[value=send]")
    page.keyboard.press("Enter")

    page.wait_for_url("**/thanks/")


def test_it_works_without_script(phone, office) -> None:
    page = phone("zh-hant", java_script_enabled=False)
    page.locator("[name=p_tan1][value='5']").check()
    page.click("button[value=vi]")
    page.click("[value=send]")

    assert page.url.endswith("/thanks/")
    assert page.locator("h1").inner_text() == "Cảm ơn anh/chị"


@pytest.mark.parametrize(
    ("lang", "scheme"), [*((lang, "light") for lang in LOCALES), ("vi", "dark")]
)
def test_axe_finds_no_barrier_in_the_form(phone, lang, scheme) -> None:
    page = phone(lang, color_scheme=scheme)
    found = []

    for further in (0, 1, 5, 5, 1):
        on(page, further)
        found.append([one["id"] for one in Axe().run(page, options=RULES)["violations"]])

    assert found == [[]] * 5


@pytest.mark.parametrize("lang", LOCALES)
def test_axe_finds_no_barrier_in_the_thanks(phone, lang) -> None:
    page = phone(lang)
    on(page)
    choose(page, 4)
    on(page, STEPS - 1)
    page.click("[value=send]")
    page.wait_for_url("**/thanks/")

    assert [one["id"] for one in Axe().run(page, options=RULES)["violations"]] == []


@pytest.mark.parametrize(
    ("lang", "direction"), [*((lang, "ltr") for lang in LOCALES), ("en", "rtl")]
)
def test_small_phone_has_large_targets_and_nothing_out_of_sight(phone, lang, direction) -> None:
    page = phone(lang, width=320)
    page.evaluate("direction => { document.documentElement.dir = direction }", direction)

    for _ in range(STEPS):
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        on(page)


def test_total_of_the_points_stays_in_sight_and_hides_no_field(phone) -> None:
    page = phone()
    on(page, STEPS - 1)

    for field in page.locator(".shares input").all():
        field.focus()
        field.fill("20")
        below = page.locator(".total").bounding_box()["y"]
        box = field.bounding_box()
        assert box["y"] + box["height"] <= below

    assert page.locator(".total").inner_text() == "Total: 100 of 100"

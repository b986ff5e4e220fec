"""Own questions on a phone: shown when they apply, without barriers, mirrored and longer too."""

from __future__ import annotations

import shutil

import pytest
from axe_core_python.sync_playwright import Axe
from mirrored_words import write_pseudo
from playwright.sync_api import sync_playwright
from running_office import RunningOffice

pytestmark = pytest.mark.browser

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOCALES = {"en": "en-GB", "vi": "vi-VN", "zh-hans": "zh-CN", "zh-hant": "zh-TW", "nl": "nl-NL"}
# Two statements in two batteries, own questions in two steps, the last words.
STEPS = 5
SURVEY = """
import django; django.setup()
import json
from fivegaps.web.people.models import Organisation
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.own_questions import Condition, Option, OwnQuestion
from fivegaps.web.surveys.services import editing
from fivegaps.web.surveys.services.programmes import move_wave
from survey_maker import AT, LANGUAGES, link_of, made_survey
Organisation.objects.get_or_create(id=1, defaults={"name": "Baltic Service Bank"})
survey = made_survey("draft", points=False, outcomes=[])
def say(text): return {lang: text for lang in LANGUAGES}
OPTIONS = tuple(Option(one, say(text)) for one, text in (("a", "Yes"), ("b", "No, never at all")))
OWN = [
    OwnQuestion("q1", "single", say("Did you wait?"), OPTIONS),
    OwnQuestion("q2", "number", say("How many minutes?"), maximum=600),
    OwnQuestion("q3", "multiple", say("What for?"), OPTIONS),
    OwnQuestion("q4", "date", say("When?"), is_required=False),
    OwnQuestion("q5", "nps", say("Recommend us?"), low=say("not at all"), high=say("surely")),
    OwnQuestion("q6", "ces", say("How easy?"), low=say("very hard"), high=say("very easy")),
    OwnQuestion("q7", "points", say("What matters?"), OPTIONS),
    OwnQuestion("q8", "long", say("And else?"), is_required=True),
]
for one in OWN:
    editing.put_question(actor=None, survey=survey, question=one, at=AT)
rule = Condition("x_q1", "is", "a")
editing.set_rule(actor=None, survey=survey, target="own.q2", rule=rule, at=AT)
names = [item.id for item in selectors.instrument_of(selectors.waves_of(survey)[0]).items]
chosen = {"asked_items": names[:4], "linking": names[:1], "k": 1}
editing.choose_items(actor=None, survey=survey, at=AT, **chosen)
survey.colour = "#0b5d3b"
survey.save()
move_wave(actor=None, wave=selectors.waves_of(survey)[0], verb="open", at=AT)
print(json.dumps({"link": f"/s/{link_of(survey).token}/"}))
"""
SMALL = """() => [...document.querySelectorAll('label, button, summary, a, textarea, input')]
    .filter(one => one.checkVisibility() && !one.matches(
        '.shares label, .block > label, .ask > label, [type=radio], [type=checkbox]'))
    .map(one => [one.className || one.name || one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.width < 44 || box.height < 44))
    .map(([name, box]) => `${name} ${box.width} x ${box.height}`)"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office where Dutch runs from right to left, in pseudo-texts."""
    home = tmp_path_factory.mktemp("office")
    office = RunningOffice(home)
    locale = write_pseudo(tmp_path_factory.mktemp("locale"), app="surveys", lang="nl")
    office.environment["PSEUDO_LOCALE"] = str(locale)
    office.environment["DJANGO_SETTINGS_MODULE"] = "mirrored_settings"
    office.start()
    try:
        yield office
    finally:
        office.kill()


@pytest.fixture(scope="module")
def link(office):
    return office.url + office.run(SURVEY)["link"]


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def phone(chromium, link):
    contexts = []

    def open_form(lang: str = "en", width: int = 360, **options: object):
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, locale=LOCALES[lang], **options
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(link)
        return page

    yield open_form
    for context in contexts:
        context.close()


def on(page, times: int = 1) -> None:
    for _ in range(times):
        page.click(".next")


def test_question_appears_with_the_answer_that_asks_for_it(phone) -> None:
    page = phone()
    on(page, 3)
    minutes = page.locator("[name=x_q2]")
    before = minutes.is_visible()

    page.locator("[name=x_q1][value=a]").check()
    shown = minutes.is_visible()
    page.locator("[name=x_q1][value=b]").check()

    assert (before, shown, minutes.is_visible()) == (False, True, False)


def test_form_is_sent_with_what_was_asked_alone(phone, office) -> None:
    page = phone()
    on(page, 3)
    page.locator("[name=x_q1][value=a]").check()
    page.fill("[name=x_q2]", "20")
    page.locator("[name=x_q1][value=b]").check()
    page.locator("[name=x_q3_a]").check()
    on(page)
    page.locator("[name=x_q5][value='10']").check()
    page.fill("[name=x_q7_a]", "30")
    page.fill("[name=x_q7_b]", "60")
    odd = page.locator(".now .total").inner_text()
    page.fill("[name=x_q7_b]", "70")
    on(page)
    page.click("[value=send]")
    page.wait_for_selector(".wrong")
    page.locator("[name=x_q8]").fill("Nothing.")
    on(page, 1)
    page.click("[value=send]")
    page.wait_for_url("**/thanks/")

    sent = office.rows()["sent"]
    expected = {"x_q1": "b", "x_q3": ["a"], "x_q5": 10, "x_q7_a": 30, "x_q7_b": 70}
    assert odd == "Total: 90 of 100"
    assert [one["other"] for one in sent] == [expected | {"x_q8": "Nothing."}]


def test_question_with_a_condition_can_be_answered_without_script(phone) -> None:
    page = phone(java_script_enabled=False)

    assert page.locator("[name=x_q2]").is_visible()
    assert "Only if you chose “Yes” for: Did you wait?" in page.locator("main").inner_text()


@pytest.mark.parametrize(
    ("lang", "scheme"), [*((lang, "light") for lang in LOCALES), ("vi", "dark")]
)
def test_axe_finds_no_barrier_in_own_questions(phone, lang: str, scheme: str) -> None:
    page = phone(lang, color_scheme=scheme)
    found = []

    for _ in range(STEPS + 1):
        found += [one["id"] for one in Axe().run(page, options=RULES)["violations"]]
        if page.locator(".next").is_visible():
            on(page)

    assert found == []


@pytest.mark.parametrize("lang", ["en", "vi", "nl"])
def test_small_phone_shows_own_questions_whole(phone, lang: str) -> None:
    page = phone(lang, width=320)
    page.locator("[name=x_q1][value=a]").evaluate("one => one.click()")

    for _ in range(STEPS):
        assert page.evaluate(SMALL) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        on(page)


def test_form_in_a_mirrored_language_runs_from_right_to_left(phone) -> None:
    page = phone("nl")
    on(page)
    points = page.locator(".now .row").first.locator("label")

    first, last = points.first.bounding_box(), points.last.bounding_box()
    words = page.locator(".now .words span")

    assert page.locator("html").get_attribute("dir") == "rtl"
    assert first["x"] > last["x"]
    assert words.first.bounding_box()["x"] > words.last.bounding_box()["x"]


def test_every_sentence_of_the_page_comes_from_its_catalogue(phone) -> None:
    page = phone("nl")
    seen = []

    for _ in range(STEPS + 1):
        chosen = page.locator(".terms li, .part, .lead, .next, .none span, h1").all()
        seen += [one.inner_text() for one in chosen if one.is_visible()]
        if page.locator(".next").is_visible():
            on(page)

    assert [text for text in seen if text and not text.startswith("[")] == []
    assert len(seen) > 20

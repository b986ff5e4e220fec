"""A kiosk in a browser: it loses the network and regains it, and forgets who stood there."""

from __future__ import annotations

import shutil

import pytest
from playwright.sync_api import sync_playwright
from running_office import RunningOffice

pytestmark = pytest.mark.browser
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
KIOSKS = """
import django; django.setup()
import json
from fivegaps.web.collecting.services.kiosks import add_kiosk
from fivegaps.web.people.models import Organisation
from survey_maker import AT, made_survey
Organisation.objects.get_or_create(id=1, defaults={"name": "Baltic Service Bank"})
survey = made_survey(pack="rater-10", points=False)
def kiosk(mode, outcome):
    made = add_kiosk(actor=None, survey=survey, place=mode, unit=None, channel=None, mode=mode,
                     outcome=outcome, idle_seconds=30, pause_seconds=2, at=AT)
    return f"/k/{made.token}/"
print(json.dumps({"whole": kiosk("whole", ""), "one": kiosk("one", "satisfaction")}))
"""


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    running = RunningOffice(tmp_path_factory.mktemp("office"))
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="module")
def addresses(office):
    return office.run(KIOSKS)


@pytest.fixture(scope="module")
def chromium():
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def device(chromium, office, addresses):
    contexts = []

    def open_kiosk(mode: str):
        context = chromium.new_context(viewport={"width": 768, "height": 1024})
        contexts.append(context)
        page = context.new_page()
        page.clock.install()
        page.goto(office.url + addresses[mode])
        ready(page)
        return context, page

    yield open_kiosk
    for context in contexts:
        context.close()


def ready(page) -> None:
    page.wait_for_selector("body[data-ready]")


def press(page, point: int) -> None:
    page.locator(".faces button").nth(point - 1).click()
    page.wait_for_selector(".thanks.now")
    page.clock.fast_forward(2500)
    page.wait_for_selector(".one.now")


def queue_says(page, words: str) -> None:
    page.wait_for_function(
        "words => document.querySelector('[data-queue]').textContent.includes(words)", arg=words
    )


def test_kiosk_loses_and_regains_the_network_and_nothing_is_lost_or_twice(device, office) -> None:
    context, page = device("one")
    page.wait_for_function(
        "async () => (await caches.open('fivegaps-kiosk')).keys().then(k => k.length > 5)"
    )
    press(page, 7)
    queue_says(page, "Everything is sent")
    before = office.rows()["sent"]

    context.set_offline(True)
    for point in (2, 3, 2):
        press(page, point)
    queue_says(page, ": 3 ")
    page.reload()
    ready(page)
    queue_says(page, ": 3 ")
    page.clock.fast_forward(120_000)
    queue_says(page, "minutes")
    context.set_offline(False)
    page.clock.fast_forward(16_000)
    queue_says(page, "Everything is sent")

    later = office.rows()["sent"]
    new = [value for row in later if row not in before for value in row["other"].values()]
    assert sorted(new) == [2, 2, 3]
    assert len({row["id"] for row in later}) == len(later)


def test_answer_whose_receipt_got_lost_is_sent_again_and_counts_once(device, office) -> None:
    _context, page = device("one")
    before = len(office.rows()["sent"])

    def record_and_lose(route) -> None:
        route.fetch()
        route.abort()

    page.route("**/send/**", record_and_lose)
    with page.expect_event("requestfailed", lambda request: "/send/" in request.url):
        press(page, 5)
    queue_says(page, ": 1 ")
    assert len(office.rows()["sent"]) == before + 1
    page.unroute("**/send/**")
    page.clock.fast_forward(16_000)
    queue_says(page, "Everything is sent")

    assert len(office.rows()["sent"]) == before + 1


def test_hammering_on_a_face_is_one_answer(device, office) -> None:
    _context, page = device("one")
    before = len(office.rows()["sent"])

    page.evaluate("for (let n = 0; n < 20; n++) document.querySelector('.faces button').click()")
    page.wait_for_selector(".thanks.now")
    queue_says(page, "Everything is sent")

    assert len(office.rows()["sent"]) == before + 1


def test_idle_kiosk_clears_the_answers_of_whoever_went_away(device) -> None:
    _context, page = device("whole")
    page.click("[data-next]")
    page.locator(".now fieldset").first.locator("label").nth(3).click()
    assert page.locator("input:checked").count() == 1

    page.clock.fast_forward(31_000)
    page.wait_for_selector("[data-idle-box]:visible")
    page.clock.fast_forward(25_000)
    page.wait_for_selector(".start.now")

    assert page.locator("input:checked").count() == 0


def test_anyone_can_stop_the_countdown(device) -> None:
    _context, page = device("whole")
    page.click("[data-next]")
    page.locator(".now fieldset").first.locator("label").nth(3).click()

    page.clock.fast_forward(31_000)
    page.click("[data-stay]")
    page.clock.fast_forward(25_000)

    assert page.locator("input:checked").count() == 1
    assert page.locator(".start.now").count() == 0


def test_whole_questionnaire_is_answered_screen_by_screen(device, office) -> None:
    _context, page = device("whole")
    before = len(office.rows()["sent"])
    page.click("[data-next]")
    while page.locator("[data-finish]").is_hidden():
        for field in page.locator(".now fieldset").all():
            field.locator("label").nth(4).click()
        page.clock.fast_forward(400)
        page.click(".bar [data-next]")
    page.clock.fast_forward(400)
    page.fill("#remark", "Cảm ơn")
    page.click("[data-finish]")
    page.wait_for_selector(".thanks.now")
    queue_says(page, "Everything is sent")

    row = next(row for row in office.rows()["sent"] if row["other"].get("remark"))
    assert len(office.rows()["sent"]) == before + 1
    assert set(row["codes"]) == {5}


def test_kiosk_is_good_for_screen_readers(device) -> None:
    from axe_core_python.sync_playwright import Axe

    _context, page = device("whole")
    page.click("[data-next]")

    found = Axe().run(page)["violations"]

    assert [one["id"] for one in found] == []

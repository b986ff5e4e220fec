"""Pages of invitations and the mail itself: no barrier, nothing wider than a small phone."""

from __future__ import annotations

import re
import shutil

import pytest
from axe_core_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.urls import reverse
from invitations_maker import NOON, invite, rules
from playwright.sync_api import Page, Route, sync_playwright
from survey_maker import made_survey

from fivegaps.web.accounts.models import User
from fivegaps.web.collecting.models import Recipient
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.surveys.invitations import invitation_token

HOST = "http://office.example"
SCREENS = [(320, "dark"), (1280, "light")]
NAMES = ("invitations", "people", "add_people", "reminders", "transactions", "mails")


@pytest.fixture
def told(office, administrator, as_member, client, mailoutbox) -> dict[str, str]:
    """Addresses and pages, the mail among them, in English and Vietnamese."""
    rules(days_between=None)
    survey = made_survey(languages=["en", "vi"])
    people = [f"a-person-with-a-rather-long-address-{n}@customers.example.org" for n in range(6)]
    anna, *_rest = invite(administrator, survey, *people)
    outbox.run_due(NOON)
    Recipient.objects.filter(address__contains="-1@").update(outcome="bounced", reason="550 gone")
    addresses = [reverse(name, args=[survey.id]) for name in NAMES]
    addresses += [reverse("mail_words", args=[survey.id, "invitation", "vi"])]
    addresses += [reverse("mail_rules"), reverse("errands")]
    browser, pages = as_member(administrator), {}
    for lang in ("en", "vi"):
        User.objects.filter(id=administrator.user_id).update(language=lang)
        for address in addresses:
            pages[f"{address}?{lang}"] = browser.get(address).content.decode()
    stop = f"/i/{invitation_token(anna.invitation_id)}/stop/"
    pages[stop] = client.get(stop).content.decode()
    pages["/mail"] = mailoutbox[0].alternatives[0][0]
    return pages


def faults(page: Page) -> list[str]:
    """Return what is wrong with the page that stands open."""
    # A mail stands inside the page of a mail program, which has the landmarks.
    wcag = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
    options = wcag if page.url.endswith("/mail") else None
    violations = Axe().run(page, options=options)["violations"]
    found = [f"{one['id']}: {one['nodes'][0]['html'][:160]}" for one in violations]
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        found.append("wider than the screen")
    return found


@pytest.mark.browser
def test_pages_of_invitations_have_no_barrier(told: dict[str, str]) -> None:
    def serve(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        sheet = re.sub(r"^/static/[^/]+/", "", address)
        if address in told:
            route.fulfill(body=told[address], content_type="text/html; charset=utf-8")
        elif sheet.endswith(".css"):
            route.fulfill(path=finders.find(sheet))
        else:
            route.abort()

    found: dict[tuple[str, int], list[str]] = {}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-gpu"]
        )
        for width, scheme in SCREENS:
            page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
            page.route("**/*", serve)
            for address in told:
                page.goto(HOST + address)
                found[address, width] = faults(page)
        browser.close()

    assert {place: wrong for place, wrong in found.items() if wrong} == {}

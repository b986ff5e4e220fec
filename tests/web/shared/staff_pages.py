"""Every page of the staff as the office answers it, and a browser that shows it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page, Route, sync_playwright

from fivegaps.model.hours import Span, Week
from fivegaps.web.people.services import employees, hours, touchpoints

HOST = "http://office.example"
NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
PAGES: dict[str, tuple[str, ...]] = {
    "units": (),
    "unit": ("riga",),
    "add_unit": (),
    "change_unit": ("riga",),
    "change_unit_hours": ("riga",),
    "close_unit": ("riga",),
    "merge_unit": ("riga",),
    "import_file": ("holidays",),
    "channels": (),
    "add_channel": (),
    "touchpoints": (),
    "add_touchpoint": (),
    "hours": (),
    "change_hours": (),
    "add_holiday": (),
    "employees": (),
    "employee": ("anna",),
    "add_employee": (),
    "move_employee": ("anna",),
    "let_go": ("anna",),
    "link_account": ("anna",),
    "accounts": (),
    "invite": (),
    "settings": (),
    "audit": (),
    "profile": (),
    "usersessions_list": (),
    "mfa_index": (),
    "surveys": (),
    "results": (),
}
ENTRANCE = ("account_login", "account_reset_password")


def furnish(office) -> None:
    """Put something of everything into an office."""
    week = Week(((Span(540, 1020),),) * 5 + ((Span(600, 780), Span(840, 900)), ()))
    hours.keep_hours(actor=None, unit=None, since=None, week=week, at=NOW)
    day = date(datetime.now(UTC).year + 1, 1, 1)
    hours.keep_holiday(actor=None, unit=None, day=day, name="Jaungads", spans=(), at=NOW)
    touchpoints.add_touchpoint(actor=None, code="loan", name="Aizdevums", channel=None, at=NOW)
    employees.add_employee(
        actor=None, code="anna", name="Anna", unit=office.riga, joined_on=None, at=NOW
    )


def told(browser: Client, names: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the pages by address, as a person who is signed in gets them."""
    pages = {}
    for name, words in names.items():
        answer = browser.get(reverse(name, args=words), follow=True)
        assert answer.status_code == 200, name
        pages[reverse(name, args=words)] = answer.content.decode()
    return pages


def serving(pages: dict[str, str]):
    """Return what answers a browser's requests: these pages, and the style sheets as they are."""

    def serve(route: Route) -> None:
        address = route.request.url.removeprefix(HOST)
        sheet = re.sub(r"^/static/[^/]+/", "", address)
        if address in pages:
            route.fulfill(body=pages[address], content_type="text/html; charset=utf-8")
        elif sheet.endswith(".css") and finders.find(sheet):
            route.fulfill(path=finders.find(sheet), content_type="text/css")
        else:
            route.fulfill(status=404)

    return serve


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start headless Chromium, and end it."""
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def opened(browser: Browser, pages: dict[str, str], width: int, scheme: str = "light") -> Page:
    """Return a window of this width that reaches these pages alone."""
    context = browser.new_context(viewport={"width": width, "height": 780}, color_scheme=scheme)
    page = context.new_page()
    page.route("**/*", serving(pages))
    return page

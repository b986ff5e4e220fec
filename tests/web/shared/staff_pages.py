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
from results_maker import a_survey, answer, wave_of

from fivegaps.model.hours import Span, Week
from fivegaps.web.people.models import Channel, ChannelKind
from fivegaps.web.people.services import employees, hours, touchpoints
from fivegaps.web.people.services.channels import add_channel
from fivegaps.web.surveys.models import Response, Survey
from fivegaps.web.surveys.own_questions import KINDS, WITH_OPTIONS, Option, OwnQuestion
from fivegaps.web.surveys.services.editing import put_question
from fivegaps.web.surveys.services.programmes import add_wave, enter_reach, move_wave

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
# Pages of surveys, ways to people, results and privacy: "s" stands for the survey's id, "w" and
# "v" for its present and its first wave.
OF_SURVEYS: dict[str, tuple[str, ...]] = {
    "add_survey": (),
    "survey": ("s",),
    "survey_links": ("s",),
    "add_link": ("s",),
    "preview_survey": ("s",),
    "enter_reach": ("s", "w"),
    "change_wave": ("s", "w"),
    "change_survey": ("s",),
    "copy_survey": ("s",),
    "edit_survey": ("s",),
    "edit_items": ("s",),
    "edit_rules": ("s",),
    "add_question": ("s",),
    "edit_question": ("s", "qsingle"),
    "edit_words": ("s",),
    "invitations": ("s",),
    "people": ("s",),
    "add_people": ("s",),
    "mails": ("s",),
    "mail_words": ("s", "invitation", "en"),
    "mail_rules": (),
    "errands": (),
    "posters": ("s",),
    "kiosks": ("s",),
    "paper": ("s",),
    "past": ("s",),
    "add_past": ("s",),
    "survey_privacy": ("s",),
    "consent": (),
    "erase_person": (),
    "tokens": (),
    "add_token": (),
    "wave_results": ("w",),
    "unit_results": ("w", "riga"),
    "wave_since": ("w", "v"),
    "wave_remarks": ("w",),
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


def asked(office) -> dict[str, tuple[str, ...]]:
    """Field a survey with own questions of every kind twice; return its pages with their words."""
    survey = a_survey(state="draft")
    for kind in KINDS:
        options = (Option("a", {"en": "First"}), Option("b", {"en": "Second"}))
        question = OwnQuestion(
            f"q{kind}",
            kind,
            {"en": f"What about {kind}?"},
            options=options if kind in WITH_OPTIONS else (),
        )
        put_question(actor=None, survey=survey, question=question, at=NOW)
    first = move_wave(actor=None, wave=wave_of(survey), verb="open", at=NOW)
    _answers(survey, office, seed=1)
    move_wave(actor=None, wave=first, verb="close", at=NOW)
    again = add_wave(actor=None, survey=survey, name="2027", quota=None, at=NOW)
    second = move_wave(actor=None, wave=again, verb="open", at=NOW)
    _answers(survey, office, seed=7)
    ids = {"s": str(survey.id), "w": str(second.id), "v": str(first.id)}
    return {
        name: tuple(ids.get(word, word) for word in words) for name, words in OF_SURVEYS.items()
    }


def _answers(survey: Survey, office, *, seed: int) -> None:
    """Let two units answer, each question of the survey's own too, through two channels."""
    for unit in (office.riga, office.vilnius):
        answer(survey, unit, 12, seed=seed + unit.pk, remark="Kind people")
    phone = Channel.objects.filter(code="phone").first() or add_channel(
        actor=None, code="phone", name="Phone", kind=ChannelKind.PHONE, at=NOW
    )
    for n, row in enumerate(Response.objects.filter(wave=wave_of(survey))):
        row.channel = phone if n % 2 else office.counter
        row.other |= {
            "x_qsingle": "ab"[n % 2],
            "x_qmultiple": ["a", "b"][: 1 + n % 2],
            "x_qnumber": n,
            "x_qnps": n % 11,
            "x_qcsat": 1 + n % 5,
            "x_qces": 1 + n % 7,
            "x_qpoints_a": 40 + n,
            "x_qpoints_b": 60 - n,
        }
        row.save(update_fields=["channel", "other"])
    enter_reach(actor=None, wave=wave_of(survey), unit=office.riga, served=90, asked=40, at=NOW)


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

"""Role by page: who is answered and who is turned away, at every address of the office.

To state what a page owes to each role, put it into ``pages_<app>.py`` beside this file:
``PAGES = {"url_name": Page({Role.ADMINISTRATOR, …}, ("riga",))}``. The office of the test has
the units of tests/web/conftest.py, the channel ``counter``, the touchpoint ``loan`` and the
employee ``anna`` of riga; roles that hold in one unit hold in riga. A file may define
``prepare(office)`` and return words by url_name for things that only exist at run time. An
address of an app in STATED that no file names fails the first test.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path as File

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from expectation import Page

from fivegaps.web.accounts.models import User
from fivegaps.web.people.rights import BOUND_TO_UNIT, Role
from fivegaps.web.people.services.employees import add_employee
from fivegaps.web.people.services.touchpoints import add_touchpoint

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
LEAD_TO_SIGN_IN = {
    "home",
    "mfa_authenticate",
    "mfa_login_webauthn",
}  # strangers have no step behind them
STATED = {
    "people",
    "accounts",
    "shared",
    "config",
    "surveys",
    "collecting",
    "dashboards",
    "privacy",
    "api",
}
FILES = [
    importlib.import_module(file.stem) for file in sorted(File(__file__).parent.glob("pages_*.py"))
]
PAGES: dict[str, Page] = {name: page for file in FILES for name, page in file.PAGES.items()}


def addresses(resolver: URLResolver) -> Iterator[tuple[str, str]]:
    """Yield the app and the name of every address of people; calls are let in by token."""
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from () if one.namespace == "api" else addresses(one)
        elif isinstance(one, URLPattern):
            module = one.callback.__module__
            _, _, own = module.partition("fivegaps.web.")
            app = "accounts" if module.startswith("allauth") else own.partition(".")[0]
            yield app, one.name or str(one.pattern)


@pytest.fixture
def words(office) -> dict[str, tuple[object, ...]]:
    """The office with something of everything; arguments that only it knows."""
    add_touchpoint(actor=None, code="loan", name="Loan talk", channel=None, at=NOW)
    add_employee(actor=None, code="anna", name="Anna", unit=office.riga, joined_on=None, at=NOW)
    found: dict[str, tuple[object, ...]] = {}
    for file in FILES:
        if hasattr(file, "prepare"):
            found |= file.prepare(office)
    return found


def ask(browser: Client, name: str, words: dict[str, tuple[object, ...]]) -> tuple[int, str]:
    page = PAGES[name]
    address = reverse(name, args=words.get(name, page.words))
    answer = getattr(browser, page.method)(address)
    return answer.status_code, answer.get("Location", "")


def is_answered(name: str, status: int) -> bool:
    page = PAGES[name]
    if page.is_public or page.words == (0,):
        return status != 403 or name.startswith("socialaccount")
    return status == 404 if page.is_unknown else status in {200, 302}


def test_every_address_has_a_stated_expectation() -> None:
    there = {name for app, name in addresses(get_resolver()) if app in STATED}

    assert there - set(PAGES) == set()


def test_no_expectation_is_of_an_address_that_is_gone() -> None:
    there = {name for _, name in addresses(get_resolver())}

    assert set(PAGES) - there == set()


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_role_opens_its_pages_and_no_other(office, words, as_member, role) -> None:
    member = office.member(role, office.riga if role in BOUND_TO_UNIT else None)
    wrong = {}

    for name, page in PAGES.items():
        status, _ = ask(as_member(member), name, words)
        if is_answered(name, status) != (role in page.roles) or status >= 500:
            wrong[name] = status

    assert wrong == {}
    assert User.objects.get(id=member.user_id).is_active


def test_stranger_is_answered_by_public_pages_alone(words, db) -> None:
    wrong = {}
    for name, page in PAGES.items():
        status, target = ask(Client(), name, words)
        is_sent_away = status == 302 and target.startswith(reverse("account_login"))
        if is_sent_away == page.is_public and name not in LEAD_TO_SIGN_IN:
            wrong[name] = (status, target)

    assert wrong == {}

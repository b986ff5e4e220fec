"""A passkey, an authenticator app and recovery codes, as a person uses them in Chromium."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect, sync_playwright

from fivegaps.web.accounts.models import User
from fivegaps.web.people.models import Organisation
from fivegaps.web.people.rights import Role
from fivegaps.web.people.services.memberships import give_role

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
EMAIL, PHRASE = "ilze@bank.example", "a quiet river in spring"
TOUCH = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def address(transactional_db, live_server) -> str:
    """An office that is reached at localhost, with one administrator."""
    call_command("createcachetable", verbosity=0)
    Organisation.objects.create(id=1, name="Baltic Service Bank")
    user = User.objects.create(email=EMAIL, name="Ilze", created_at=NOW)
    user.set_password(PHRASE)
    user.save()
    give_role(actor=None, user=user, role=Role.ADMINISTRATOR, unit=None, at=NOW)
    return live_server.url


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium") or "/usr/bin/chromium"
        browser: Browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        context = browser.new_context(base_url=address, accept_downloads=True)
        context.set_default_timeout(60_000)
        page = context.new_page()
        yield page
        browser.close()


def sign_in(page: Page) -> None:
    page.goto("/account/login/")
    page.get_by_label("Email").fill(EMAIL)
    page.get_by_label("Password").fill(PHRASE)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/login/" not in url)


def confirm(page: Page) -> None:
    """Enter the password once more where the office asks before it changes how one signs in."""
    if "/reauthenticate/" in page.url:
        page.get_by_label("Password").fill(PHRASE)
        page.get_by_role("button", name="Confirm").click()
        page.wait_for_url(lambda url: "/reauthenticate/" not in url)


def sign_out(page: Page) -> None:
    page.goto("/account/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/account/login/")


def test_passkey_is_added_and_signs_in(page: Page) -> None:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": TOUCH})
    sign_in(page)
    page.goto("/account/second-factor/webauthn/add/")
    confirm(page)
    page.get_by_label("Passwordless").check()
    page.get_by_role("main").get_by_role("button", name="Add").click()
    page.wait_for_url("**/second-factor/**recovery-codes/**")
    sign_out(page)

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("Ilze", exact=True).first).to_be_visible()
    assert "/login/" not in page.url


def test_app_code_is_asked_for_and_a_recovery_code_helps_out(page: Page) -> None:
    sign_in(page)
    page.goto("/account/second-factor/totp/activate/")
    confirm(page)
    secret = page.locator("#authenticator_secret").input_value()
    code = format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))
    page.get_by_label("Authenticator code").fill(code)
    page.get_by_role("main").get_by_role("button", name="Activate").click()
    page.wait_for_url("**/recovery-codes/**")
    page.goto("/account/second-factor/recovery-codes/")
    codes = page.locator("#recovery_codes").input_value().split()
    sign_out(page)

    sign_in(page)
    page.wait_for_url("**/second-factor/authenticate/**")
    page.get_by_label("Code").fill(codes[0])
    page.get_by_role("button", name="Sign in").first.click()

    expect(page.get_by_text("Ilze", exact=True).first).to_be_visible()


def test_page_says_why_a_bare_number_cannot_have_passkeys(page: Page, address: str) -> None:
    parts = urlsplit(address)
    page.goto(f"http://127.0.0.1:{parts.port}/account/login/?{'next=/'}")

    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    assert parse_qs(urlsplit(page.url).query) == {"next": ["/"]}

"""A new office in the browser: set up, first units, pages at phone and desktop width.

axe-core (MPL 2.0) comes with the package axe-core-python.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

FIVEGAPS = Path(sys.executable).parent / "fivegaps"
PAGES = (
    "/places/",
    "/places/units/riga/",
    "/places/units/add/",
    "/places/import/units/",
    "/places/channels/",
    "/places/employees/",
    "/places/accounts/",
    "/places/accounts/invite/",
    "/settings/",
    "/account/",
    "/account/second-factor/",
    "/account/sessions/",
    "/no-such-page/",
)


@pytest.fixture(scope="module")
def link(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The link that sets a new, serving office up."""
    home = tmp_path_factory.mktemp("office")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(  # noqa: S603
        [FIVEGAPS, "serve"],
        env={**os.environ, "FIVEGAPS_HOME": str(home), "PORT": str(port), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    told = ""
    for line in process.stdout:
        told += line
        if found := re.search(r"http://\S+/set-up/\S+", told):
            yield found[0]
            break
    process.terminate()
    process.communicate(timeout=30)
    assert told, "the office did not start"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=shutil.which("chromium") or "/usr/bin/chromium", args=["--no-sandbox"]
        )


@pytest.fixture(scope="module")
def walked(browser: Browser, link: str) -> tuple[str, dict[str, object]]:
    """The office's address and the cookies of its administrator, after the first walk by hand."""
    context = browser.new_context(viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(link)
    page.get_by_label("Name of your organisation").fill("Baltic Service Bank")
    page.get_by_label("Your name").fill("Ilze")
    page.get_by_label("Your e-mail address").fill("ilze@bank.example")
    page.get_by_label("Password").fill("a quiet river in spring")
    page.get_by_role("button", name="Set up the office").click()
    page.get_by_role("link", name="Add the first unit").click()
    for name, code in (("Riga", "riga"), ("Tartu", "tartu")):
        page.goto(link.partition("/set-up")[0] + "/places/units/add/")
        page.get_by_label("Name").fill(name)
        page.get_by_label("Code").fill(code)
        page.get_by_role("button", name="Save").click()
    assert page.get_by_role("link", name="Tartu").is_visible()
    return link.partition("/set-up")[0], context.storage_state()


def seen(page: Page, base: str, path: str) -> list[str]:
    """Return what is wrong with a page: axe's findings, overflow, script and style errors."""
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on(
        "console",
        lambda line: told.append(line.text) if "Content Security Policy" in line.text else None,
    )
    page.goto(base + path)
    if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
        told.append("wider than the screen")
    found = Axe().run(page)["violations"]
    told += [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]
    return told


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
def test_pages_have_no_barrier(browser, walked, width: int, scheme: str) -> None:
    base, cookies = walked
    context = browser.new_context(
        viewport={"width": width, "height": 740}, color_scheme=scheme, storage_state=cookies
    )

    told = {path: seen(context.new_page(), base, path) for path in PAGES}

    assert {path: faults for path, faults in told.items() if faults} == {}


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en-GB", "vi-VN", "zh-CN", "zh-TW", "nl-NL"])
def test_sign_in_page_has_no_barrier_in_any_language(browser, walked, language: str) -> None:
    base, _ = walked
    context = browser.new_context(viewport={"width": 320, "height": 740}, locale=language)

    assert seen(context.new_page(), base, "/account/login/") == []


@pytest.mark.browser
def test_office_needs_no_script(browser, walked) -> None:
    base, _ = walked
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{base}/account/login/")

    page.get_by_label("Email").fill("ilze@bank.example")
    page.get_by_label("Password").fill("a quiet river in spring")
    page.get_by_role("button", name="Sign in").click()
    page.goto(f"{base}/places/")

    assert page.get_by_role("link", name="Riga").is_visible()

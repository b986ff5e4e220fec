"""One browser, and an office of its own for each module: served as its owner runs it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "web" / "surveys"))

from running_office import RunningOffice, running_office

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run"]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningOffice]:
    """An empty office that is served over the network."""
    with running_office(tmp_path_factory.mktemp("office")) as office:
        yield office


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Headless Chromium, ended with its module: beside its loop Django refuses to work."""
    path = shutil.which("chromium") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture
def device(chromium: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address on a device of its own."""
    contexts: list[BrowserContext] = []

    def opened(address: str, width: int = 360, **options: object) -> Page:
        context = chromium.new_context(viewport={"width": width, "height": 740}, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()

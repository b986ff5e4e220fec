"""Headers, health, colours and migrations: what every answer of the office stands on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client, RequestFactory

from fivegaps.report.drawing.palette import DARK, LIGHT
from fivegaps.web import config
from fivegaps.web.config import health
from fivegaps.web.config.wsgi import application

TOKENS = Path(config.__file__).parents[1] / "shared/static/shared/css/tokens.css"


def test_no_page_runs_what_it_did_not_bring(db, client) -> None:
    policy = client.get("/account/login/")["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


def test_no_page_stands_in_a_frame_of_others(db, client) -> None:
    answer = client.get("/account/login/")

    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_pages_bring_no_style_or_script_of_their_own_and_fetch_nothing_elsewhere(
    administrator, as_member
) -> None:
    browser = as_member(administrator)

    for address in ("/places/", "/places/accounts/", "/account/", "/settings/"):
        page = browser.get(address).content.decode()
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)
        assert not re.search(r'(src|href)="(https?:)?//', page)


def test_no_browser_or_proxy_keeps_what_a_signed_in_person_saw(administrator, as_member) -> None:
    browser = as_member(administrator)

    for address in ("/places/", "/account/", "/audit/file/", "/nowhere/", "/"):
        assert "no-store" in browser.get(address)["Cache-Control"]


def test_foreign_host_is_refused(db) -> None:
    answer = Client().get("/healthz", HTTP_HOST="evil.example")

    assert answer.status_code == 400


@pytest.mark.parametrize("named", ["zlib", "hex", "utf-16", "utf-7", "nonsense", "a\x00"])
def test_other_encodings_are_refused_before_they_are_read(named) -> None:
    request = RequestFactory().get("/healthz?next=%ff").environ
    begun = []

    told = application(
        request | {"CONTENT_TYPE": f"multipart/form-data; boundary=x; charset={named}"},
        lambda status, _headers: begun.append(status),
    )

    assert begun == ["400 Bad Request"]
    assert b"UTF-8" in b"".join(told)


def test_utf8_is_read_however_it_is_named(db) -> None:
    begun = []
    for named in ("text/plain", "text/plain; charset=UTF8", 'x/y; charset="utf-8"', ""):
        request = RequestFactory().get("/healthz").environ | {"CONTENT_TYPE": named}
        application(request, lambda status, _headers: begun.append(status))

    assert begun == ["200 OK"] * 4


def test_health_asks_no_database(client) -> None:
    """The database is not open to this test, so a query would fail it."""
    assert client.get("/healthz").status_code == 200


def test_ready_means_every_migration_is_there(db, client, monkeypatch) -> None:
    assert client.get("/readyz").status_code == 200

    monkeypatch.setattr(health, "unapplied_migrations", lambda: 2)

    assert client.get("/readyz").status_code == 503


@pytest.mark.parametrize("app", [name.rpartition(".")[2] for name in settings.OWN_APPS])
def test_models_and_migrations_agree(db, app: str) -> None:
    call_command("makemigrations", app, "--check", "--dry-run", verbosity=0)


def test_form_without_its_token_is_explained(db) -> None:
    answer = Client(enforce_csrf_checks=True).post("/account/login/", {"login": "x"})

    assert answer.status_code == 403
    assert b"no longer valid" in answer.content


@pytest.mark.parametrize(("palette", "part"), [(LIGHT, 0), (DARK, 1)], ids=["light", "dark"])
def test_pages_have_the_colours_of_the_charts(palette: dict[str, str], part: int) -> None:
    blocks = TOKENS.read_text().split("@media")
    told = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", blocks[part]))
    told.pop("on-strength")

    assert told.items() <= palette.items()
    assert len(told) > 15

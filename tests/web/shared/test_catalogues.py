"""Every text of the office speaks five languages, and the catalogues are fresh."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tools"))

import translate  # noqa: E402 - tools/translate.py, no package

SCRIPTS = ("zh-hans", "zh-hant")


@pytest.mark.parametrize("app", translate.apps())
def test_catalogues_are_whole_and_fresh(app: str) -> None:
    assert translate.faults(app) == []


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES if code != "en"])
def test_every_language_says_sign_in_its_own_way(language: str) -> None:
    with translation.override(language):
        assert gettext("Sign in") != "Sign in"
        assert gettext("This field is required.") != "This field is required."


def test_english_reader_gets_english() -> None:
    with translation.override("en"):
        assert gettext("People and places") == "People and places"


def test_traditional_chinese_is_no_copy_of_simplified() -> None:
    """zh-Hant must never fall back to zh-Hans: its readers would meet a foreign script."""
    said = {}
    for language in SCRIPTS:
        with translation.override(language):
            said[language] = [
                gettext("Settings"),
                gettext("Employees"),
                gettext("Accounts and roles"),
                gettext("Sign out"),
                gettext("A text that nobody has translated"),
            ]

    alike = [one for one, other in zip(*said.values(), strict=True) if one == other]
    assert alike == ["A text that nobody has translated"]


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("vi", "vi"),
        ("nl-BE,nl;q=0.9", "nl"),
        ("zh-CN", "zh-Hans"),
        ("zh-TW", "zh-Hant"),
        ("zh-HK", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("lv,ru;q=0.8", "en"),
    ],
)
def test_page_comes_in_the_browsers_language(db, client, asked: str, given: str) -> None:
    page = client.get("/account/login/", HTTP_ACCEPT_LANGUAGE=asked)

    assert f'<html lang="{given}"' in page.content.decode()

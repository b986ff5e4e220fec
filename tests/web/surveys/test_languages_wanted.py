"""The language of the respondent's page, from what a browser accepts."""

from __future__ import annotations

import pytest

from fivegaps.web.surveys.languages import wanted_language

ALL = ["en", "vi", "zh-hans", "zh-hant", "nl"]


@pytest.mark.parametrize(
    ("accepted", "offered", "wanted"),
    [
        ("vi-VN,vi;q=0.9,en;q=0.8", ALL, "vi"),
        ("zh-CN,zh;q=0.9", ALL, "zh-hans"),
        ("zh-TW,zh;q=0.9", ALL, "zh-hant"),
        ("zh-Hant-HK", ALL, "zh-hant"),
        ("zh-TW,zh;q=0.9,en;q=0.8", ["zh-hans", "en"], "en"),
        ("zh", ALL, "zh-hans"),
        ("en;q=0.1,nl;q=0.9", ALL, "nl"),
        ("fr", ["nl", "en"], "nl"),
        ("", ALL, "en"),
        ("vi;q=0,nl", ALL, "nl"),
        ("vi;q=nan,nl", ALL, "nl"),
        (";;;,,q=x", ALL, "en"),
        ("nl," * 10_000, ALL, "en"),
    ],
)
def test_first_accepted_language_that_is_offered(accepted, offered, wanted) -> None:
    assert wanted_language(accepted, offered) == wanted

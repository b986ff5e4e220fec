"""The page: one file, whole in every language, safe with any text."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from made_results import results
from reported_answers import kiosk, made

from fivegaps.model.instrument import LANGUAGES
from fivegaps.report.compose import compose
from fivegaps.report.html import page
from fivegaps.stats.estimate import Estimate


def page_of(asked, lang="en", **changes):
    whole = results(asked, **changes)
    return page(compose(whole, asked.instrument, lang=lang), version="0.1.0")


@pytest.fixture(scope="module")
def kiosk_page():
    return page_of(kiosk(units=5))


class Outline(HTMLParser):
    def __init__(self):
        super().__init__()
        self.levels, self.ids, self.tags = [], [], []

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        if re.fullmatch(r"h[1-6]", tag):
            self.levels.append(int(tag[1]))
        self.ids += [value for name, value in attrs if name == "id"]


def outline_of(text):
    outline = Outline()
    outline.feed(text)
    return outline


def test_the_page_needs_no_other_file(kiosk_page):
    fetched = re.findall(r'(?:src|href)="(?!#)[^"]*"|url\(|@import|<script', kiosk_page)

    assert fetched == []


def test_headings_never_skip_a_level(kiosk_page):
    levels = outline_of(kiosk_page).levels

    jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
    assert (levels[0], jumps) == (1, [])


def test_ids_are_different(kiosk_page):
    ids = outline_of(kiosk_page).ids

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("lang", "told"),
    [("en", "en"), ("vi", "vi"), ("zh-hans", "zh-Hans"), ("zh-hant", "zh-Hant"), ("nl", "nl")],
)
def test_the_page_tells_its_language(lang, told):
    assert f'<html lang="{told}">' in page_of(made(), lang)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_placeholder_is_left_open(lang):
    text = re.sub(r"<style>.*?</style>", "", page_of(kiosk(units=4), lang), flags=re.DOTALL)

    assert re.findall(r"\{\w*\}", text) == []


def test_text_from_people_is_escaped():
    asked = made(units=3, label="<img src=x onerror=alert(1)>")

    assert "<img" not in page_of(asked)


def test_a_title_cannot_leave_the_style():
    asked = made()
    named = replace(asked.instrument, title={"en": '"}</style><script>alert(1)</script>'})

    assert "<script" not in page_of(replace(asked, instrument=named))


def test_a_missing_figure_gives_its_reason():
    asked = made()
    whole = results(asked)
    missing = Estimate.cannot("too_few", n=1)
    dimensions = {
        name: replace(scores, difference_reliability=missing)
        for name, scores in whole.dimensions.items()
    }

    assert "(too few answers)" in page_of(asked, dimensions=dimensions)


def test_an_unknown_reason_is_shown_as_it_is():
    asked = made()
    whole = results(asked)
    dimensions = {
        name: replace(scores, difference_reliability=Estimate.cannot("moon_phase"))
        for name, scores in whole.dimensions.items()
    }

    assert "moon_phase" in page_of(asked, dimensions=dimensions)


def test_every_number_can_be_had_again(kiosk_page):
    for part in ("fivegaps analyze kiosk.csv", "20260101", "c0ffee", "beefbeef"):
        assert part in kiosk_page


def test_only_methods_that_were_used_are_described():
    assert "Kano et" not in page_of(made())
    assert "Kano, N." not in page_of(made())


def test_the_structure_is_not_called_confirmed(kiosk_page):
    assert "is not confirmed by these answers" in kiosk_page
    assert "is consistent with the answers" not in kiosk_page

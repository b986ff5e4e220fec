"""Themes in the own words of staff, in five languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from sample_companies import dossier, people

from fivegaps.diagnosis.evidence.vocabulary import read_measure
from fivegaps.diagnosis.evidence.words import themes_of
from fivegaps.knowledge.measures import slots


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("The SYSTEM is slow", "tools"),
        ("We are understaffed on Fridays", "staffing"),
        ("Too much paperwork", "rules"),
        ("Nobody trained me", "training"),
        ("Head office tells us last", "communication"),
        ("Phần mềm quá chậm", "tools"),
        ("Lương thấp", "pay"),
        ("人手不足", "staffing"),
        ("培训太少", "training"),
        ("主管不聽", "leadership"),
        ("Te weinig personeel", "staffing"),
        ("Reclame belooft te veel", "promises"),
    ],
)
def test_a_theme_is_found_in_any_language(text: str, theme: str) -> None:
    assert theme in themes_of(text)


def test_a_text_may_name_several_themes() -> None:
    assert {"tools", "pay"} <= themes_of("Old computers and low pay")


def test_a_word_inside_another_is_not_found() -> None:
    assert "pay" not in themes_of("We repay what we owe")


def test_words_of_no_list_are_other() -> None:
    assert themes_of("hm") == frozenset({"other"})


def test_letters_that_are_composed_differently_are_the_same() -> None:
    assert "tools" in themes_of("phần mềm")


def test_the_lists_cover_the_themes_of_the_vocabulary() -> None:
    named = {theme for text in _one_of_each() for theme in themes_of(text)}

    assert named | {"other"} == set(slots()["theme"])


def _one_of_each() -> list[str]:
    return [
        "tools", "overtime", "policy", "training", "communication", "goals", "boss", "salary",
        "campaign", "parking",
    ]  # fmt: skip


def test_the_share_is_of_those_who_wrote(tmp_path: Path) -> None:
    staff = {
        **people("s", 20),
        "problem": ["slow system"] * 4 + ["queues"] * 4 + [""] * 12,
        "first_change": [""] * 20,
    }

    found = dossier(tmp_path, employees=staff)

    assert read_measure(found, "words.problem.tools").estimate.value == pytest.approx(0.5)
    assert read_measure(found, "words.first-change.tools").estimate.reason == "not_asked"

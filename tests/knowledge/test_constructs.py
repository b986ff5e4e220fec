"""Constructs and the guide of the company folder are whole."""

from __future__ import annotations

import pytest

from fivegaps.io.company.sheets import FILES
from fivegaps.knowledge.company_folder import (
    example_words,
    file_guides,
    part_guides,
    readme_words,
    said,
)
from fivegaps.knowledge.constructs import construct, constructs, judged_constructs
from fivegaps.model.instrument import LANGUAGES

# How many statements each construct has, as the format of a company folder says.
MANAGERS = {
    "market-research-orientation": 4, "upward-communication": 4, "levels-of-management": 1,
    "commitment": 4, "goal-setting": 2, "task-standardisation": 2, "feasibility": 3,
    "leads-by-serving": 3,
}  # fmt: skip
EMPLOYEES = {
    "teamwork": 5, "employee-job-fit": 3, "technology-job-fit": 2, "perceived-control": 4,
    "supervisory-control": 3, "role-conflict": 4, "role-ambiguity": 5,
    "horizontal-communication": 4, "overpromising": 2, "commitment-seen": 3,
    "upward-communication": 3, "standards-clear": 3, "standards-accepted": 2,
    "job-design-voice": 3, "compassion": 3, "freedom": 3, "recognition": 2, "no-fear": 3,
    "strain": 3, "reward-fairness": 5, "served-by-leaders": 3, "internal-marketing": 3,
    "engagement": 3,
}  # fmt: skip
BAD = {"levels-of-management", "role-conflict", "role-ambiguity", "overpromising", "strain"}


@pytest.mark.parametrize(("voice", "expected"), [("managers", MANAGERS), ("employees", EMPLOYEES)])
def test_each_voice_has_its_constructs(voice, expected):
    assert {one.id: one.statements for one in constructs(voice)} == expected


def test_bad_constructs_are_marked():
    assert {one.id for one in constructs() if one.bad} == BAD


def test_causes_are_judged_by_the_constructs_of_the_format_alone():
    further = {one.id for one in constructs()} - {one.id for one in judged_constructs()}

    assert further == {"leads-by-serving", "engagement"}
    assert len(judged_constructs()) == 29


@pytest.mark.parametrize("voice", ["managers", "employees"])
def test_further_constructs_stand_last(voice):
    """The simulator draws in this order, so that seeds keep their companies."""
    assert constructs(voice)[: len(judged_constructs(voice))] == judged_constructs(voice)


def test_titles_are_in_every_language():
    lacking = [
        (one.id, lang) for one in constructs() for lang in LANGUAGES if lang not in one.title
    ]

    assert lacking == []


def test_half_of_the_statements_make_a_score():
    assert [construct("employees", name).fewest for name in ("teamwork", "recognition")] == [3, 1]


def test_a_construct_of_another_voice_is_not_found():
    with pytest.raises(KeyError):
        construct("managers", "teamwork")


def test_every_file_of_the_folder_is_explained_in_two_languages():
    guides = file_guides()

    assert {guide.id for guide in guides} == set(FILES)
    texts = [
        getattr(guide, name) for guide in guides for name in ("who", "why", "unknown", "collect")
    ]
    texts += [getattr(part, name) for part in part_guides() for name in ("unknown", "collect")]
    assert all(set(text) == {"en", "vi"} and text["en"] != text["vi"] for text in texts)


def test_other_languages_fall_back_to_english():
    assert said(file_guides()[0].who, "nl") == file_guides()[0].who["en"]
    assert readme_words("nl") == readme_words("en")
    assert example_words("vi") != example_words("en")

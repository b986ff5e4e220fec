"""The shipped remedies: complete, prescribed, with both sides of a contradiction."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fivegaps.errors import Fault, OptionRefused
from fivegaps.knowledge.cards import opponents, policies, prescribed_by
from fivegaps.knowledge.knowledge_checking import check_knowledge, check_remedy
from fivegaps.knowledge.remedies import read_remedy, remedies, remedy, remedy_ids
from fivegaps.knowledge.table import Table

PANEL = "customer-panel"
PRESCRIBED = [
    "S3.1",
    *(f"S3.1{letter}" for letter in "abcd"),
    *(f"S3.2{letter}" for letter in "abcdefghij"),
    *(f"S3.3{letter}" for letter in "abcdefghijklmnop"),
    *(f"S3.4{letter}" for letter in "abcdefghij"),
    *(f"S1.{number}" for number in range(26, 67)),
    *(f"S2.{number}" for number in (*range(35, 47), *range(49, 66), 66, 70, 71, 72)),
    *(f"S4.{number}" for number in range(2, 15)),
]


def whats(faults: tuple[Fault, ...]) -> str:
    return "\n".join(str(fault) for fault in faults)


@pytest.mark.parametrize("name", remedy_ids())
def test_a_remedy_has_no_fault(name):
    assert check_remedy(remedy(name), name) == ()


def test_no_record_has_a_fault():
    assert check_knowledge() == {}


@pytest.mark.parametrize("name", remedy_ids())
def test_a_remedy_is_prescribed_by_a_cause(name):
    assert prescribed_by(name)


@pytest.mark.parametrize("line", PRESCRIBED)
def test_what_the_mission_prescribes_is_a_card(line):
    assert remedies(mission=line)


def test_reward_stands_against_freedom_from_punishment():
    assert "protect-good-faith-calls" in opponents("reward-quality")
    assert policies("reward-quality")[0] == "feedback-first"


def test_a_contradiction_is_seen_from_both_cards():
    pairs = {(one.id, other) for one in remedies() for other in opponents(one.id)}

    assert {(other, one) for one, other in pairs} == pairs


def test_technology_stands_against_contact():
    assert "meet-face-to-face" in opponents("technology-for-routine")
    assert "both-sides" in policies("technology-for-routine")


def test_remedies_are_selected_by_gap_dimension_and_industry():
    found = remedies(gap=3, dimension="tangibles", industry="restaurant")

    assert remedy("present-food-well") in found
    assert remedy("present-food-well") not in remedies(industry="bank")


def test_an_unknown_remedy_is_refused():
    with pytest.raises(OptionRefused, match="no remedy 'pray'"):
        remedy("pray")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"gaps": ()}, "no gap is named"),
        ({"gaps": (7,)}, "gap 7 must be 1 to 5"),
        ({"industries": ("circus",)}, "industry 'circus' is no profile"),
        ({"against": ("pray",)}, "remedy 'pray', named in against"),
        ({"against": (PANEL,)}, "is against itself"),
        ({"against": ("reward-quality",)}, "names no policy"),
        ({"policy": "carrot"}, "policy 'carrot'"),
        ({"metric": "gap2.overall"}, "no metric that an action can register"),
        ({"metric": "construct.employees.joy"}, "is no construct"),
        ({"steps": {"en": ("Go.",) * 3, "vi": ("Đi.",) * 4}}, "differ in number"),
        ({"steps": {"en": ("Go.",), "vi": ("Đi.",)}}, "1 steps in en"),
        ({"risks": {"en": "None."}}, "risks is not given in vi"),
        ({"title": {}}, "not given in en, vi"),
    ],
)
def test_a_faulty_remedy_is_told(changed, told):
    faulty = replace(remedy(PANEL), **changed)

    assert told in whats(check_remedy(faulty, PANEL))


def test_a_title_of_more_than_nine_words_is_told():
    one = remedy(PANEL)

    faulty = replace(
        one, title={**one.title, "en": "Meet a panel of customers in every month there is"}
    )

    assert "more than 9 words" in whats(check_remedy(faulty, PANEL))


def test_every_fault_of_a_malformed_remedy_is_found_at_once():
    faults: list[Fault] = []

    read_remedy(Table({"id": "x", "weeks": [9, 2], "owner": "nobody", "colour": 1}, "", faults))

    told = whats(tuple(faults))
    for fault in ("'weeks'", "owner 'nobody'", "'cost' is missing", "unknown key 'colour'"):
        assert fault in told

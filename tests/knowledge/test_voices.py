"""The questionnaires of managers, employees and assessors, and what their checker refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fivegaps.diagnosis.gaps.blind_spot import QUESTIONS
from fivegaps.errors import InstrumentRefused
from fivegaps.knowledge.constructs import constructs
from fivegaps.knowledge.instruments import instrument
from fivegaps.knowledge.table import Table
from fivegaps.knowledge.voice_checking import (
    check_questionnaire,
    check_statements,
    check_voices,
    is_known_column,
)
from fivegaps.knowledge.voice_reading import read_pack
from fivegaps.knowledge.voices import ORDER, questionnaire, questionnaire_ids, statements
from fivegaps.model.instrument import LANGUAGES
from fivegaps.model.questionnaire import Prompt, Questionnaire, Section

AUDIT = questionnaire("manager-self-audit")


def told(faults) -> str:
    return "\n".join(fault.what for fault in faults)


def with_prompt(section: int, **changes: object) -> Questionnaire:
    """Return the self-audit with the first prompt of a section changed."""
    sections = list(AUDIT.sections)
    first, *rest = sections[section].prompts
    sections[section] = replace(sections[section], prompts=(replace(first, **changes), *rest))
    return replace(AUDIT, sections=tuple(sections))


def with_section(**changes: object) -> Questionnaire:
    """Return the self-audit with its second section changed."""
    level, second, *rest = AUDIT.sections
    return replace(AUDIT, sections=(level, replace(second, **changes), *rest))


def test_what_is_shipped_has_no_fault():
    assert check_voices() == {}


def test_the_shelf_holds_every_voice():
    assert questionnaire_ids() == ORDER
    assert {questionnaire(name).voice for name in ORDER} == {"managers", "employees", "assessor"}


@pytest.mark.parametrize("voice", ["managers", "employees"])
def test_the_whole_form_asks_every_statement_once(voice):
    asked = [prompt.column for prompt in questionnaire(voice).prompts if prompt.column[:2] == "a_"]

    assert sorted(asked) == sorted(one.column for one in statements(voice))
    assert len(asked) == sum(one.statements for one in constructs(voice))


def test_managers_and_employees_are_asked_the_customers_own_items():
    items = {item.id: item.text["vi"]["expectation"] for item in instrument("rater-22@bank").items}

    for name, letter in (("managers-on-customers", "e"), ("employees-on-managers", "m")):
        asked = questionnaire(name, profile="bank").prompts
        found = {p.column: p.text["vi"] for p in asked if p.column.startswith(f"{letter}_")}
        assert found == {f"{letter}_{item}": text for item, text in items.items()}


def test_the_self_audit_has_its_21_questions_each_on_its_line_of_the_mission():
    serving = {p.column: p.mission[0] for p in AUDIT.prompts if p.column.startswith("x_")}

    assert serving == {f"x_s0-{n:02d}": f"S0.{n}" for n in range(7, 28)}


def test_the_self_audit_is_grouped_as_the_diagnosis_reads_it():
    grouped = {
        prompt.column.removeprefix("x_"): prompt.dimension
        for prompt in AUDIT.prompts
        if prompt.dimension
    }

    assert grouped == {name: one for one, names in QUESTIONS.items() for name in names}


def test_channels_are_asked_of_the_questions_that_name_them():
    asked = questionnaire("manager-self-audit", channels=("phone", "phone", "drone"))
    columns = [prompt.column for prompt in asked.prompts if "@" in prompt.column]

    assert columns == [f"x_s0-{n}@{one}" for n in ("09", "11", "27") for one in ("phone", "drone")]
    assert check_questionnaire(asked, "manager-self-audit") == ()


@pytest.mark.parametrize("name", ["rater-22@bank", "rater-10"])
def test_another_bank_brings_its_own_items(name):
    bank = instrument(name)
    asked = questionnaire("employees-on-customers", bank=name)

    assert len(asked.prompts) == len(bank.items) + 1


def test_a_name_that_is_no_questionnaire_is_refused():
    with pytest.raises(InstrumentRefused, match="Did you mean 'employee-pulse'"):
        questionnaire("employe-pulse")


def test_a_construct_without_its_statements_is_refused():
    rest = tuple(one for one in statements("managers") if one.construct != "feasibility")

    assert "'feasibility' needs the statements 1 to 3; there are: none" in told(
        check_statements("managers", rest)
    )


def test_a_statement_of_no_construct_is_refused():
    first, *rest = statements("managers")
    strange = replace(first, construct="charisma")

    assert "'charisma' is no construct" in told(check_statements("managers", (strange, *rest)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_statement_that_lacks_a_language_is_refused(lang):
    first, *rest = statements("employees")
    text = {one: words for one, words in first.text.items() if one != lang}

    faults = check_statements("employees", (replace(first, text=text), *rest))

    assert f"is not given in {lang}" in told(faults)


def test_a_statement_without_status_is_refused():
    first, *rest = statements("employees")

    faults = check_statements("employees", (replace(first, status={"en": "draft"}), *rest))

    assert "has no status in vi, zh-hans, zh-hant, nl" in told(faults)


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_a_wording_of_more_than_twenty_words_is_refused(lang):
    text = {**AUDIT.sections[1].prompts[0].text, lang: "word " * 21}

    faults = check_questionnaire(with_prompt(1, text=text), "manager-self-audit")

    assert f"({lang}) has 21 words" in told(faults)


def test_a_wording_that_negates_twice_is_refused():
    text = dict.fromkeys(LANGUAGES, "It is not true that nobody helps.")

    faults = check_questionnaire(with_prompt(1, text=text), "manager-self-audit")

    assert "negates twice" in told(faults)


def test_a_chinese_must_is_no_negation():
    first, *rest = statements("employees")
    text = {**first.text, "zh-hans": "我不得不拒绝。", "zh-hant": "我不得不拒絕。"}

    assert check_statements("employees", (replace(first, text=text), *rest)) == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"title": {"en": "Reliability"}}, "title of section 'audit-reliability' is not given"),
        ({"instruction": {}}, "the instruction of section 'audit-reliability' is not given"),
        ({"anchors": {}}, "point 7 of section 'audit-reliability' is not given"),
        ({"none": {"en": "none"}}, "the box of section 'audit-reliability' is not given in vi"),
    ],
)
def test_a_section_that_lacks_a_text_is_refused(change, said):
    assert said in told(check_questionnaire(with_section(**change), "manager-self-audit"))


@pytest.mark.parametrize(
    "column", ["x_s0-99", "e_moon1", "w_moon", "d_empathy", "mood", "a_teamwork_1"]
)
def test_a_column_that_the_format_does_not_know_is_refused(column):
    faults = check_questionnaire(with_prompt(1, column=column), "manager-self-audit")

    assert f"'{column}': managers have no such column" in told(faults)


@pytest.mark.parametrize(
    ("voice", "column"),
    [
        ("managers", "e_tan1"), ("managers", "x_s0-12@kiosk"), ("managers", "a_commitment_1"),
        ("employees", "m_emp5"), ("employees", "i_empathy"), ("employees", "c_assurance"),
        ("employees", "problem"), ("assessor", "third_party_empathy"), ("assessor", "met"),
    ],
)  # fmt: skip
def test_a_column_of_the_format_is_known(voice, column):
    assert is_known_column(voice, column, instrument("rater-22"))


def test_a_question_without_a_line_of_the_mission_is_refused():
    section = replace(AUDIT.sections[1], mission=(), prompts=(Prompt("x_s0-07", {}),))

    faults = check_questionnaire(replace(AUDIT, sections=(section,)), "manager-self-audit")

    assert "question 'x_s0-07' names no mission id" in told(faults)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sources": ()}, "no source"),
        ({"sources": ("nobody-1900",)}, "'nobody-1900' is not in sources.toml"),
        ({"rights": ""}, "rights are not stated"),
        ({"mission": ("S9.1",)}, "the mission has no line 'S9.1'"),
        ({"id": "other"}, "is not the name of the file"),
    ],
)
def test_a_record_that_does_not_say_where_it_comes_from_is_refused(change, said):
    assert said in told(check_questionnaire(replace(AUDIT, **change), "manager-self-audit"))


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"id": "a", "ask": "riddles"}, "riddles"),
        ({"id": "a", "ask": "statements", "scale": "agree"}, "names no construct"),
        ({"id": "a", "ask": "items", "scale": "agree"}, "names no letter"),
        ({"id": "a", "ask": "questions", "scale": "agree"}, "has no question"),
        ({"id": "a", "ask": "points", "answer": "scale"}, "names no scale"),
        ({"id": "a", "ask": "points", "colour": "red"}, "unknown key 'colour'"),
    ],
)
def test_a_file_of_another_form_is_refused(section, said):
    faults: list = []

    read_pack(Table({"id": "x", "rights": "ours", "section": [section]}, "", faults))

    assert said in told(faults)


def test_an_empty_pack_is_refused():
    faults: list = []

    read_pack(Table({"id": "x", "rights": "ours", "voice": "managers"}, "", faults))

    assert "it has no section and includes none" in told(faults)


def test_sections_have_prompts():
    empty = [
        (name, section.id)
        for name in questionnaire_ids()
        for section in questionnaire(name).sections
        if not section.prompts
    ]

    assert empty == []
    assert isinstance(AUDIT.sections[0], Section)

"""The shipped causes: complete, referenced, selectable."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fivegaps.errors import Fault, FileRefused, OptionRefused
from fivegaps.knowledge.causes import cause, cause_ids, causes, read_cause
from fivegaps.knowledge.knowledge_checking import check_cause
from fivegaps.knowledge.measures import measure, measures, slots
from fivegaps.knowledge.record_files import read_record
from fivegaps.knowledge.table import Table
from fivegaps.model.knowledge import Sign

NAMED_BY_THE_MODEL = [f"S2.{number}" for number in range(7, 26)]
LISTENING = "gap1-no-listening"


def whats(faults: tuple[Fault, ...]) -> str:
    return "\n".join(str(fault) for fault in faults)


@pytest.mark.parametrize("name", cause_ids())
def test_a_cause_has_no_fault(name):
    assert check_cause(cause(name), name) == ()


@pytest.mark.parametrize("line", NAMED_BY_THE_MODEL)
def test_each_cause_of_the_model_is_a_record(line):
    assert causes(mission=line)


def test_ids_begin_with_their_gap():
    assert [one.id for one in causes() if not one.id.startswith(f"gap{one.gap}-")] == []


def test_no_two_causes_have_the_same_signs():
    signs = [frozenset(one.signs) for one in causes()]

    assert len(set(signs)) == len(signs)


def test_every_construct_is_a_sign_of_some_cause():
    looked_at = {sign.measure for one in causes() for sign in one.signs}

    constructs = {name for name in measures() if name.startswith("construct.")}

    assert constructs - looked_at == set()


def test_causes_are_selected_by_gap():
    assert {one.gap for one in causes(gap=4)} == {4}


def test_causes_for_any_dimension_fit_every_dimension():
    found = causes(dimension="empathy")

    assert cause(LISTENING) in found
    assert cause("gap3-setting-neglected") not in found


def test_an_unknown_cause_is_refused_with_the_nearest():
    with pytest.raises(OptionRefused, match="Did you mean 'gap1-no-listening'"):
        cause("gap1-no-listenin")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"remedies": ()}, "no remedy is named"),
        ({"signs": ()}, "no sign is named"),
        ({"sources": ()}, "no source is named"),
        ({"mission": ()}, "no mission id is named"),
        ({"remedies": ("pray",)}, "remedy 'pray' does not exist"),
        ({"sources": ("rumour-2001",)}, "source 'rumour-2001'"),
        ({"mission": ("S2.999",)}, "no line 'S2.999'"),
        ({"dimensions": ("speed",)}, "'speed' is no dimension"),
        ({"title": {"en": "Silence"}}, "not given in vi, zh-hans, zh-hant, nl"),
        ({"text": {"en": "Nobody asks."}}, "text is not given in vi"),
        ({"signs": (Sign("stars.aligned", bad="low"),)}, "'stars.aligned' is no measure"),
        ({"signs": (Sign("voiced-share", bad="low"),)}, "its sign has above or below"),
        ({"signs": (Sign("voiced-share", below=40),)}, "40 is not between 0 and 1"),
        ({"signs": (Sign("voiced-share", above=0.4),)}, "is bad when low"),
        ({"signs": (Sign("gap3.empathy", below=-1),)}, "is relative"),
    ],
)
def test_a_faulty_cause_is_told(changed, told):
    faulty = replace(cause(LISTENING), **changed)

    assert told in whats(check_cause(faulty, LISTENING))


def test_a_title_in_the_other_chinese_script_is_told():
    one = cause(LISTENING)

    faulty = replace(one, title={**one.title, "zh-hans": one.title["zh-hant"]})

    assert "is not written so in zh-hans" in whats(check_cause(faulty, LISTENING))


def test_a_file_with_another_name_than_its_id_is_told():
    assert "is not the name of the file" in whats(check_cause(cause(LISTENING), "gap1-deaf"))


def test_every_fault_of_a_malformed_cause_is_found_at_once():
    faults: list[Fault] = []

    read_cause(
        Table({"gap": 9, "status": "new", "sign": [], "signs": [{"measure": "m"}]}, "", faults)
    )

    told = whats(tuple(faults))
    for fault in ("gap 9", "'id' is missing", "status 'new'", "unknown key 'sign'", "one of bad"):
        assert fault in told


def test_a_malformed_record_is_refused():
    def fault(table: Table) -> None:
        table.fault("it is wrong")

    with pytest.raises(FileRefused, match="gap1-no-listening"):
        read_record("causes", LISTENING, fault)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("gap3.reliability", "gap3.<dimension>"),
        ("gap3.<dimension>", "gap3.<dimension>"),
        ("audit.s0-11", "audit.<question>"),
        ("words.first-change.tools", "words.first-change.<theme>"),
        ("voiced-share", "voiced-share"),
    ],
)
def test_a_measure_is_found_by_its_name(name, family):
    found = measure(name)

    assert found is not None
    assert found.id == family


@pytest.mark.parametrize("name", ["gap3.speed", "audit.s0-10", "gap9.empathy", "gap3"])
def test_a_name_outside_the_vocabulary_is_no_measure(name):
    assert measure(name) is None


def test_a_family_has_one_of_the_slots():
    assert {one.slot for one in measures().values()} == {None, *slots()}

"""Whatever is wrong in a company folder is named: file, row, column, value, what to do."""

from __future__ import annotations

import pytest
from company_folders import cell, customer, employee, faults_of, whole, write_folder

from fivegaps.errors import CompanyRefused
from fivegaps.io.company.read import read_company

# what the other files refer to
NEEDED = ("customers", "units", "standards", "promises")

# what is put where, and what the message must say
CELLS = [
    ("units", 3, "parent", "bnak", "did you mean 'bank'"),
    ("units", 2, "parent", "riga", "circle"),
    ("units", 3, "closed", "2000-01-01", "before opened"),
    ("units", 2, "unit", "riga", "2 rows"),
    ("customers", 4, "unit", "rigaa", "did you mean 'riga'"),
    ("customers", 4, "wave", "2052", "no wave of company.toml; did you mean '2025'"),
    ("customers", 4, "wave", "", "empty"),
    ("customers", 4, "p_rel3", 8, "off the scale 1 to 7"),
    ("customers", 4, "p_rel3", "often", "text"),
    ("customers", 4, "e_rel3", 4.5, "whole"),
    ("customers", 4, "o_satisfaction", 9, "1 to 7"),
    ("customers", 4, "w_empathy", 140, "0 to 100"),
    ("customers", 4, "had_problem", "maybe", "yes nor no"),
    ("customers", 4, "date", "31.05.2025", "2025-05-31"),
    ("customers", 4, "date", "2025-02-30", "calendar"),
    ("customers", 4, "respondent", "c0", "twice in wave 2025"),
    ("managers", 3, "respondent", "m1", "twice in wave 2025"),
    ("managers", 3, "s_empathy", "nothing", "none for no standard"),
    ("managers", 3, "level", 0, "below 1"),
    ("managers", 3, "e_tan1", 8, "1 to 7"),
    ("managers", 3, "a_commitment_1", 0, "1 to 7"),
    ("managers", 3, "x_s0-12", 11, "1 to 7"),
    ("managers", 3, "unit", "rigga", "did you mean 'riga'"),
    ("employees", 3, "respondent", "s1", "twice in wave 2025"),
    ("employees", 3, "role", "boss", "contact, support"),
    ("employees", 3, "c_empathy", "none", "number"),
    ("employees", 3, "support_unit", "", "Name the support unit"),
    ("standards", 3, "standard", "answer", "2 rows"),
    ("standards", 3, "items", "emp9", "no item of instrument rater-22"),
    ("standards", 2, "target", "quickly", "a target is a number"),
    ("standards", 2, "comparison", "", "at_least or at_most"),
    ("standards", 2, "comparison", "at_leats", "did you mean 'at_least'"),
    ("standards", 2, "tolerance", -1, "below 0"),
    ("standards", 2, "level", 8, "1 to 7"),
    ("standards", 2, "accepted", 80, "0.8"),
    ("standards", 2, "committed", "sure", "yes nor no"),
    ("observations", 2, "standard", "answr", "did you mean 'answer'"),
    ("observations", 3, "met", 11, "more than n"),
    ("observations", 3, "met", 2.5, "count"),
    ("observations", 3, "n", "", "without n"),
    ("observations", 3, "met", "", "without met"),
    ("observations", 3, "value", 5, "not both"),
    ("observations", 2, "value", "", "empty"),
    ("observations", 2, "wave", "2023", "no wave"),
    ("policies", 2, "conflicts_with", "answer;customr", "did you mean 'customer'"),
    ("policies", 2, "resisted", 1.4, "0.014"),
    ("promises", 2, "items", "", "without items"),
    ("promises", 2, "until", "2024-12-31", "before from"),
    ("promises", 2, "standard", "answers", "did you mean 'answer'"),
    ("promises", 2, "level", 0, "1 to 7"),
    ("promise_outcomes", 2, "kept", 11, "more than n"),
    ("promise_outcomes", 2, "customer_caused", 4, "n − kept"),
    ("promise_outcomes", 2, "promise", "fats", "did you mean 'fast'"),
    ("cases", 2, "closed", "2025-02-01", "before opened"),
    ("cases", 2, "cause_side", "weather", "misunderstanding"),
    ("cases", 2, "justice_procedural", 8, "1 to 7"),
    ("cases", 2, "items", "res1;rel9", "'rel9'"),
    ("cases", 3, "case", "k1", "2 rows"),
    ("cases", 2, "contacts", -2, "below 0"),
    ("ideas", 2, "answered", "2024-12-01", "before submitted"),
    ("ideas", 2, "from", "boss", "staff, customer"),
    ("decisions", 2, "overridden", "perhaps", "yes nor no"),
    ("decisions", 2, "amount", "much", "not a number"),
    ("competitors", 2, "item", "rel1", "not both"),
    ("competitors", 3, "item", "", "not neither"),
    ("competitors", 2, "mean", 9, "1 to 7"),
    ("competitors", 2, "mean", "", "empty"),
    ("competitors", 2, "dimension", "speed", "no dimension"),
    ("facts", 2, "value", "many", "not a number"),
    ("facts", 2, "wave", "2030", "no wave"),
    ("actions", 2, "metric", "gap9.reliability", "did you mean"),
    ("actions", 2, "metric", "gap5.reliabilty", "did you mean 'reliability'"),
    ("actions", 2, "metric", "construct.employees.comitment-seen", "commitment-seen"),
    ("actions", 2, "metric", "kept.slow", "promise"),
    ("actions", 2, "metric", "", "empty"),
    ("actions", 2, "target", "better", "a target is a number"),
    ("actions", 2, "margin", -0.1, "below 0"),
    ("actions", 2, "units", "riga;oslo", "'oslo'"),
    ("actions", 2, "comparison_units", "riga", "treated too"),
    ("actions", 2, "wave_after", "2024", "after wave_before"),
    ("actions", 2, "due", "2024-06-01", "before started"),
    ("actions", 3, "better", "", "higher or lower"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("place", "says"), [(place, says) for *place, says in CELLS], ids=lambda value: str(value)[:40]
)
def test_a_bad_cell_is_named(place, says, tmp_path):
    file, row, column, value = place
    files = {name: rows for name, rows in whole().items() if name in {*NEEDED, file}}
    cell(file, row, column, value)(files)

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert {fault[0] for fault in faults} == {f"{file}.csv"}
    assert any(says in sentence for *_, sentence in faults)
    assert all(fault[1] in {2, 3, 4} for fault in faults)


@pytest.mark.parametrize("kind", ["parquet", "xlsx"])
@pytest.mark.parametrize(
    "place",
    [("customers", 4, "p_rel3", 8), ("observations", 3, "met", 11), ("units", 3, "parent", "x")],
)
def test_every_format_is_held_to_the_same_rules(kind, place, tmp_path):
    file, row, column, value = place
    files = whole()
    cell(file, row, column, value)(files)

    faults = faults_of(write_folder(tmp_path / "bank", files, kind=kind))

    assert [fault[2] for fault in faults] == [column]
    assert faults[0][1] == (row if kind == "xlsx" else row - 1)


def test_all_faults_of_all_files_are_named_at_once(tmp_path):
    files = whole()
    bad = [
        ("customers", 2, "p_rel1", 8), ("customers", 3, "unit", "oslo"),
        ("observations", 3, "met", 20), ("promises", 2, "items", ""),
        ("actions", 2, "target", "soon"), ("standards", 2, "target", "soon"),
    ]  # fmt: skip
    for file, row, column, value in bad:
        cell(file, row, column, value)(files)

    faults = faults_of(write_folder(tmp_path / "bank", files))

    named = {(file.removesuffix(".csv"), row, column) for file, row, column, *_ in faults}
    assert named == {(file, row, column) for file, row, column, _ in bad}


def test_the_message_groups_faults_by_file(tmp_path):
    files = whole()
    cell("customers", 3, "unit", "oslo")(files)
    cell("facts", 2, "value", "many")(files)

    with pytest.raises(CompanyRefused, match=r"2 faults\n  customers.csv\n.*\n  facts.csv"):
        read_company(write_folder(tmp_path / "bank", files))


def test_one_fault_in_many_rows_is_told_once(tmp_path):
    files = whole()
    for row in files["customers"]:
        row["unit"] = "oslo"

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert len(faults) == 1
    assert faults[0][1] == 2
    assert "Also in rows 3, 4, 5, 6, 7 and 5 more." in faults[0][4]


@pytest.mark.parametrize(
    ("file", "column", "says"),
    [
        ("customers", "p_tan9", "no item of rater-22"),
        ("customers", "a_tan1", "two instruments"),
        ("customers", "o_happiness", "no outcome"),
        ("customers", "w_speed", "no dimension"),
        ("customers", "channell", "did you mean 'channel'"),
        ("managers", "e_kiosk1", "one instrument"),
        ("managers", "a_teamwork_1", "asks managers"),
        ("managers", "a_commitment_5", "has 4"),
        ("managers", "a_commitment", "a_<construct>_<number>"),
        ("managers", "x_s0-28", "self-audit"),
        ("employees", "m_tan7", "no item"),
        ("employees", "d_speed", "no dimension"),
        ("employees", "a_role-conflict_2r", "twice"),
        ("standards", "tuchpoint", "did you mean 'touchpoint'"),
    ],
)
def test_a_column_that_cannot_be_meant_is_named(file, column, says, tmp_path):
    files = whole()
    for row in files[file]:
        row[column] = 4
        row.pop("channel", None)

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert [(fault[0], fault[2]) for fault in faults] == [(f"{file}.csv", column)]
    assert says in faults[0][4]


@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("customers", "respondent"),
        ("customers", "wave"),
        ("units", "unit"),
        ("observations", "standard"),
        ("promise_outcomes", "kept"),
        ("promises", "items"),
        ("actions", "metric"),
        ("facts", "value"),
    ],
)
def test_a_column_that_is_needed_is_missed(file, column, tmp_path):
    files = whole()
    for row in files[file]:
        del row[column]

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert (f"{file}.csv", None, column) in [fault[:3] for fault in faults]


def test_a_respondent_may_answer_in_two_waves(tmp_path):
    files = {"customers": [customer(1), customer(1, "2024")]}

    company = read_company(write_folder(tmp_path / "bank", files))

    assert company.everybody.n == 2


def test_a_further_row_with_an_answer_is_the_respondent_twice(tmp_path):
    files = whole()
    files["employees"].append(
        {"respondent": "s1", "wave": "2025", "support_unit": "hr", "d_empathy": 3, "i_empathy": 3}
    )

    assert "twice in wave 2025" in faults_of(write_folder(tmp_path / "bank", files))[0][4]


def test_a_support_unit_is_rated_once(tmp_path):
    files = whole()
    files["employees"].append(
        {"respondent": "s1", "wave": "2025", "support_unit": "it", "i_empathy": 3}
    )

    assert "rated twice" in faults_of(write_folder(tmp_path / "bank", files))[0][4]


def test_a_fact_stands_once(tmp_path):
    files = whole()
    files["facts"].append(dict(files["facts"][0]))

    assert "twice for this unit and wave" in faults_of(write_folder(tmp_path / "b", files))[0][4]


def test_a_long_circle_of_units_is_told_once(tmp_path):
    files = whole()
    files["units"] += [
        {"unit": "a", "parent": "c"}, {"unit": "b", "parent": "a"}, {"unit": "c", "parent": "b"},
        {"unit": "d", "parent": "c"},
    ]  # fmt: skip

    faults = faults_of(write_folder(tmp_path / "bank", files))

    assert len(faults) == 1
    assert "a is under c is under b is under a" in faults[0][4]


def test_nothing_is_written_beside_a_refused_folder(tmp_path):
    files = whole()
    files["employees"].append(employee(1))
    folder = write_folder(tmp_path / "bank", files)
    before = sorted(path.name for path in tmp_path.rglob("*"))

    faults_of(folder)

    assert sorted(path.name for path in tmp_path.rglob("*")) == before

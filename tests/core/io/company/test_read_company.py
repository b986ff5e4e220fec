"""A company folder without a fault is read whole, in every format."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from company_folders import DIMENSIONS, ITEMS, customer, employee, manager, whole, write_folder

from fivegaps.io.company.read import read_company


def codes(company, wave, battery="perception", item="tan1"):
    """Return the codes of one item in one wave."""
    answers = company.customers(wave)
    key = f"{battery}.{item}"
    place = [column.key for column in answers.item_columns].index(key)
    return [int(code) for part in answers.parts() for code in answers.read(part).codes[place]]


@pytest.mark.parametrize("kind", ["csv", "parquet", "xlsx"])
def test_every_format_gives_the_same_company(kind, tmp_path):
    company = read_company(write_folder(tmp_path / "bank", whole(), kind=kind))

    assert company.notices == ()
    assert company.item_ids == ITEMS
    assert company.dimension_ids == DIMENSIONS
    assert codes(company, "2025") == [3, 4, 5, 6, 3, 4]
    assert codes(company, "2024", "expectation") == [6, 7, 6, 7, 6]
    assert company.managers.n == 2
    assert company.standards[0].target == 20
    assert company.observations.met.tolist()[1] == 8
    assert company.actions[0].wave_after == "2025"


def test_semicolons_divide_columns_too(tmp_path):
    folder = write_folder(tmp_path / "bank", whole(), delimiter=";")

    company = read_company(folder)

    assert company.standards[0].items == ("res1", "res2")


def test_company_toml_and_customers_are_enough(tmp_path):
    folder = write_folder(tmp_path / "bank", {"customers": whole()["customers"]})

    company = read_company(folder)

    assert [unit.id for unit in company.units] == ["riga"]
    assert company.has("customers")
    assert not company.has("observations")
    assert (company.employees.n, company.observations.n, company.cases.n) == (0, 0, 0)
    assert company.managers.standards.shape == (0, 5)


def test_each_optional_file_may_be_missing(tmp_path):
    for missing in whole():
        if missing == "customers":
            continue
        files = {file: rows for file, rows in whole().items() if file != missing}

        company = read_company(write_folder(tmp_path / missing, files))

        assert not company.has(missing)


def test_a_file_with_a_header_alone_is_one_that_nobody_filled_in(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())
    (folder / "ideas.csv").write_text("idea,unit,from,submitted,answered\n", encoding="utf-8")

    company = read_company(folder)

    assert company.ideas == ()
    assert company.has("ideas")


def test_settings_are_read(tmp_path):
    settings = read_company(write_folder(tmp_path / "bank", whole())).settings

    assert settings.wave_ids == ("2024", "2025")
    assert settings.minimum_cell == {"customers": 5, "employees": 5, "managers": 3}
    assert settings.managers_census
    assert settings.targets == {"reliability": -0.5}


def test_customers_keep_every_other_column(tmp_path):
    files = whole()
    for row in files["customers"]:
        row["age"] = "30-39"

    company = read_company(write_folder(tmp_path / "bank", files))

    answers = company.customers("2025")
    block = answers.read(
        answers.parts()[0],
        {
            "age": "categories",
            "unit": "categories",
            "had_problem": "numbers",
            "w_empathy": "numbers",
        },
    )
    assert block.columns["age"].values == ("30-39",)
    assert block.columns["unit"].values == ("bank", "riga")
    assert block.columns["had_problem"].values.tolist() == [0, 1, 0, 1, 0, 1]
    assert set(block.columns["w_empathy"].values) == {15}


def test_reversed_statements_are_recoded(tmp_path):
    files = whole()
    row = files["employees"][0]
    row["a_role-conflict_2r"] = 1
    del row["a_role-conflict_2"], files["employees"][1]["a_role-conflict_2"]

    employees = read_company(write_folder(tmp_path / "bank", files)).employees

    assert employees.statements["role-conflict"][0].tolist() == [5, 7, 5, 5]
    assert np.isnan(employees.statements["role-conflict"][1, 1])
    assert employees.scores["role-conflict"].tolist() == [5.5, 5.0]


def test_a_score_needs_half_of_the_statements(tmp_path):
    files = whole()
    for number in (1, 2, 3):
        files["employees"][0][f"a_teamwork_{number}"] = ""

    employees = read_company(write_folder(tmp_path / "bank", files)).employees

    assert np.isnan(employees.scores["teamwork"]).tolist() == [True, False]


def test_no_standard_is_a_mark_and_not_a_rating(tmp_path):
    files = whole()
    files["managers"][0]["s_empathy"] = "none"

    managers = read_company(write_folder(tmp_path / "bank", files)).managers

    assert np.isnan(managers.standards[0, 4])
    assert managers.no_standard.sum() == 1
    assert managers.no_standard[0, 4]


def test_self_audit_is_read_by_question_and_channel(tmp_path):
    managers = read_company(write_folder(tmp_path / "bank", whole())).managers

    assert managers.audit["s0-12"].tolist() == [5, 5]
    assert managers.audit_by_channel["s0-07", "phone"].tolist() == [3, 3]
    assert managers.audit_text == ("More time", "More time")
    assert "s0-10" not in managers.audit


def test_further_rows_of_an_employee_rate_further_support_units(tmp_path):
    files = whole()
    further = {"respondent": "s1", "wave": "2025", "support_unit": "hr"}
    files["employees"].append(further | {f"i_{name}": 2 for name in DIMENSIONS})

    company = read_company(write_folder(tmp_path / "bank", files))

    internal = company.internal_service
    assert company.employees.n == 2
    assert [internal.support_unit.values[code] for code in internal.support_unit.codes] == [
        "it", "it", "hr",
    ]  # fmt: skip
    assert internal.unit.tolist() == [1, 1, 1]
    assert internal.ratings[2].tolist() == [2, 2, 2, 2, 2]


def test_units_below_a_unit_are_found(tmp_path):
    company = read_company(write_folder(tmp_path / "bank", whole()))

    assert company.below("bank") == ("bank", "riga")
    assert company.below("riga") == ("riga",)


def test_with_one_wave_the_wave_column_may_be_left_out(tmp_path):
    settings = 'name = "One"\ninstrument = "rater-22"\n[[wave]]\nid = "w"\ndate = 2025-01-01\n'
    rows = [{key: value for key, value in customer(1).items() if key != "wave"}]

    company = read_company(write_folder(tmp_path / "one", {"customers": rows}, settings=settings))

    assert company.customers("w").rows == 1


def test_a_wave_nobody_answered_has_no_rows(tmp_path):
    files = {"customers": [customer(1)]}

    company = read_company(write_folder(tmp_path / "bank", files))

    assert company.customers("2024").rows == 0
    with pytest.raises(KeyError):
        company.customers("1999")


def test_items_that_the_trade_drops_count_where_they_are_asked(tmp_path):
    settings = (
        'name = "Shop"\nprofile = "e-commerce"\ninstrument = "rater-22"\n'
        '[[wave]]\nid = "2025"\ndate = 2025-01-01\n'
    )

    company = read_company(
        write_folder(tmp_path / "shop", {"customers": [customer(1)]}, settings=settings)
    )

    assert sorted(company.item_ids) == sorted(ITEMS)


def test_an_own_instrument_is_found_beside_company_toml(tmp_path):
    settings = 'name = "Own"\ninstrument = "own.toml"\n[[wave]]\nid = "w"\ndate = 2025-01-01\n'
    rows = [{"respondent": "a", "p_care": 2, "e_care": 5}, {"respondent": "b", "p_care": 1}]
    folder = write_folder(tmp_path / "own", {"customers": rows}, settings=settings)
    (folder / "own.toml").write_text(
        'id = "own"\nversion = "1"\nlang = ["en"]\ntitle = { en = "Own" }\n'
        '[[battery]]\nid = "expectation"\nminimum = 1\nmaximum = 5\n'
        '[[battery]]\nid = "perception"\nminimum = 1\nmaximum = 5\n'
        '[[dimension]]\nid = "care"\ntitle = { en = "Care" }\n'
        '[[item]]\nid = "care"\ndimension = "care"\nreversed = true\n'
        'columns = { expectation = "E1", perception = "P1" }\n',
        encoding="utf-8",
    )

    company = read_company(folder)

    assert codes(company, "w", item="care") == [4, 5]


def test_columns_that_mean_nothing_are_told(tmp_path):
    files = whole()
    files["cases"][0]["weather"] = "rain"

    company = read_company(write_folder(tmp_path / "bank", files))

    assert [notice.about for notice in company.notices] == [("cases.csv", "weather")]


def test_managers_and_employees_of_two_waves_are_kept_apart(tmp_path):
    files = whole()
    files["managers"].append(manager(1, "2024"))
    files["employees"].append(employee(1, "2024"))

    company = read_company(write_folder(tmp_path / "bank", files))

    assert company.managers.wave.tolist() == [1, 1, 0]
    assert company.employees.chosen(company.employees.wave == 0).n == 1


def test_paths_may_be_texts(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())

    assert read_company(str(folder)).settings.name == read_company(Path(folder)).settings.name


def test_cells_of_fewer_people_than_are_ever_shown_are_told(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())
    settings = (folder / "company.toml").read_text(encoding="utf-8")
    lower = settings.replace("employees = 5, managers = 3", "employees = 2, managers = 3")
    (folder / "company.toml").write_text(lower, encoding="utf-8")

    (notice,) = read_company(folder).notices

    assert (notice.code, notice.about) == ("minimum_cell_raised", ("employees",))
    assert "is 2" in notice.text

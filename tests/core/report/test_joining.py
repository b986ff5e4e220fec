"""Filled sheets of several forms become one file of a company folder."""

from __future__ import annotations

import csv
from pathlib import Path

import openpyxl
import pytest

from fivegaps.errors import FileRefused, OptionRefused
from fivegaps.knowledge.voices import questionnaire
from fivegaps.report.forms.export import export
from fivegaps.report.forms.joining import column_of, join_sheets

Row = dict[str, object]


def sheet(folder: Path, name: str, *rows: Row) -> Path:
    """Key rows into a form's workbook and return its path."""
    file = export(questionnaire(name), "xlsx", out=folder / f"{name}.xlsx")
    book = openpyxl.load_workbook(file)
    first = book.worksheets[0]
    columns = [cell.value for cell in first[1]]
    for row in rows:
        assert set(row) <= set(columns)
        first.append([row.get(column) for column in columns])
    book.save(file)
    return file


def text_file(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def who(respondent: str, **answers: object) -> Row:
    return {"respondent": respondent, "wave": "2025", "unit": "riga", **answers}


def test_what_one_respondent_answered_on_two_forms_is_one_row(tmp_path):
    customers = sheet(tmp_path, "managers-on-customers", who("m1", e_tan1=6), who("m2", e_tan1=7))
    standards = sheet(tmp_path, "managers-on-standards", who("m1", s_empathy="none", level=2))

    joined = join_sheets([customers, standards], tmp_path / "managers.csv")

    first, second = read(tmp_path / "managers.csv")
    assert (joined.people, joined.rows) == (2, 2)
    assert (first["e_tan1"], first["s_empathy"], first["level"]) == ("6", "none", "2")
    assert (second["e_tan1"], second["s_empathy"]) == ("7", "")


def test_waves_stay_apart(tmp_path):
    rows = [{**who("m1", e_tan1=6), "wave": wave} for wave in ("2024", "2025")]

    joined = join_sheets([sheet(tmp_path, "managers", *rows)], tmp_path / "managers.csv")

    assert joined.people == 2


def test_a_further_support_unit_is_a_further_row_with_nothing_else(tmp_path):
    work = sheet(tmp_path, "contact-employees", who("s1", d_empathy=5))
    served = sheet(
        tmp_path,
        "internal-service",
        who("s1", support_unit="it", i_empathy=3),
        who("s1", support_unit="hr", i_empathy=6),
    )

    join_sheets([work, served], tmp_path / "employees.csv")

    rows = read(tmp_path / "employees.csv")
    assert [(row["d_empathy"], row["support_unit"], row["i_empathy"]) for row in rows] == [
        ("5", "it", "3"),
        ("", "hr", "6"),
    ]
    assert rows[1]["unit"] == ""


def test_an_export_of_an_xlsform_is_understood(tmp_path):
    file = text_file(
        tmp_path,
        "kobo.csv",
        "start,respondent,wave,unit,block_audit-reliability/x_s0-09,"
        "block_audit-reliability/x_s0-09_phone,remark\n"
        "2025-05-01,m1,2025,riga,5,3,thanks\n",
    )

    joined = join_sheets([file], tmp_path / "managers.csv")

    assert joined.left_out == ("start", "remark")
    assert read(tmp_path / "managers.csv") == [
        {"respondent": "m1", "wave": "2025", "unit": "riga", "x_s0-09": "5", "x_s0-09@phone": "3"}
    ]


@pytest.mark.parametrize(
    ("name", "column"),
    [
        ("x_s0-27_web", "x_s0-27@web"), ("x_s0-27", "x_s0-27"), ("a_job_1r", "a_job_1r"),
        ("block_standards/s_empathy", "s_empathy"), ("x_s0-09@phone", "x_s0-09@phone"),
    ],
)  # fmt: skip
def test_a_name_of_an_export_is_a_column(name, column):
    assert column_of(name) == column


def test_rows_without_respondent_stay_apart_and_empty_ones_are_left(tmp_path):
    rows = [{"wave": "2025", "unit": "riga", "d_empathy": 4} for _ in range(2)]
    empty = {"respondent": "s9", "wave": "2025", "unit": "riga"}

    joined = join_sheets(
        [sheet(tmp_path, "contact-employees", *rows, empty)], tmp_path / "employees.csv"
    )

    assert joined.people == 2


def test_two_answers_to_one_question_are_refused(tmp_path):
    first = sheet(tmp_path, "managers-on-customers", who("m1", e_tan1=6))
    second = sheet(tmp_path, "managers", who("m1", e_tan1=2))

    with pytest.raises(FileRefused, match=r"row 2, column 'e_tan1', value '2'.*said '6'"):
        join_sheets([first, second], tmp_path / "managers.csv")

    assert not (tmp_path / "managers.csv").exists()


def test_a_support_unit_that_is_rated_twice_is_refused(tmp_path):
    file = sheet(
        tmp_path,
        "internal-service",
        who("s1", support_unit="it", i_empathy=3),
        who("s1", support_unit="it", i_empathy=4),
    )

    with pytest.raises(FileRefused, match="rated this support unit twice"):
        join_sheets([file], tmp_path / "employees.csv")


def test_sheets_of_another_voice_are_refused(tmp_path):
    file = text_file(tmp_path, "pulse.csv", "respondent,wave,d_empathy\ns1,2025,5\n")

    with pytest.raises(FileRefused, match="asks managers nothing"):
        join_sheets([file], tmp_path / "managers.csv")


@pytest.mark.parametrize("name", ["people.csv", "managers.xlsx"])
def test_the_name_of_the_file_tells_the_voice(name, tmp_path):
    with pytest.raises(OptionRefused, match=r"managers\.csv or employees\.csv"):
        join_sheets([], tmp_path / name)


def test_a_file_that_is_there_is_kept(tmp_path):
    target = text_file(tmp_path, "managers.csv", "kept")

    with pytest.raises(OptionRefused, match="--overwrite"):
        join_sheets([], target)

    assert target.read_text() == "kept"

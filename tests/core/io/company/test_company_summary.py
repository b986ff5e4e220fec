"""What a folder lacks is told with what that costs."""

from __future__ import annotations

from company_folders import customer, whole, write_folder

from fivegaps.io.company.read import read_company
from fivegaps.io.company.starting import start_company
from fivegaps.io.company.summary import summary


def told(folder, lang="en"):
    """Return the summary of a folder."""
    return summary(read_company(folder), lang)


def test_a_whole_folder_lacks_nothing(tmp_path):
    found = told(write_folder(tmp_path / "bank", whole()))

    assert found.cannot_tell == ()
    assert found.examples == ()
    assert next(one for one in found.files if one.file == "customers").by_wave == (
        ("2024", 5), ("2025", 6),
    )  # fmt: skip


def test_a_missing_file_is_told_with_what_it_costs(tmp_path):
    files = whole()
    del files["observations"]

    (only,) = told(write_folder(tmp_path / "bank", files)).cannot_tell

    assert str(only).startswith(
        "cannot tell gap 3 as measured, because observations is missing; to know it, collect"
    )


def test_an_empty_file_is_told_too(tmp_path):
    folder = write_folder(tmp_path / "bank", whole())
    (folder / "facts.csv").write_text("unit,wave,fact,value\n", encoding="utf-8")

    (only,) = told(folder).cannot_tell

    assert only.missing == "facts holds no rows"


def test_questions_that_a_form_left_out_are_told(tmp_path):
    files = whole()
    for row in files["employees"]:
        for name in [name for name in row if name.startswith("d_")]:
            del row[name]

    (only,) = told(write_folder(tmp_path / "bank", files)).cannot_tell

    assert only.missing == "employees has no column d_…"
    assert only.what == "gap 3 as staff rate it"


def test_customers_alone_leave_fourteen_files_to_collect(tmp_path):
    found = told(write_folder(tmp_path / "bank", {"customers": [customer(1)]}))

    assert sum("is missing" in one.missing for one in found.cannot_tell) == 14


def test_costs_are_told_in_vietnamese(tmp_path):
    files = whole()
    del files["observations"]

    (only,) = told(write_folder(tmp_path / "bank", files), "vi").cannot_tell

    assert only.what == "khoảng cách 3 đo được"


def test_worked_rows_that_were_left_are_told(tmp_path):
    start_company(tmp_path / "bank")

    assert "customers" in told(tmp_path / "bank").examples

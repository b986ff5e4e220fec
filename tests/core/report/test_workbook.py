"""The workbook: a sheet a table, typed cells, nothing that computes."""

import io

import openpyxl
import pytest
from made_results import results
from reported_answers import kiosk, made

from fivegaps.report.compose import compose
from fivegaps.report.workbook import sheet_name, workbook


@pytest.fixture(scope="module")
def book():
    asked = kiosk(units=4)
    document = compose(results(asked), asked.instrument)
    return openpyxl.load_workbook(io.BytesIO(workbook(document)))


def headings(sheet):
    return [cell.value for cell in sheet[1]]


def test_the_first_sheet_explains_and_the_last_is_the_dictionary(book):
    assert (book.sheetnames[0], book.sheetnames[-1]) == ("Read me", "Dictionary")


def test_an_estimate_has_value_interval_n_and_method(book):
    assert headings(book["dimensions"])[-6:-1] == [
        "Gap",
        "Gap: low",
        "Gap: high",
        "Gap: n",
        "Gap: method",
    ]


def test_figures_are_numbers_and_not_rounded(book):
    sheet = book["dimensions"]
    column = headings(sheet).index("Gap") + 1

    value = sheet.cell(row=3, column=column).value

    assert value == pytest.approx(-1.80928, abs=5e-6)


def test_the_header_stays_when_scrolling(book):
    assert all(book[name].freeze_panes for name in book.sheetnames[1:])


def test_every_column_is_in_the_dictionary(book):
    listed = {(row[0], row[1]) for row in book["Dictionary"].iter_rows(min_row=2, values_only=True)}

    missing = [
        (name, title)
        for name in book.sheetnames[1:-1]
        for title in headings(book[name])
        if (name, title) not in listed
    ]
    assert missing == []


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_text_from_people_never_becomes_a_formula(start):
    asked = made(label=f"{start}cmd|' /C calc'!A0")
    document = compose(results(asked), asked.instrument)

    sheet = openpyxl.load_workbook(io.BytesIO(workbook(document)))["items"]

    cell = sheet.cell(row=2, column=2)
    assert (cell.data_type, cell.value[0]) == ("s", start)


def test_a_missing_figure_stays_empty_with_its_reason(book):
    sheet = book["overall"]
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] == "weighted")

    assert (row[2], row[6]) == (None, "not asked")


def test_the_same_figures_give_the_same_bytes():
    asked = made()
    document = compose(results(asked), asked.instrument)

    assert workbook(document) == workbook(document)


def test_long_sheet_names_are_cut_and_kept_apart():
    taken = set()

    names = [sheet_name("a" * 40, taken), sheet_name("a" * 40, taken)]

    assert (len(names[0]), len(names[1]), names[0] != names[1]) == (31, 31, True)

import datetime as dt
import zipfile

import pytest
import xlsxwriter
from iofiles import CODES, HEADER, ROWS, codes_of

from fivegaps.errors import FileRefused, OptionRefused
from fivegaps.io.read import read


def xlsx(path, sheets, *, above=0):
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(place + above, column, cell, day)
                elif cell is not None:
                    sheet.write(place + above, column, cell)
    book.close()
    return path


def ods(path, rows):
    def cell(value):
        if value is None:
            return "<table:table-cell/>"
        if isinstance(value, str):
            text = f"<text:p>{value}</text:p>"
            return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'

    names = "urn:oasis:names:tc:opendocument:xmlns"
    body = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
    content = (
        f'<office:document-content xmlns:office="{names}:office:1.0"'
        f' xmlns:table="{names}:table:1.0" xmlns:text="{names}:text:1.0"><office:body>'
        f'<office:spreadsheet><table:table table:name="Answers">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{names}:manifest:1.0"><manifest:file-entry'
            f' manifest:full-path="/" manifest:media-type="{kind}"/></manifest:manifest>',
        )
    return path


def test_an_excel_workbook_is_read(small, tmp_path):
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": [HEADER, *ROWS]})

    assert codes_of(read(path, small)) == CODES


def test_a_spreadsheet_of_open_document_is_read(small, tmp_path):
    path = ods(tmp_path / "answers.ods", [HEADER, *ROWS])

    assert codes_of(read(path, small)) == CODES


def test_content_decides_not_the_name(small, tmp_path):
    path = xlsx(tmp_path / "answers.csv", {"Answers": [HEADER, *ROWS]})

    assert codes_of(read(path, small)) == CODES


def test_texts_numbers_and_words_for_nothing_share_a_column(small, tmp_path):
    rows = [HEADER, ("a", "1", 2.0, "n/a", "4 - neither"), ("b", 5, "6", 7, None)]
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": rows})

    assert codes_of(read(path, small)) == [[1, 5], [2, 6], [0, 7], [4, 0]]


def test_a_fault_is_named_by_the_sheets_row(small, tmp_path):
    rows = [HEADER, *ROWS, ("c", 1, 8, 3, 4)]
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": rows}, above=3)

    with pytest.raises(FileRefused) as refused:
        read(path, small)

    (fault,) = refused.value.faults
    assert (fault.row, fault.column, fault.value) == (7, "E2", "8")


def test_the_first_filled_sheet_is_read_and_told(small, tmp_path):
    sheets = {"Cover": [["Survey 2025"]], "Answers": [HEADER, *ROWS], "Codes": [["a"], ["b"]]}
    path = xlsx(tmp_path / "answers.xlsx", sheets)

    answers = read(path, small)

    assert codes_of(answers) == CODES
    assert [(notice.code, notice.about) for notice in answers.notices] == [
        ("assumed_sheet", ("Answers",))
    ]


@pytest.mark.parametrize("sheet", ["Answers", "2"])
def test_a_sheet_can_be_named_or_numbered(small, tmp_path, sheet):
    path = xlsx(tmp_path / "a.xlsx", {"Old": [HEADER, ROWS[0]], "Answers": [HEADER, *ROWS]})

    assert codes_of(read(path, small, sheet=sheet)) == CODES


def test_a_sheet_that_is_not_there_is_refused_with_close_names(small, tmp_path):
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": [HEADER, *ROWS]})

    with pytest.raises(OptionRefused, match="did you mean 'Answers'"):
        read(path, small, sheet="answer")


def test_a_value_beside_the_named_columns_is_refused(small, tmp_path):
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": [HEADER, (*ROWS[0], "stray")]})

    with pytest.raises(FileRefused, match="6th column, which has no name"):
        read(path, small)


def test_an_empty_sheet_is_refused(small, tmp_path):
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": []})

    with pytest.raises(FileRefused, match="sheet 'Answers' is empty"):
        read(path, small)


def test_dates_and_whole_numbers_become_categories_as_people_write_them(small, tmp_path):
    rows = [
        (*HEADER, "day", "shop"),
        (*ROWS[0], dt.date(2025, 5, 31), 12),
        (*ROWS[1], dt.date(2025, 6, 1), 7),
    ]
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": rows})

    answers = read(path, small, where="day >= 2025-06-01")

    block = answers.read(answers.parts()[0], {"day": "categories", "shop": "categories"})
    assert block.columns["day"].values == ("2025-06-01",)
    assert block.columns["shop"].values == ("7",)


def test_a_date_in_an_item_is_text(small, tmp_path):
    rows = [HEADER, ("a", dt.date(2025, 5, 7), 2, 3, 4)]
    path = xlsx(tmp_path / "answers.xlsx", {"Answers": rows})

    with pytest.raises(FileRefused) as refused:
        read(path, small)

    assert refused.value.faults[0].value == "2025-05-07"

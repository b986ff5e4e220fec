"""What is refused, and that the message names row, column, value and what to do."""

import os
import stat
import zipfile

import numpy as np
import pytest

from fivegaps.errors import FileRefused, InstrumentRefused, OptionRefused
from fivegaps.io.read import read
from fivegaps.io.table import Table
from fivegaps.io.write_sav import write_sav
from fivegaps.model.instrument import Battery, Instrument, Item

HEADER = "id,E1,E2,P1,P2\n"


def refusal(path, instrument, **options):
    with pytest.raises(FileRefused) as refused:
        read(path, instrument, **options)
    return refused.value


@pytest.mark.parametrize("content", ["", "\n\n  \n", "\ufeff"])
def test_an_empty_file(small, save, content):
    assert "is empty" in str(refusal(save(content), small))


def test_a_header_without_answers(small, save):
    assert "a header and no answers" in str(refusal(save(HEADER), small))


@pytest.mark.parametrize("content", ["a,1,2,3,4\nb,5,6,7,1\n", "5,1,2,3,4\n6,5,6,7,1\n"])
def test_answers_without_a_header(small, save, content):
    (fault,) = refusal(save(content), small).faults

    assert fault.row == 1
    assert "no header" in fault.what


def test_ragged_rows_are_named_as_a_spreadsheet_counts_them(small, save):
    path = save(f"{HEADER}a,1,2,3,4\n\nb,5,6,7\nc,1,2,3,4,5\n")

    faults = refusal(path, small).faults

    assert [(fault.row, fault.value) for fault in faults] == [(4, "b,5,6,7"), (5, "c,1,2,3,4,5")]
    assert "4 cells where the header has 5" in faults[0].what


def test_many_ragged_rows_are_capped_with_a_total(small, save):
    path = save(HEADER + "a,1,2,3,4\n" + "a,1\n" * 500)

    faults = refusal(path, small).faults

    assert len(faults) == 21
    assert "480 more rows" in faults[-1].what


@pytest.mark.parametrize(
    "rows",
    [
        'a,1,2,3,4\n"b,5,6,7,1\nc,1,2,3,4\n',
        'a,1,2,3,4\nb,5,6,7,"1\n',
        'a,1,2,3,4\n"b,5,6,7,1\nc,1,2,3,4\n"d,1,2,3,4\n',
    ],
)
def test_a_quote_that_is_not_closed(small, save, rows):
    fault = refusal(save(HEADER + rows), small).faults[-1]

    assert fault.row == 3
    assert "not closed" in fault.what


def test_a_quote_that_is_not_closed_in_the_header(small, save):
    fault = refusal(save('id,"E1,E2,P1,P2\na,1,2,3,4\n'), small).faults[-1]

    assert "not closed" in fault.what


def test_values_off_the_scale_come_with_a_table_for_each_column(small, save):
    path = save(f"{HEADER}a,1,2,3,4\nb,8,6,9,99\n\nc,8,0,3,4\nd,99,2,3,-99\n")

    faults = {fault.column: fault for fault in refusal(path, small).faults}

    assert set(faults) == {"E1", "E2", "P2"}
    assert (faults["E1"].row, faults["E1"].value) == (3, "8")
    assert "off the scale 1 to 7" in faults["E1"].what
    assert "8 (2 times), 99 (once)" in faults["E1"].what
    assert "missing = [8, 99] under battery 'expectation'" in faults["E1"].advice
    assert faults["E2"].row == 5


def test_text_and_fractions_in_an_item(small, save):
    path = save(f"{HEADER}a,1,2,3,4\nb,good,6,5.5,2025-05-07\n")

    faults = refusal(path, small).faults

    assert [(fault.row, fault.column, fault.value) for fault in faults] == [
        (3, "E1", "good"),
        (3, "P1", "5.5"),
        (3, "P2", "2025-05-07"),
    ]
    assert "is text" in faults[0].what
    assert "no whole number" in faults[1].what


@pytest.mark.parametrize(
    "cell", ["5 stars but 3 rooms", "3-4", "5/7", "1,234", "１", "inf", "1e99", "TRUE", "5abc"]
)
def test_what_is_nearly_a_number_is_not_guessed(small, save, cell):
    path = save(f'{HEADER}a,"{cell}",2,3,4\n')

    assert refusal(path, small).faults[0].column == "E1"


def test_two_remarks_after_one_number_are_text_not_labels(small, save):
    path = save(f"{HEADER}a,5 - agree,2,3,4\nb,5 - he was late,2,3,4\n")

    (fault,) = refusal(path, small).faults

    assert fault.value == "5 - he was late"


def test_faults_of_many_columns_are_capped_with_a_total(save):
    items = tuple(Item(f"i{n}", None, {"perception": f"P{n}"}) for n in range(40))
    wide = Instrument("wide", "1", ("en",), {}, (Battery("perception", 1, 7),), (), items)
    path = save(",".join(f"P{n}" for n in range(40)) + "\n" + ",".join(["8"] * 40) + "\n")

    faults = refusal(path, wide).faults

    assert len(faults) == 26
    assert "15 more" in faults[-1].what


def test_duplicate_columns(small, save):
    (fault,) = refusal(save("id,E1,E1,P1,P2\na,1,2,3,4\n"), small).faults

    assert fault.column == "E1"
    assert "2 times (columns 2, 3)" in fault.what


def test_a_column_that_is_not_there_is_named_with_close_ones(small, save):
    path = save("id,e1,E2,P_1,P2\na,1,2,3,4\n")

    with pytest.raises(InstrumentRefused) as refused:
        read(path, small)

    faults = refused.value.faults
    assert [fault.column for fault in faults] == ["E1", "P1", None]
    assert "did you mean 'e1'?" in faults[0].what
    assert "expectation of item i1" in faults[0].what
    assert "fivegaps inspect" in faults[-1].advice


def test_an_outcome_off_its_scale(with_outcome, save):
    path = save("E1,E2,P1,P2,overall\n1,2,3,4,5\n1,2,3,4,6\n1,2,3,4,good\n")

    faults = refusal(path, with_outcome).faults

    assert [(fault.row, fault.column, fault.value) for fault in faults] == [
        (3, "overall", "6"),
        (4, "overall", "good"),
    ]


def test_nul_bytes_and_binary_junk(small, save):
    null = refusal(save(HEADER.encode() + b"a,1,2,3,4\na,1,\0,3,4\n"), small).faults[0]
    junk = refusal(save(bytes(range(256)) * 50), small)

    assert null.row == 3
    assert "NUL" in null.what
    assert "neither text" in str(junk)


def test_an_encoding_that_was_named_wrongly(small, save):
    path = save(f"{HEADER}a,1,2,3,4\né,1,2,3,4\n", encoding="latin-1")

    (fault,) = refusal(path, small, encoding="utf-8").faults

    assert fault.row == 3
    assert "cannot be read as utf-8" in fault.what
    assert "--encoding" in fault.advice


def test_one_bad_byte_in_much_utf8_is_not_another_encoding(small, save):
    good = HEADER + "Đà Nẵng,1,2,3,4\n" * 51
    path = save(good.encode() + b"caf\xe9,1,2,3,4\n")

    (fault,) = refusal(path, small).faults

    assert fault.row == 53


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"encoding": "klingon"}, "no encoding is called 'klingon'"),
        ({"encoding": "base64"}, "no encoding is called"),
        ({"delimiter": "ab"}, "no single sign"),
        ({"decimal": "x"}, "neither"),
        ({"where": "nobody = 1"}, "no column 'nobody'"),
        ({"where": "id = zzz"}, "no row of the file meets"),
    ],
)
def test_options_that_make_no_sense(small, save, options, message):
    path = save(f"{HEADER}a,1,2,3,4\n")

    with pytest.raises(OptionRefused, match=message):
        read(path, small, **options)


def test_a_named_decimal_sign_is_the_only_one(small, save):
    path = save("id;E1;E2;P1;P2\na;5.0;2;3;4\n")

    (fault,) = refusal(path, small, decimal=",").faults

    assert fault.value == "5.0"


def test_a_folder_a_missing_file_and_a_near_name(small, save, tmp_path):
    save(HEADER)

    assert "is a folder" in str(refusal(tmp_path, small))
    assert "did you mean 'answers.csv'?" in str(refusal(tmp_path / "answer.csv", small))
    assert "no folder" in str(refusal(tmp_path / "nowhere" / "a.csv", small))


def test_a_file_that_may_not_be_read(small, save, monkeypatch):
    path = save(HEADER)
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything: the refusal is played
        opened = type(path).open

        def refuse(self, *arguments, **options):
            if self == path and not stat.S_IMODE(self.stat().st_mode):
                raise PermissionError(13, "Permission denied")
            return opened(self, *arguments, **options)

        monkeypatch.setattr(type(path), "open", refuse)

    assert "may not be read" in str(refusal(path, small))


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv.gz", b"\x1f\x8b" + b"x" * 30, "is compressed"),
        ("a.pdf", b"%PDF-1.7\n", "is a PDF"),
        ("a.xlsx", b"PK\x03\x04" + b"x" * 300, "damaged"),
        ("a.sav", b"\0\1\2\3" * 40, "called .sav and holds something else"),
        ("a.sav", b"$FL2" + b"x" * 300, "cannot be read as .sav"),
        ("a.parquet", b"PAR1" + b"x" * 300, "cannot be read as Parquet"),
        ("a.dta", b"<stata_dta>" + b"x" * 300, "cannot be read as .dta"),
        ("a.xls", b"\xd0\xcf\x11\xe0" + b"x" * 600, "cannot be read as a workbook"),
    ],
)
def test_files_of_another_kind_or_damaged(small, save, name, content, message):
    assert message in str(refusal(save(content, name), small))


def test_an_archive_that_is_no_workbook(small, tmp_path):
    path = tmp_path / "answers.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("answers.csv", HEADER)

    assert "an archive and no workbook" in str(refusal(path, small))


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_zip_bomb_is_not_opened(small, tmp_path, kind):
    path = tmp_path / f"bomb.{kind}"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        if kind == "xlsx":
            archive.writestr("xl/workbook.xml", "<workbook/>")
        else:
            archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", b"0" * (60 << 20))

    message = str(refusal(path, small))

    assert "unpacks from" in message
    assert "CSV or Parquet" in message


def test_an_spss_file_that_unpacks_to_far_more_than_it_is(small, tmp_path, monkeypatch):
    monkeypatch.setattr("fivegaps.io.archives._SMALL", 1 << 20)
    path = tmp_path / "bomb.zsav"
    write_sav(path, Table.of({name: np.ones(70_000) for name in ("E1", "E2", "P1", "P2")}))

    assert "70,000 rows of 4 columns" in str(refusal(path, small))

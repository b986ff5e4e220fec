import pandas as pd
import pyreadstat
import pytest
from iofiles import CODES, HEADER, ROWS, categories_of, codes_of, numbers_of

from fivegaps.errors import FileRefused
from fivegaps.io.open_raw import open_raw
from fivegaps.io.read import read

FRAME = pd.DataFrame([dict(zip(HEADER, row, strict=True)) for row in ROWS])


@pytest.fixture(params=["sav", "zsav", "dta"])
def saved(request, tmp_path):
    """A function that writes a frame in one of the three formats."""

    def to_file(frame, **options):
        path = tmp_path / f"answers.{request.param}"
        if request.param == "dta":
            pyreadstat.write_dta(frame, path, **options)
        else:
            pyreadstat.write_sav(frame, path, compress=request.param == "zsav", **options)
        return path

    return to_file


def test_answers_are_read_from_each_format(small, saved):
    answers = read(saved(FRAME), small)

    assert codes_of(answers) == CODES
    assert answers.column_names == HEADER


def test_labels_of_columns_and_values_are_known(saved):
    labels = {"E1": {1: "disagree", 7: "agree"}}
    path = saved(FRAME, column_labels=["", "First item", "", "", ""], variable_value_labels=labels)

    column = open_raw(path).columns[1]

    assert column.label == "First item"
    assert column.value_labels == {1: "disagree", 7: "agree"}


def test_value_labels_name_the_categories(small, saved):
    frame = FRAME.assign(branch=[1.0, 2.0])
    path = saved(frame, variable_value_labels={"branch": {1: "Riga", 2: "Liepāja"}})

    answers = read(path, small, where="branch = Riga")

    assert categories_of(answers, "branch") == ["Riga"]


def test_a_value_off_the_scale_is_refused(small, saved):
    frame = FRAME.assign(E1=[1.0, 8.0])

    with pytest.raises(FileRefused) as refused:
        read(saved(frame), small)

    (fault,) = refused.value.faults
    assert (fault.row, fault.column, fault.value) == (2, "E1", "8")


def test_more_rows_than_one_chunk_are_read_in_order(small, saved):
    frame = pd.concat([FRAME.drop(columns="id")] * 40_000, ignore_index=True)

    answers = read(saved(frame.assign(number=range(80_000))), small)

    assert numbers_of(answers, "number") == list(range(80_000))


def test_user_missing_values_are_no_answer_and_counted(small, tmp_path):
    frame = FRAME.assign(E1=[1.0, 99.0], E2=[97.0, 6.0], id=["a", "NA"])
    path = tmp_path / "answers.sav"
    missing = {"E1": [99], "E2": [{"lo": 95, "hi": 98}], "id": ["NA"]}
    pyreadstat.write_sav(frame, path, missing_ranges=missing)

    answers = read(path, small)

    assert codes_of(answers)[:2] == [[1, 0], [0, 6]]
    assert "(99 1, 97 1)" in answers.notices[0].text
    assert categories_of(answers, "id") == ["a", None]


def test_user_missing_values_on_the_scale_are_no_answer(small, tmp_path):
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(FRAME, path, missing_ranges={"P1": [7]})

    assert codes_of(read(path, small))[2] == [3, 0]


def test_text_answers_with_labels_are_read(small, tmp_path):
    path = tmp_path / "answers.sav"
    frame = FRAME.assign(E1=["1 - disagree", "5"])
    pyreadstat.write_sav(frame, path)

    assert codes_of(read(path, small))[0] == [1, 5]


def test_a_file_without_rows_is_refused(small, tmp_path):
    path = tmp_path / "answers.sav"
    pyreadstat.write_sav(FRAME.iloc[:0], path)

    with pytest.raises(FileRefused, match="no answers"):
        read(path, small)

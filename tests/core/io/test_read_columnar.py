"""What read() adds to Parquet beside the streaming itself: binding, other columns, conditions."""

import hashlib
import unicodedata
from dataclasses import replace

import numpy as np
import pytest
from iofiles import CODES, codes_of

from fivegaps.errors import FileRefused, InstrumentRefused, OptionRefused
from fivegaps.io.inspect import inspect
from fivegaps.io.read import read
from fivegaps.io.recognise import recognised_answers
from fivegaps.io.table import Table
from fivegaps.io.write_parquet import write_parquet

COLUMNS = {
    "E1": np.array([1, 5], dtype=np.int8),
    "E2": [2, 6],
    "P1": [3.0, 7.0],
    "P2": ["4", None],
    "overall": [5, 1],
    "branch": ["Riga", "Oslo"],
}


@pytest.fixture
def path(tmp_path):
    write_parquet(tmp_path / "answers.parquet", Table.of(COLUMNS))
    return tmp_path / "answers.parquet"


def test_answers_are_those_of_any_other_format(small, path):
    assert codes_of(read(path, small)) == CODES


def test_a_condition_keeps_rows(small, path):
    assert codes_of(read(path, small, where="branch = Oslo")) == [[5], [6], [7], [0]]


def test_a_condition_that_nobody_meets_is_refused(small, path):
    with pytest.raises(OptionRefused, match="no row"):
        read(path, small, where="branch = Rome")


def test_a_column_that_is_not_there_is_named(small, path):
    other = replace(small.items[0], columns={"expectation": "E_1", "perception": "P1"})

    with pytest.raises(InstrumentRefused, match="did you mean 'E1'"):
        read(path, replace(small, items=(other, small.items[1])))


def test_an_outcome_off_its_scale_is_refused_among_the_rows_kept(with_outcome, tmp_path):
    path = tmp_path / "answers.parquet"
    write_parquet(path, Table.of({**COLUMNS, "overall": [5, 6]}))

    kept = read(path, with_outcome, where="branch = Riga")

    assert kept.rows == 1
    with pytest.raises(FileRefused) as refused:
        read(path, with_outcome)
    (fault,) = refused.value.faults
    assert (fault.row, fault.column, fault.value) == (2, "overall", "6")


def test_an_instrument_is_recognised(path):
    answers = recognised_answers(path)

    assert answers.instrument.id == "recognised"
    assert answers.notices[0].code == "assumed_instrument"


def test_names_are_composed_at_the_door(small, tmp_path):
    path = tmp_path / "answers.parquet"
    name = unicodedata.normalize("NFD", "Chi nhánh")
    write_parquet(path, Table.of({**COLUMNS, name: ["Huế", "Đà Lạt"]}))

    assert read(path, small, where="'Chi nhánh' = Huế").rows == 1


def test_inspecting_tells_the_hash(path):
    assert inspect(path).origin.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()

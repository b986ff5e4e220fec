"""A Parquet file as a source: what is refused, recoded, filtered, and asked beside."""

import hashlib
from datetime import date, datetime
from decimal import Decimal
from threading import Barrier, Thread

import numpy as np
import pyarrow as pa
import pytest
from pyarrow import parquet

from fivegaps.errors import FileRefused, InstrumentRefused
from fivegaps.io.answers import Categories, Numbers
from fivegaps.io.buffers import Buffers
from fivegaps.io.parquet import ParquetAnswers, open_parquet
from fivegaps.model.instrument import Battery, Instrument, Item


def instrument(minimum=1, maximum=7, *, missing=(), turned=False):
    return Instrument(
        id="small",
        version="1",
        languages=("en",),
        title={},
        batteries=(
            Battery("expectation", minimum, maximum, missing=missing),
            Battery("importance", minimum, maximum),
        ),
        dimensions=(),
        items=(Item("a", None, {"expectation": "E", "importance": "I"}, reversed=turned),),
    )


@pytest.fixture
def write(tmp_path):
    def to_file(metadata=None, **columns):
        path = tmp_path / "answers.parquet"
        options = {
            name: columns.pop(name)
            for name in ("row_group_size", "write_statistics")
            if name in columns
        }
        table = pa.table({"I": [1] * len(columns["E"])} | columns)
        if metadata:
            table = table.replace_schema_metadata(metadata)
        parquet.write_table(table, path, **options)
        return path

    return to_file


def codes_of(answers, row=0):
    return [int(code) for part in answers.parts() for code in answers.read(part).codes[row]]


@pytest.mark.parametrize("statistics", [True, False])
@pytest.mark.parametrize(
    ("stored", "value", "why"),
    [
        (pa.array([1, None, 8, 8], pa.int8()), "8", "off the scale 1 to 7"),
        (pa.array([1, None, 0, 0], pa.uint8()), "0", "off the scale 1 to 7"),
        (pa.array([1, None, -1, -1], pa.int64()), "-1", "off the scale 1 to 7"),
        (pa.array([1, None, 300, 300], pa.int32()), "300", "off the scale 1 to 7"),
        (pa.array([1, None, 4.5, 4.5]), "4.5", "no whole number"),
        (pa.array(["1", None, "nine", "nine"]), "nine", "is text"),
    ],
)
def test_what_is_no_answer_refuses_the_file(write, statistics, stored, value, why):
    path = write(E=stored, write_statistics=statistics)

    with pytest.raises(FileRefused, match=why) as refused:
        codes_of(open_parquet(path, instrument()))

    (fault,) = refused.value.faults
    assert (fault.column, fault.row, fault.value) == ("E", 3, value)
    assert f"{value} (2 times)" in fault.what


def test_the_footers_statistics_refuse_before_anything_is_counted(write):
    path = write(E=[1, 7, 8])

    with pytest.raises(FileRefused, match="off the scale"):
        open_parquet(path, instrument())


def test_a_fault_in_a_later_row_group_tells_its_row(write):
    path = write(E=[1] * 50 + [9], row_group_size=10, write_statistics=False)

    with pytest.raises(FileRefused) as refused:
        codes_of(open_parquet(path, instrument()))

    assert refused.value.faults[0].row == 51


def test_codes_of_a_zero_coded_file_are_held_against_the_scale(write):
    path = write(E=[0, 7, 8], I=[0, 1, 1], metadata={"fivegaps.codes": "zero"})

    with pytest.raises(FileRefused, match="off the scale 0 to 7"):
        open_parquet(path, instrument())


def test_a_zero_coded_file_must_hold_integers(write):
    path = write(E=["0", "7"], I=[0, 1], metadata={"fivegaps.codes": "zero"})

    with pytest.raises(FileRefused, match="holds string, not answers"):
        open_parquet(path, instrument())


@pytest.mark.parametrize("kind", [pa.int8(), pa.int64(), pa.float64(), pa.string()])
def test_declared_missing_codes_are_no_answer(write, kind):
    path = write(E=pa.array([1, 99, None, 7, 98]).cast(kind))

    found = codes_of(open_parquet(path, instrument(missing=(98, 99))))

    assert found == [1, 0, 0, 7, 0]


def test_a_missing_code_within_the_scale_is_no_answer(write):
    path = write(E=pa.array([0, 1, 2, 0], pa.int8()), I=[1, 1, 1, 1])

    found = codes_of(open_parquet(path, instrument(0, 7, missing=(0,))))

    assert found == [0, 2, 3, 0]


@pytest.mark.parametrize("kind", [pa.int8(), pa.int32(), pa.float32(), pa.string()])
def test_reversed_items_are_recoded_but_their_importance_is_not(write, kind):
    stored = pa.array([1, 3, None, 7]).cast(kind)
    answers = open_parquet(write(E=stored, I=stored), instrument(turned=True))

    assert codes_of(answers, 0) == [7, 5, 0, 1]
    assert codes_of(answers, 1) == [1, 3, 0, 7]


def test_a_reversed_item_of_a_zero_coded_file_is_recoded(write):
    stored = pa.array([0, 1, 7], pa.int8())
    path = write(E=stored, I=stored, metadata={"fivegaps.codes": "zero"})

    assert codes_of(open_parquet(path, instrument(turned=True))) == [0, 7, 1]


@pytest.mark.parametrize("kind", [pa.int8(), pa.int16()])
def test_scales_may_reach_below_zero(write, kind):
    path = write(E=pa.array([-3, 0, 3, None], kind), I=[1, 1, 1, 1])

    assert codes_of(open_parquet(path, instrument(-3, 3))) == [1, 4, 7, 0]


def test_a_scale_of_101_points_is_read(write):
    path = write(E=pa.array([0, 100, None, 50], pa.int8()), I=[1, 1, 1, 1])

    assert codes_of(open_parquet(path, instrument(0, 100))) == [1, 101, 0, 51]


def test_a_column_without_any_answer_is_missing(write):
    path = write(E=pa.nulls(3))

    assert codes_of(open_parquet(path, instrument())) == [0, 0, 0]


class Keep:
    """Keeps the rows of one city."""

    columns = {"city": "categories"}  # noqa: RUF012

    def __call__(self, columns):
        city = columns["city"]
        return city.codes == city.values.index("Hue")


def test_a_filter_keeps_rows_and_their_numbers(write):
    path = write(E=[1, 2, 3, 4], city=["Riga", "Hue", "Riga", "Hue"], age=[20, 30, 40, 50])

    answers = open_parquet(path, instrument(), where=Keep())
    block = answers.read(answers.parts()[0], {"age": "numbers"})

    assert answers.rows == 2
    assert block.rows.tolist() == [1, 3]
    assert block.codes[0].tolist() == [2, 4]
    assert block.columns["age"].values.tolist() == [30.0, 50.0]


def test_other_columns_come_as_categories_and_numbers(write):
    path = write(
        E=[1, 2, 3],
        city=["Riga", None, "Hue"],
        age=pa.array([20, None, 40]),
        paid=pa.array([Decimal("1.50"), None, Decimal("2.25")]),
        day=[date(2026, 1, 2), None, date(2026, 1, 3)],
    )
    answers = open_parquet(path, instrument())

    wanted = {"city": "categories", "age": "categories", "paid": "numbers", "day": "categories"}
    found = answers.read(answers.parts()[0], wanted).columns

    labels = {
        name: [None if code < 0 else column.values[code] for code in column.codes]
        for name, column in found.items()
        if isinstance(column, Categories)
    }
    assert labels["city"] == ["Riga", None, "Hue"]
    assert labels["age"] == ["20", None, "40"]
    assert labels["day"] == ["2026-01-02", None, "2026-01-03"]
    assert isinstance(found["paid"], Numbers)
    assert found["paid"].values.tolist()[::2] == [1.5, 2.25]
    assert np.isnan(found["paid"].values[1])


def test_an_item_can_also_be_asked_for_as_another_column(write):
    answers = open_parquet(write(E=[1, 7, None], I=[1, 1, 1]), instrument(turned=True))

    found = answers.read(answers.parts()[0], {"E": "categories"}).columns["E"]

    assert [found.values[code] for code in found.codes[:2]] == ["1", "7"]


def test_a_column_that_is_not_there_is_refused(write):
    answers = open_parquet(write(E=[1]), instrument())

    with pytest.raises(FileRefused, match=r"'city': is not in answers\.parquet"):
        answers.read(answers.parts()[0], {"city": "categories"})


def test_an_instrument_that_names_an_absent_column_is_refused(tmp_path):
    path = tmp_path / "answers.parquet"
    parquet.write_table(pa.table({"E": [1]}), path)

    with pytest.raises(InstrumentRefused, match=r"'I': is not in answers\.parquet"):
        open_parquet(path, instrument())


def test_columns_of_lists_are_refused(write):
    with pytest.raises(FileRefused, match="not answers"):
        open_parquet(write(E=[[1], [2]]), instrument())


@pytest.mark.parametrize("content", [b"", b"PAR1", b"not a table at all", b"PAR1" + b"x" * 90])
def test_what_is_no_parquet_is_refused(tmp_path, content):
    path = tmp_path / "answers.parquet"
    path.write_bytes(content)

    with pytest.raises(FileRefused, match="cannot be read as Parquet"):
        open_parquet(path, instrument())


def test_a_directory_is_refused(tmp_path):
    with pytest.raises(FileRefused, match="cannot be read as Parquet"):
        open_parquet(tmp_path, instrument())


def test_the_hash_is_that_of_the_file(write):
    path = write(E=[1, 2])

    assert open_parquet(path, instrument()).sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def test_small_row_groups_are_read_together(write):
    path = write(E=[1] * 100, row_group_size=10)

    parts = ParquetAnswers(path, instrument(), part_rows=30).parts()

    assert [(part.first, part.n) for part in parts] == [(0, 30), (30, 30), (60, 30), (90, 10)]


def test_large_row_groups_are_read_in_steps_from_any_end(write):
    values = np.random.default_rng(1).integers(1, 8, 5000).astype(np.int8)
    path = write(E=pa.array(values), moment=[datetime(2026, 1, 1)] * 5000)  # noqa: DTZ001
    answers = ParquetAnswers(path, instrument(), large_rows=500, step_rows=400)

    found = {part.first: answers.read(part).codes[0] for part in reversed(answers.parts())}

    assert len(found) == 13
    assert np.concatenate([found[first] for first in sorted(found)]).tolist() == values.tolist()


def test_threads_share_a_large_row_group(write):
    values = np.random.default_rng(1).integers(1, 8, 6000).astype(np.int8)
    answers = ParquetAnswers(write(E=pa.array(values)), instrument(), large_rows=500, step_rows=100)
    found, start = {}, Barrier(4)

    def read(parts):
        start.wait()
        found.update({part.first: answers.read(part).codes[0].copy() for part in parts})

    threads = [Thread(target=read, args=(answers.parts()[i::4],)) for i in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert np.concatenate([found[first] for first in sorted(found)]).tolist() == values.tolist()


def test_memory_is_used_again_only_when_no_view_is_left():
    buffers = Buffers()
    first = buffers.array(4, 100)
    first[:] = 1
    view = first[1, 10:20]
    del first

    second = buffers.array(4, 100)
    second[:] = 2

    assert view.tolist() == [1] * 10


def test_memory_comes_back_when_its_last_view_is_gone():
    buffers = Buffers()
    first = buffers.array(4, 100)
    place = first.ctypes.data
    del first

    assert buffers.array(2, 100).ctypes.data == place

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from iofiles import CODES, HEADER, ROWS, codes_of

from fivegaps.errors import FileRefused
from fivegaps.io.read import read

COLUMNS = {name: [row[place] for row in ROWS] for place, name in enumerate(HEADER)}


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame(COLUMNS),
        pd.DataFrame(COLUMNS, index=["x", "y"]),
        pd.DataFrame(COLUMNS).convert_dtypes(),
        pl.DataFrame(COLUMNS),
        pl.LazyFrame(COLUMNS),
        pa.table(COLUMNS),
        COLUMNS,
    ],
    ids=["pandas", "pandas-index", "pandas-nullable", "polars", "polars-lazy", "arrow", "mapping"],
)
def test_any_frame_gives_the_same_answers(small, frame):
    answers = read(frame, small)

    assert codes_of(answers) == CODES
    assert answers.column_names == HEADER


def test_mixed_objects_and_categories_are_read(small):
    frame = pd.DataFrame(COLUMNS).assign(
        E1=pd.Series(["1 - no", 5], dtype=object),
        E2=pd.Categorical(["2", "6"]),
        P1=pd.Categorical([3, 7]),
    )

    assert codes_of(read(frame, small)) == CODES


def test_columns_beside_the_items_can_be_filtered(small):
    frame = pd.DataFrame(COLUMNS).assign(day=pd.to_datetime(["2025-05-31", "2025-06-01"]))

    answers = read(frame, small, where="day > 2025-05-31")

    assert codes_of(answers) == [[5], [6], [7], [0]]


def test_faults_in_a_frame_count_rows_from_one(small):
    with pytest.raises(FileRefused) as refused:
        read(pd.DataFrame(COLUMNS).assign(E1=[1.5, 9]), small)

    assert [(fault.row, fault.value) for fault in refused.value.faults] == [(1, "1.5"), (2, "9")]


def test_what_is_no_frame_is_refused(small):
    with pytest.raises(FileRefused, match="no dataframe"):
        read(42, small)


def test_an_empty_frame_is_refused(small):
    with pytest.raises(FileRefused, match="no answers"):
        read(pd.DataFrame(COLUMNS).iloc[:0], small)

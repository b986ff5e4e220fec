import csv
import datetime as dt

import numpy as np
import pyarrow as pa
import pyreadstat
import pytest
import python_calamine
import xlsxwriter
from openpyxl import load_workbook
from pyarrow import parquet

from fivegaps.errors import OptionRefused
from fivegaps.io.table import Column, Table
from fivegaps.io.write_csv import write_csv
from fivegaps.io.write_parquet import write_parquet
from fivegaps.io.write_sav import spss_names, write_sav
from fivegaps.io.write_xlsx import write_xlsx

TABLE = Table(
    (
        Column("branch", ["Riga", None, "Đà Nẵng, “A”"]),
        Column("E1", [1, None, 7], label="Modern equipment"),
        Column("score", np.array([0.5, np.nan, 1.25])),
        Column("day", [dt.date(2025, 5, 31), None, dt.date(2025, 6, 1)]),
    )
)
DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://example.org", "007", "<b>"]


def test_csv_holds_what_the_table_holds(tmp_path):
    path = tmp_path / "answers.csv"

    rows = write_csv(path, TABLE)

    with path.open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["branch", "E1", "score", "day"],
            ["Riga", "1", "0.5", "2025-05-31"],
            ["", "", "", ""],
            ["Đà Nẵng, “A”", "7", "1.25", "2025-06-01"],
        ]
    assert rows == 3


def test_csv_writes_whole_floats_without_a_point(tmp_path):
    write_csv(tmp_path / "a.csv", Table.of({"E1": np.array([1.0, np.nan]), "n": [1, 2]}))

    assert (tmp_path / "a.csv").read_text() == "E1,n\n1,1\n,2\n"


def test_csv_can_carry_a_mark_and_another_delimiter(tmp_path):
    path = tmp_path / "a.csv"

    write_csv(path, Table.of({"a;b": [1], "c": [2]}), delimiter=";", byte_order_mark=True)

    assert path.read_bytes() == b'\xef\xbb\xbf"a;b";c\n1;2\n'


def test_a_stream_of_tables_is_one_file(tmp_path):
    parts = [Table.of({"n": np.arange(5) + 5 * part}) for part in range(4)]

    assert write_csv(tmp_path / "a.csv", iter(parts)) == 20
    assert write_parquet(tmp_path / "a.parquet", iter(parts)) == 20
    assert (tmp_path / "a.csv").read_text().split() == ["n", *map(str, range(20))]
    assert parquet.read_table(tmp_path / "a.parquet")["n"].to_pylist() == list(range(20))


def test_parquet_keeps_types_labels_and_metadata(tmp_path):
    path = tmp_path / "a.parquet"

    write_parquet(path, TABLE, metadata={"fivegaps": "simulated"})

    table = parquet.read_table(path)
    assert table.column("E1").to_pylist() == [1, None, 7]
    assert table.schema.field("E1").metadata == {b"label": b"Modern equipment"}
    assert table.schema.metadata[b"fivegaps"] == b"simulated"


def test_excel_text_is_never_a_formula_a_link_or_a_number(tmp_path):
    path = tmp_path / "a.xlsx"

    write_xlsx(path, Table.of({"=danger": DANGEROUS}))

    sheet = load_workbook(path).worksheets[0]
    cells = [sheet.cell(row, 1) for row in range(1, len(DANGEROUS) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.value for cell in cells] == ["=danger", *DANGEROUS]
    assert all(cell.hyperlink is None for cell in cells)


def test_excel_cells_have_types_and_empty_cells_stay_empty(tmp_path):
    path = tmp_path / "a.xlsx"

    write_xlsx(path, TABLE, number_formats={"score": "0.0"})

    rows = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    assert rows[1:] == [
        ["Riga", 1.0, 0.5, dt.date(2025, 5, 31)],
        ["", "", "", ""],
        ["Đà Nẵng, “A”", 7.0, 1.25, dt.date(2025, 6, 1)],
    ]


def test_excel_sheets_get_names_that_excel_takes(tmp_path):
    path = tmp_path / "a.xlsx"
    names = ["gaps [all]: 1/2", "x" * 40, "X" * 40, "'"]

    write_xlsx(path, {name: Table.of({"a": [1]}) for name in names})

    found = python_calamine.CalamineWorkbook.from_path(path).sheet_names
    assert found == ["gaps  all   1 2", "x" * 31, "X" * 29 + " 2", "sheet"]


def test_excel_does_not_take_more_rows_than_it_holds(tmp_path):
    with pytest.raises(OptionRefused, match=r"\.csv or \.parquet"):
        write_xlsx(tmp_path / "a.xlsx", Table.of({"a": np.zeros(1_048_576, dtype=np.int8)}))

    assert list(tmp_path.iterdir()) == []
    assert xlsxwriter.__version__


def test_spss_keeps_labels_missing_values_and_measure(tmp_path):
    table = Table(
        (
            Column("E1", [1, 9, None], "Modern equipment", {1: "no", 7: "yes"}, (9,), "ordinal"),
            Column("age", [20.5, 99.0, 30.0], missing=((90.0, 99.0),)),
            Column("branch", ["Riga", None, "Đà Nẵng"]),
        )
    )

    write_sav(tmp_path / "a.sav", table, title="Kiosks")

    frame, metadata = pyreadstat.read_sav(tmp_path / "a.sav", user_missing=True)
    assert frame["E1"].fillna(-1).tolist() == [1, 9, -1]
    assert frame["branch"].tolist() == ["Riga", "", "Đà Nẵng"]
    assert metadata.column_names_to_labels["E1"] == "Modern equipment"
    assert metadata.variable_value_labels == {"E1": {1.0: "no", 7.0: "yes"}}
    assert metadata.missing_ranges == {
        "E1": [{"lo": 9.0, "hi": 9.0}],
        "age": [{"lo": 90.0, "hi": 99.0}],
    }
    assert metadata.variable_measure == {"E1": "ordinal", "age": "scale", "branch": "nominal"}
    assert metadata.file_label == "Kiosks"


def test_spss_compressed_follows_from_the_name(tmp_path):
    write_sav(tmp_path / "a.zsav", Table.of({"E1": np.array([1, 2], dtype=np.int8)}))

    assert (tmp_path / "a.zsav").read_bytes()[:4] == b"$FL3"


def test_spss_names_are_legal_distinct_and_the_name_is_kept_as_label(tmp_path):
    names = ["1. Is it modern?", "by", "a b", "a_b", "A_B", "지점", "x" * 70]

    legal = write_sav(tmp_path / "a.sav", Table.of({name: [1] for name in names}))

    _, metadata = pyreadstat.read_sav(tmp_path / "a.sav")
    assert legal == spss_names(names)
    assert metadata.column_names == list(legal)
    assert metadata.column_labels[:2] == ["1. Is it modern?", "by"]
    assert len({name.casefold() for name in legal}) == len(names)


def test_a_table_needs_distinct_names_and_equal_lengths():
    with pytest.raises(OptionRefused, match="more than once: a"):
        Table((Column("a", [1]), Column("a", [2])))
    with pytest.raises(OptionRefused, match="a 1, b 2"):
        Table.of({"a": [1], "b": [1, 2]})


def test_arrow_columns_pass_as_they_are():
    chunked = pa.chunked_array([[1], [2]])

    assert Table.of({"a": chunked}).arrow().column("a").to_pylist() == [1, 2]

import tomllib

import pyreadstat
import pytest
from iofiles import HEADER

from fivegaps.errors import FileRefused
from fivegaps.io.frames import arrow_table
from fivegaps.io.inspect import inspect
from fivegaps.io.read import read
from fivegaps.knowledge.instruments import load

COLUMNS = "id,branch,day,E1,E2,P1,P2,weight,words,nothing\n"
ROWS = (
    "1,Riga,2025-05-31,1,2,3,99,0.5,good,\n"
    "2,Riga,2025-06-01,5,NA,7,6,1.5,very good,\n"
    "3,Oslo,2025-06-02,5,3,7,6,1,bad,\n"
)


def by_name(inspection):
    return {column.name: column for column in inspection.columns}


def test_kinds_ranges_and_counts_of_columns(save):
    columns = by_name(inspect(save(COLUMNS + ROWS)))

    assert {name: column.kind for name, column in columns.items()} == {
        "id": "whole",
        "branch": "text",
        "day": "date",
        "E1": "whole",
        "E2": "whole",
        "P1": "whole",
        "P2": "whole",
        "weight": "number",
        "words": "text",
        "nothing": "empty",
    }
    assert (columns["E1"].minimum, columns["E1"].maximum, columns["E1"].distinct) == (1, 5, 2)
    assert columns["E1"].values == {"1": 1, "5": 2}
    assert (columns["E2"].given, columns["E2"].empty) == (2, 1)


def test_words_and_codes_for_nothing_are_suspected(save):
    columns = by_name(inspect(save(COLUMNS + ROWS)))

    assert columns["E2"].missing == {"NA": 1}
    assert columns["P2"].missing == {"99": 1}


def test_how_the_file_was_read_is_told(save):
    found = inspect(save((COLUMNS + ROWS).replace(",", ";").replace(".", ",")))

    origin = found.origin
    assert (origin.format, origin.encoding, origin.delimiter, origin.decimal) == (
        "csv",
        "utf-8",
        ";",
        ",",
    )
    assert found.rows == 3


def test_the_draft_is_an_instrument_that_reads_the_file(save, tmp_path):
    path = save(COLUMNS + ROWS)

    found = inspect(path)
    (tmp_path / "draft.toml").write_text(found.draft, encoding="utf-8")
    drafted = load(tmp_path / "draft.toml")

    assert drafted.battery("perception").missing == (99,)
    assert drafted.structure.respondent == "id"
    assert drafted.structure.segments == ("branch",)
    assert drafted.structure.date == "day"
    assert read(path, drafted).rows == 3


def test_columns_that_share_a_scale_are_drafted_when_no_pattern_is_known(save):
    path = save(
        "id,q1,q2,q3,age\n"
        + "".join(f"{n},{n % 5 + 1},{n % 3 + 1},{n % 4 + 2},{n}\n" for n in range(30))
    )

    drafted = tomllib.loads(inspect(path.rename(path.with_name("My täst.csv"))).draft)

    assert drafted["id"] == "my-ta-st"
    assert drafted["battery"] == [{"id": "perception", "minimum": 1, "maximum": 5}]


def test_a_file_without_scales_has_no_draft(save):
    assert inspect(save("name,age\nAnn,33\nBob,44\n")).draft == ""


def test_the_fit_of_shipped_instruments_is_scored(save):
    names = [f"E{n}" for n in range(1, 23)] + [f"P{n}" for n in range(1, 12)]

    fits = inspect(save(",".join(names) + "\n" + ",".join(["5"] * 33) + "\n")).fits

    assert (fits[0].instrument, fits[0].found, fits[0].wanted) == ("rater-22", 33, 44)
    assert fits[0].score == 0.75


def test_faults_of_shape_are_listed_not_raised(save):
    twice = inspect(save("E1,E1,P1\n1,2,3\n"))
    ragged = inspect(save("E1,E2,P1\n1,2,3\n1,2\n"))

    assert "2 times" in twice.faults[0].what
    assert [column.name for column in twice.columns] == ["E1", "E1 (2)", "P1"]
    assert ragged.faults[0].row == 3
    assert ragged.columns == ()


def test_labels_and_user_missing_of_spss_are_shown(tmp_path):
    path = tmp_path / "answers.sav"
    frame = arrow_table({"E1": [1.0, 9.0], "P1": [2.0, 3.0]}).to_pandas()
    pyreadstat.write_sav(
        frame,
        path,
        column_labels=["First", ""],
        variable_value_labels={"E1": {1: "no", 9: "refused"}},
        missing_ranges={"E1": [9, {"lo": 95, "hi": 99}]},
    )

    column = inspect(path).columns[0]

    assert column.label == "First"
    assert column.value_labels == {"1": "no", "9": "refused"}
    assert set(column.declared_missing) == {"9", "95 to 99"}


def test_the_published_kiosk_file_is_inspected():
    """CP949, 211 people × 163 columns with long Korean questions as names."""
    found = inspect("examples/kiosk/kiosk_raw_cp949.csv")

    assert found.origin.encoding == "cp949"
    assert (found.rows, len(found.columns)) == (211, 163)
    assert found.faults == ()
    assert by_name(found)["귀하의 성별을 선택해주세요."].values == {"여": 155, "남": 56}


def test_a_file_that_cannot_be_read_at_all_is_refused(tmp_path):
    with pytest.raises(FileRefused):
        inspect(tmp_path)


def test_a_wide_table_is_inspected(save):
    names = [*HEADER, *(f"x{number}" for number in range(2_000))]
    path = save(",".join(names) + "\n" + "a,1,2,3,4" + ",1" * 2_000 + "\n")

    assert len(inspect(path).columns) == 2_005

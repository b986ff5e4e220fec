import numpy as np
import pytest

from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Categories, Numbers
from fivegaps.io.where import check_columns, compile_where

BRANCH = ["Riga", "Liepāja", None, "Riga", "St. Gall"]
AGE = [20.0, 30.0, 40.0, np.nan, 50.0]
DATE = ["2025-05-30", "2025-05-31", "2025-06-01", None, "2026-01-01 10:00:00"]


def kept(expression):
    row_filter = compile_where(expression)
    texts = {
        "branch": BRANCH,
        "home branch": BRANCH,
        "date": DATE,
        "code": ["007", "7", "8", "", "9"],
    }
    columns = {}
    for name, kind in row_filter.columns.items():
        if kind == "numbers":
            columns[name] = Numbers(np.array(AGE))
        else:
            given = texts.get(name, [f"{age:g}" for age in AGE])
            values = tuple(sorted({value for value in given if value}))
            codes = [values.index(value) if value else -1 for value in given]
            columns[name] = Categories(np.array(codes, dtype=np.int32), values)
    return list(np.flatnonzero(row_filter(columns)))


@pytest.mark.parametrize(
    ("expression", "rows"),
    [
        ("branch = Riga", [0, 3]),
        ("branch == Riga", [0, 3]),
        ("branch != Riga", [1, 4]),
        ("branch <> Riga", [1, 4]),
        ("age >= 30", [1, 2, 4]),
        ("age > 30 and age < 50", [2]),
        ("age = 30.0", [1]),
        ("age != 30", [0, 2, 4]),
        ("branch = Riga and age >= 30", []),
        ("branch = Riga or age >= 40 and age <= 45", [0, 2, 3]),
        ("(branch = Riga or age >= 30) and age < 45", [0, 1, 2]),
        ("not branch = Riga", [1, 2, 4]),
        ("branch in (Riga, 'St. Gall')", [0, 3, 4]),
        ("branch not in (Riga, 'St. Gall')", [1, 2]),
        ("age in (20, 50)", [0, 4]),
        ('"home branch" = "St. Gall"', [4]),
        ("branch = ''", [2]),
        ("branch != ''", [0, 1, 3, 4]),
        ("branch = 'Liepa\u0304ja'", [1]),
        ("date >= 2025-05-31", [1, 2, 4]),
        ("date <= 2025-05-31", [0, 1]),
        ("code = '7'", [1]),
        ("code in (7, x)", [0, 1]),
        ("code = 007", [0]),
        ("branch = Riga AND NOT age < 25", [3]),
    ],
)
def test_rows_that_an_expression_keeps(expression, rows):
    assert kept(expression) == rows


def test_a_column_that_is_not_there_is_refused_with_close_names():
    row_filter = compile_where("brnch = Riga")

    with pytest.raises(OptionRefused, match="no column 'brnch'; did you mean 'branch'"):
        check_columns(row_filter, ["branch", "age"])


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("", "is empty"),
        ("branch", "ends where one of"),
        ("branch =", "ends where a value"),
        ("branch = Riga age > 3", "unexpected 'age'"),
        ("branch = 'Riga", "not closed"),
        ("(branch = Riga", "a closing \\)"),
        ("branch in Riga", "\\( after 'in'"),
        ("branch in (Riga", "in the list"),
        ("branch not Riga", "'in' is expected"),
        ("home branch = Riga", "put a name with blanks in quotes"),
        ("age > old", "compares numbers and dates"),
        ("= Riga", "where a column's name"),
        ("age = = 3", "where a value is expected"),
    ],
)
def test_an_expression_that_breaks_the_grammar_is_refused(expression, message):
    with pytest.raises(OptionRefused, match=message):
        compile_where(expression)


def test_a_refusal_points_at_the_place():
    with pytest.raises(OptionRefused) as refused:
        compile_where("age > old")

    assert str(refused.value).endswith("    age > old\n          ^")


def test_nothing_is_evaluated_as_python():
    with pytest.raises(OptionRefused):
        compile_where("__import__('os').system('true') = 1")


def test_the_kind_of_a_column_follows_from_what_it_is_compared_with():
    row_filter = compile_where("age > 3 and branch = Riga and code in (1, x) and code > 2")

    assert row_filter.columns == {"age": "numbers", "branch": "categories", "code": "categories"}

"""Rows chosen and categories crossed."""

from __future__ import annotations

import numpy as np

from fivegaps.engines.crossing import chosen, crossed, labelled
from fivegaps.io.answers import Block, Categories, Numbers

BLOCK = Block(
    np.arange(5, dtype=np.int64),
    np.arange(10, dtype=np.uint8).reshape(2, 5),
    {
        "branch": Categories(np.array([1, 0, -1, 1, 1], dtype=np.int32), ("Riga", "Tartu")),
        "channel": Categories(np.array([0, -1, 0, 1, 0], dtype=np.int32), ("phone", "desk")),
        "stars": Numbers(np.array([2.0, np.nan, 10.0, 2.5, 2.0])),
    },
)


def words(names: tuple[str, ...], optional: tuple[str, ...] = ()) -> list[tuple[str, ...] | None]:
    codes, keys = crossed(BLOCK, names, optional=optional)
    return [keys.get(int(code)) for code in codes]


def test_a_row_is_in_the_group_of_its_values():
    assert words(("branch",)) == [("Tartu",), ("Riga",), None, ("Tartu",), ("Tartu",)]


def test_a_row_without_one_of_the_values_is_in_no_group():
    assert words(("branch", "channel")) == [
        ("Tartu", "phone"),
        None,
        None,
        ("Tartu", "desk"),
        ("Tartu", "phone"),
    ]


def test_an_optional_value_may_be_empty():
    assert words(("branch",), ("channel",)) == [
        ("Tartu", "phone"),
        ("Riga", ""),
        None,
        ("Tartu", "desk"),
        ("Tartu", "phone"),
    ]


def test_without_names_everybody_is_one_group():
    assert words(()) == [()] * 5


def test_numbers_become_labels_as_people_write_them():
    assert words(("stars",)) == [("2",), None, ("10",), ("2.5",), ("2",)]
    assert labelled(BLOCK.columns["branch"]) is BLOCK.columns["branch"]


def test_a_column_nobody_filled_groups_nobody():
    empty = Categories(np.full(5, -1, dtype=np.int32), ())
    block = Block(BLOCK.rows, BLOCK.codes, {"branch": empty})

    assert set(crossed(block, ("branch",))[0]) == {-1}
    assert crossed(block, (), optional=("branch",))[1] == {0: ("",)}


def test_chosen_rows_keep_all_their_columns():
    some = chosen(BLOCK, np.array([True, False, False, True, False]))

    assert some.rows.tolist() == [0, 3]
    assert some.codes.tolist() == [[0, 3], [5, 8]]
    assert some.columns["branch"].codes.tolist() == [1, 1]
    assert some.columns["stars"].values.tolist() == [2.0, 2.5]

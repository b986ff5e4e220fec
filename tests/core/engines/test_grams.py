"""Sums of products: exact in whole numbers, by group, whatever the size of the scores."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.engines.grams import (
    added,
    added_within,
    gram,
    grouped_grams,
    grouped_totals,
    grouped_weighted_grams,
    grouping,
    weighted_gram,
)

RNG = np.random.default_rng(7)
Z = RNG.integers(-3, 8, (5, 60)).astype(float)
GROUPS = RNG.integers(-1, 4, 60)
WEIGHTS = RNG.random(60)


def plainly(columns: np.ndarray) -> np.ndarray:
    """Add up products in Python's whole numbers, which never overflow."""
    rows = [[int(value) for value in row] for row in columns]
    return np.array([[sum(map(int.__mul__, a, b)) for b in rows] for a in rows])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**31), st.integers(0, 40), st.integers(1, 6))
def test_a_gram_matrix_is_the_sum_of_products(seed, n, k):
    columns = np.random.default_rng(seed).integers(-9, 10, (k, n)).astype(float)

    assert (gram(columns) == columns.astype(int) @ columns.astype(int).T).all()


def test_columns_that_are_all_one_are_multiplied_like_others():
    columns = np.vstack([Z[:2], np.ones((2, 60)), Z[2:], np.ones((1, 60))])

    assert (gram(columns) == plainly(columns)).all()


def test_products_stay_exact_beyond_what_floats_hold():
    columns = RNG.integers(2**20, 2**21, (3, 9000)).astype(float)

    assert (gram(columns) == plainly(columns)).all()
    by_group = grouped_grams(columns, np.zeros(9000, dtype=int))
    assert (by_group[0] == plainly(columns)).all()


def test_groups_have_the_gram_matrices_of_their_rows_and_none_has_none():
    grams = grouped_grams(Z, GROUPS)

    assert sorted(grams) == [0, 1, 2, 3]
    for group, matrix in grams.items():
        assert (matrix == plainly(Z[:, group == GROUPS])).all()


def test_weighted_grams_and_totals_are_plain_sums():
    grams, totals = grouped_weighted_grams(Z, GROUPS, WEIGHTS), grouped_totals(Z, GROUPS, WEIGHTS)

    assert weighted_gram(Z, WEIGHTS) == pytest.approx(Z @ np.diag(WEIGHTS) @ Z.T)
    for group in range(4):
        some, weight = Z[:, group == GROUPS], WEIGHTS[group == GROUPS]
        assert grams[group] == pytest.approx(some @ np.diag(weight) @ some.T)
        assert totals[group] == pytest.approx(some @ weight)


def test_nobody_in_any_group_has_no_sums():
    nobody = np.full(60, -1)

    assert grouped_grams(Z, nobody) == grouped_totals(Z, nobody) == {}
    assert grouping(nobody).keys == []


def test_rows_keep_their_order_within_a_group():
    found = grouping(np.array([2, 0, -1, 2, 0]))

    assert found.order.tolist() == [1, 4, 0, 3]
    assert (found.keys, found.bounds.tolist()) == ([0, 2], [0, 2, 4])


def test_mappings_add_up_key_by_key():
    assert added({"a": 1, "b": 2}, {"b": 3, "c": 4}) == {"a": 1, "b": 5, "c": 4}
    assert added_within({"x": {"a": 1}}, {"x": {"a": 2}, "y": {"b": 3}}) == {
        "x": {"a": 3},
        "y": {"b": 3},
    }

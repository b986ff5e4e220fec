"""Cells of units × questions: what is shown tells nothing about fewer than k people."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.stats.lattice import Lattice, Limits
from fivegaps.stats.release import Gate

FIVE = Limits(5)


def exposed(rows, columns_of, k):
    """Return fewer than k people whose answers some combination of rows is about alone.

    Brute force: rows (r, columns) are linear in the answers, ``columns_of`` (people)
    lists each person's columns. A set of people is exposed when taking their columns
    away makes rows dependent that were not.
    """
    if len(rows) == 0:
        return None
    rank = np.linalg.matrix_rank(rows, tol=1e-9)
    for size in range(1, k):
        for chosen in combinations(range(len(columns_of)), size):
            taken = [column for person in chosen for column in columns_of[person]]
            if np.linalg.matrix_rank(np.delete(rows, taken, axis=1), tol=1e-9) < rank:
                return chosen
    return None


def below(parents, node):
    """Return the units in and under a unit; of the whole company all and −1."""
    if node == len(parents):
        return {-1, *range(len(parents))}
    found = {node}
    for place in range(len(parents)):
        step = place
        while step >= 0:
            if step == node:
                found.add(place)
            step = parents[step]
    return found


def shown_groups(parents, unit, shown, given):
    """Return who stands behind each cell that is shown: rows of 0 and 1 over people."""
    rows = [
        np.isin(unit, list(below(parents, node))) & given
        for node in range(len(parents) + 1)
        if shown[node]
    ]
    return np.array([row for row in rows if row.any()], dtype=np.float64)


@st.composite
def companies(draw, people=14, most_units=6):
    """Return parents (u,), units of people (n,) and a generator for their answers."""
    count = draw(st.integers(1, most_units))
    parents = [draw(st.integers(-1, place - 1)) if place else -1 for place in range(count)]
    n = draw(st.integers(1, people))
    unit = draw(st.lists(st.integers(-1, count - 1), min_size=n, max_size=n))
    seed = draw(st.integers(0, 10_000))
    return np.array(parents), np.array(unit), np.random.default_rng(seed)


def test_small_units_are_withheld_with_the_smallest_beside_them():
    unit = np.repeat([0, 1, 2], [12, 6, 2])
    values = np.arange(20.0)[:, None] % 7

    shown = Lattice.of(np.array([-1, -1, -1])).release(values, unit, FIVE)

    assert shown[:, 0].tolist() == [True, False, False, True]


def test_several_small_units_cover_one_another():
    unit = np.repeat([0, 1, 2], [12, 3, 2])
    values = np.arange(17.0)[:, None] % 7

    shown = Lattice.of(np.array([-1, -1, -1])).release(values, unit, FIVE)

    assert shown[:, 0].tolist() == [True, False, False, True]


def test_people_of_one_mind_are_withheld_and_covered():
    unit = np.repeat([0, 1, 2], [8, 6, 6])
    values = np.concatenate([np.arange(14.0) % 7, np.full(6, 7.0)])[:, None]
    lattice = Lattice.of(np.array([-1, -1, -1]))

    assert lattice.release(values, unit, FIVE)[:, 0].tolist() == [True, False, False, True]
    assert lattice.release(values, unit, Limits(5, unanimous=True)).all()


def test_branches_of_a_withheld_region_are_shown_where_enough_are_left():
    """Region 0 covers the two people of region 1; its larger branch can still be told."""
    parents = np.array([-1, -1, -1, 0, 0])
    unit = np.repeat([1, 2, 3, 4], [2, 30, 9, 6])

    shown = Lattice.of(parents).release(np.arange(47.0)[:, None] % 7, unit, FIVE)

    assert shown[:, 0].tolist() == [False, False, True, True, False, True]


@settings(max_examples=150, deadline=None)
@given(companies(), st.integers(2, 4))
def test_what_is_shown_is_safe_by_brute_force(company, k):
    parents, unit, random = company
    values = random.integers(1, 4, (len(unit), 1)).astype(float)
    values[random.random(values.shape) < 0.2] = np.nan

    shown = Lattice.of(parents).release(values, unit, Limits(k))[:, 0]

    rows = shown_groups(parents, unit, shown, ~np.isnan(values[:, 0]))
    assert exposed(rows, [[person] for person in range(len(unit))], k) is None


@settings(max_examples=150, deadline=None)
@given(companies(), st.integers(2, 4))
def test_no_block_is_of_one_mind(company, k):
    parents, unit, random = company
    values = random.integers(1, 3, (len(unit), 1)).astype(float)
    lattice = Lattice.of(parents)

    shown = lattice.release(values, unit, Limits(k))[:, 0]

    blocks = lattice.blocks(shown)[lattice.places(unit)]
    minds = [set(values[blocks == one, 0]) for one in np.unique(blocks[blocks >= 0])]
    assert all(len(mind) > 1 for mind in minds)


@settings(max_examples=150, deadline=None)
@given(companies(), st.integers(2, 4), st.integers(0, 2**7 - 1))
def test_blocks_say_what_the_linear_system_says(company, k, bits):
    """Any choice of cells, safe or not: blocks of k people or none are the attacker's answer."""
    parents, unit, _ = company
    lattice = Lattice.of(parents)
    shown = np.array([bits >> place & 1 for place in range(len(parents) + 1)], dtype=np.bool_)

    blocks = lattice.blocks(shown)[lattice.places(unit)]

    sizes = np.bincount(blocks[blocks >= 0])
    rows = shown_groups(parents, unit, shown, np.ones(len(unit), np.bool_))
    attacked = exposed(rows, [[person] for person in range(len(unit))], k)
    assert (sizes[sizes > 0].min(initial=k) >= k) == (attacked is None)


@settings(max_examples=100, deadline=None)
@given(companies(), st.integers(2, 4))
def test_the_general_gate_lets_the_same_cells_through(company, k):
    parents, unit, random = company
    values = random.integers(1, 8, (len(unit), 1)).astype(float)
    shown = Lattice.of(parents).release(values, unit, Limits(k, unanimous=True))[:, 0]
    groups = {
        str(node): np.flatnonzero(np.isin(unit, list(below(parents, node))))
        for node in range(len(parents) + 1)
        if shown[node]
    }

    decided = Gate(k).release("q", groups)

    assert set(decided.values()) <= {None}


@settings(max_examples=200, deadline=None)
@given(companies(people=12, most_units=3), st.integers(2, 3), st.integers(2, 4))
def test_a_dimension_and_its_items_are_safe_together(company, k, count):
    parents, unit, random = company
    n = len(unit)
    items = random.integers(1, 8, (n, count)).astype(float)
    items[random.random(items.shape) < random.choice([0.0, 0.05, 0.2, 0.5])] = np.nan
    items = items[:, ~np.isnan(items).all(axis=0)]
    given = ~np.isnan(items)
    answered = given.sum(axis=1)
    scored = (answered * 2 >= items.shape[1]) & (answered > 0)
    sums = np.where(given, items, 0.0).sum(axis=1)
    scores = np.where(scored, sums / np.maximum(answered, 1), np.nan)

    told, dimension = Lattice.of(parents).release_linked(items, scores, unit, Limits(k))

    rows = released_rows(parents, unit, (told, dimension), given, scored)
    columns = [range(person * items.shape[1], (person + 1) * items.shape[1]) for person in range(n)]
    assert exposed(rows, columns, k) is None


def released_rows(parents, unit, shown, given, scored):
    """Return the sums released of items and dimension, linear in each person's answers."""
    told, dimension = shown
    n, count = given.shape
    rows = []
    for node in range(len(parents) + 1):
        inside = np.isin(unit, list(below(parents, node)))
        for item in np.flatnonzero(told[node]):
            row = np.zeros((n, count))
            row[:, item] = inside & given[:, item]
            rows.append(row.ravel())
        if dimension[node]:
            shares = given / np.maximum(given.sum(axis=1), 1)[:, None]
            rows.append((shares * (inside & scored)[:, None]).ravel())
    return np.array([row for row in rows if row.any()])


def test_one_item_is_withheld_where_one_person_left_it_out():
    """The dimension's mean of nine people less its items' means would tell of the one."""
    items = np.arange(36.0).reshape(9, 4) % 7
    items[0, 2] = np.nan
    scores = np.nanmean(items, axis=1)

    told, dimension = Lattice.of(np.array([-1])).release_linked(
        items, scores, np.zeros(9, dtype=np.int64), FIVE
    )

    assert dimension.tolist() == [True, True]
    assert told.tolist() == [[False] * 4, [True, True, False, True]]


def test_an_item_that_other_figures_need_is_withheld_last():
    items = np.arange(36.0).reshape(9, 4) % 7
    items[0, 2] = np.nan

    told, _ = Lattice.of(np.array([-1])).release_linked(
        items,
        np.nanmean(items, axis=1),
        np.zeros(9, dtype=np.int64),
        FIVE,
        wanted=np.array([True, False, True, True]),
    )

    assert told[-1].tolist() == [True, False, True, True]


def test_items_are_shown_where_enough_people_left_something_out():
    items = np.arange(120.0).reshape(30, 4) % 7
    items[np.arange(6), np.arange(6) % 4] = np.nan
    scores = np.nanmean(items, axis=1)

    told, _ = Lattice.of(np.array([-1])).release_linked(
        items, scores, np.zeros(30, dtype=np.int64), FIVE
    )

    assert told.tolist() == [[False] * 4, [True] * 4]


def test_items_of_complete_answers_are_shown_by_unit():
    items = np.arange(80.0).reshape(20, 4) % 7

    told, dimension = Lattice.of(np.array([-1, -1])).release_linked(
        items, items.mean(axis=1), np.repeat([0, 1], 10), FIVE
    )

    assert told.all()
    assert dimension.all()


@pytest.mark.parametrize("n", [0, 4])
def test_nothing_is_shown_of_too_few_people(n):
    values = np.arange(2.0 * n).reshape(n, 2)

    shown = Lattice.of(np.array([-1])).release(values, np.zeros(n, dtype=np.int64), FIVE)

    assert not shown.any()

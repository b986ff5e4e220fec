"""The laws of counts: they add up, in any order, to what NumPy counts in one piece."""

from itertools import pairwise

import numpy as np
import pytest
from counting import BY_NUMPY, counted
from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.stats.counts import Histograms, Moments, Tables

STATES = (Tables, Moments, Histograms)
PATHS = ("numba", "numpy")

every_state = pytest.mark.parametrize("state", STATES)
every_path = pytest.mark.parametrize("path", PATHS)
drawn = settings(max_examples=30, deadline=None)


def cut(codes, places):
    """Return the pieces of codes between sorted places."""
    bounds = [0, *sorted(min(place, codes.shape[1]) for place in places), codes.shape[1]]
    return [codes[:, first:last] for first, last in pairwise(bounds)]


@every_state
@every_path
@drawn
@given(answers=counted())
def test_counts_equal_numpy_integers(state, path, answers):
    columns, codes = answers

    found = state.of(columns, codes, path=path)

    assert found == BY_NUMPY[state](columns, codes)


@every_state
@every_path
@drawn
@given(answers=counted(), places=st.lists(st.integers(0, 300), max_size=6))
def test_any_batching_gives_the_same_counts(state, path, answers, places):
    columns, codes = answers

    parts = [state.of(columns, piece, path=path) for piece in cut(codes, places)]

    assert sum(parts, state.empty(columns)) == state.of(columns, codes, path=path)


@every_state
@drawn
@given(answers=counted(), places=st.lists(st.integers(0, 300), min_size=2, max_size=2))
def test_addition_commutes_and_associates(state, answers, places):
    columns, codes = answers
    a, b, c = (state.of(columns, piece, path="numpy") for piece in cut(codes, places))

    assert a + b == b + a
    assert (a + b) + c == a + (b + c)


@every_state
@drawn
@given(answers=counted())
def test_empty_is_neutral(state, answers):
    columns, codes = answers

    found = state.of(columns, codes, path="numpy")

    assert found + state.empty(columns) == found == state.empty(columns) + found


@every_state
@every_path
@drawn
@given(answers=counted(), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_rows_does_not_matter(state, path, answers, seed):
    columns, codes = answers
    order = np.random.default_rng(seed).permutation(codes.shape[1])

    assert state.of(columns, codes[:, order], path=path) == state.of(columns, codes, path=path)


@every_state
@drawn
@given(answers=counted(), seed=st.integers(0, 2**32 - 1))
def test_the_order_of_columns_does_not_matter(state, answers, seed):
    columns, codes = answers
    order = np.random.default_rng(seed).permutation(len(columns))
    turned = columns.select([columns.names[place] for place in order])

    found = state.of(turned, codes[order], path="numpy")

    assert found.select(columns.names) == state.of(columns, codes, path="numpy")


@every_path
@drawn
@given(answers=counted())
def test_tables_reduce_to_moments(path, answers):
    columns, codes = answers

    assert Tables.of(columns, codes, path=path).moments() == Moments.of(columns, codes, path=path)


@every_path
@drawn
@given(answers=counted())
def test_tables_reduce_to_histograms(path, answers):
    columns, codes = answers

    found = Tables.of(columns, codes, path=path).histograms()

    assert found == Histograms.of(columns, codes, path=path)


@every_state
@drawn
@given(answers=counted())
def test_both_paths_give_the_same_counts(state, answers):
    columns, codes = answers

    assert state.of(columns, codes, path="numba") == state.of(columns, codes, path="numpy")

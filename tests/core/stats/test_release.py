"""The release gate against an attacker who solves the linear system of what was released."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fivegaps.stats.release import SMALL_CELL, Gate


def determined(released, people, k):
    """Return a set of fewer than k people whose answers the attacker knows a combination of.

    Brute force: rows are indicators over people; a set T is exposed when some
    combination of the rows is zero outside T but not inside.
    """
    if not released:
        return None
    rows = np.array([[float(p in group) for p in people] for group in released])
    rank = np.linalg.matrix_rank(rows)
    for size in range(1, k):
        for chosen in combinations(range(len(people)), size):
            outside = np.delete(rows, chosen, axis=1)
            if np.linalg.matrix_rank(outside) < rank:
                return {people[at] for at in chosen}
    return None


def test_a_group_under_the_minimum_is_withheld():
    decided = Gate(5).release("fear", {"a": range(5), "b": range(10, 14)})

    assert decided == {"a": None, "b": SMALL_CELL}


def test_the_complement_of_a_small_group_is_withheld_too():
    groups = {"whole": range(13), "a": range(10), "b": range(10, 13)}

    decided = Gate(5).release("fear", groups)

    assert decided == {"whole": None, "a": SMALL_CELL, "b": SMALL_CELL}


def test_overlapping_groups_that_single_out_one_person_are_withheld():
    gate = Gate(5)
    gate.release("fear", {"spring": range(20)})

    later = gate.release("fear", {"summer": range(1, 20)})

    assert later == {"summer": SMALL_CELL}


def test_the_same_group_may_be_shown_again():
    gate = Gate(5)
    gate.release("fear", {"unit": range(8)})

    assert gate.release("fear", {"unit": range(8)}) == {"unit": None}


def test_five_people_more_may_be_shown_again():
    gate = Gate(5)
    gate.release("fear", {"unit": range(8)})

    assert gate.release("fear", {"unit": range(13)}) == {"unit": None}


def test_three_releases_that_determine_a_cell_together_are_not_all_made():
    """a + b, b + c and a + c give each of a, b, c, though no two of them differ by few people."""
    groups = {"ab": [*range(12)], "bc": [*range(6, 15)], "ac": [*range(6), *range(12, 15)]}

    decided = Gate(5).release("fear", groups)

    assert list(decided.values()).count(None) == 2


def test_questions_have_memories_of_their_own():
    gate = Gate(5)
    gate.release("fear", {"spring": range(20)})

    assert gate.release("teamwork", {"summer": range(1, 20)}) == {"summer": None}


def test_people_of_one_mind_are_not_shown_unless_they_were_told():
    groups, answers = {"unit": range(6)}, {"unit": [7.0] * 6}

    assert Gate(5).release("fear", groups, answers) == {"unit": SMALL_CELL}
    assert Gate(5, unanimous=True).release("fear", groups, answers) == {"unit": None}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 11), min_size=1, max_size=12, unique=True), min_size=1, max_size=7
    ),
    st.integers(2, 4),
)
def test_no_attacker_learns_of_fewer_than_k_people(groups, k):
    gate = Gate(k)
    released = []
    for place, group in enumerate(groups):
        decided = gate.release("q", {str(place): group})
        if decided[str(place)] is None:
            released.append(set(group))

    assert determined(released, list(range(12)), k) is None


@pytest.mark.parametrize("seed", range(5))
def test_a_tree_of_units_keeps_its_totals_and_hides_small_leaves(seed):
    random = np.random.default_rng(seed)
    sizes = random.integers(1, 12, 9)
    bounds = np.concatenate([[0], np.cumsum(sizes)])
    leaves = {f"leaf{i}": range(bounds[i], bounds[i + 1]) for i in range(9)}
    regions = {f"region{i}": range(bounds[3 * i], bounds[3 * i + 3]) for i in range(3)}

    decided = Gate(5).release("q", {"whole": range(bounds[-1]), **regions, **leaves})

    assert decided["whole"] is None
    assert all(decided[name] for name, ids in leaves.items() if len(ids) < 5)

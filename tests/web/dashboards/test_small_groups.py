"""Which groups are shown: known cases by hand, and subtraction tried by brute force."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.web.dashboards.small_groups import (
    FEWEST,
    WHOLE,
    WITHOUT_UNIT,
    Group,
    shown_groups,
)

# north (1) over riga (2) and tartu (3); south (4) over vilnius (5).
PATHS = {1: "/1/", 2: "/1/2/", 3: "/1/3/", 4: "/4/", 5: "/4/5/"}


def units(groups: frozenset[Group]) -> set[int]:
    return {group.unit for group in groups if group.below and group != WHOLE}


def test_group_of_four_is_hidden_and_with_it_whom_it_could_be_subtracted_from() -> None:
    """north − riga would be tartu, and the whole − riga as well."""
    assert units(shown_groups(PATHS, {2: 9, 3: 4})) == {1}


def test_region_with_one_large_unit_is_hidden_instead_of_the_unit() -> None:
    """north − riga would be tartu; riga tells nearly what north would, and has its manager."""
    assert units(shown_groups(PATHS, {2: 60, 3: 3, 5: 40, 0: 8})) == {2, 4, 5}


def test_smallest_unit_of_several_is_hidden() -> None:
    paths = PATHS | {6: "/1/6/"}

    assert units(shown_groups(paths, {2: 60, 3: 3, 6: 20})) == {1, 2}


def test_two_large_units_are_both_shown() -> None:
    assert units(shown_groups(PATHS, {2: 9, 3: 5})) == {1, 2, 3}


def test_few_answers_without_unit_are_not_told_by_the_rest() -> None:
    shown = shown_groups(PATHS, {2: 9, 5: 6, 0: 1})

    assert WHOLE in shown
    assert WITHOUT_UNIT not in shown
    assert units(shown) == {1, 2}


def test_four_answers_in_all_show_nothing() -> None:
    assert shown_groups(PATHS, {2: 4}) == frozenset()


def test_nothing_answered_shows_nothing() -> None:
    assert shown_groups(PATHS, {}) == frozenset()


def members(group: Group, answered: dict[int, int]) -> frozenset[int]:
    """The units whose answers a group holds."""
    if group == WHOLE:
        return frozenset(answered)
    if not group.below:
        return frozenset({group.unit})
    return frozenset(unit for unit in answered if f"/{group.unit}/" in PATHS.get(unit, ""))


@given(st.dictionaries(st.sampled_from([0, *PATHS]), st.integers(1, 12)))
def test_no_difference_of_shown_groups_holds_few_people(answered: dict[int, int]) -> None:
    """Every figure minus every set of disjoint figures inside it: none of one to four people."""
    shown = sorted(shown_groups(PATHS, answered))
    holds = {group: members(group, answered) for group in shown}

    for group in shown:
        inside = [one for one in shown if one != group and holds[one] <= holds[group]]
        for size in range(len(inside) + 1):
            for parts in combinations(inside, size):
                left = holds[group]
                for part in parts:
                    left -= holds[part]
                n = sum(answered[unit] for unit in left)
                assert n == 0 or n >= FEWEST


@pytest.mark.parametrize("n", [5, 6, 100])
def test_single_unit_is_shown_as_the_whole_is(n: int) -> None:
    assert shown_groups(PATHS, {2: n}) == {
        WHOLE,
        Group(1),
        Group(2),
        Group(2, below=False),
    }

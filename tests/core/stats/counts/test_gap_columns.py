"""Gaps as columns of their own."""

import numpy as np
import pytest

from fivegaps.stats.counts import Columns, Gaps

SOURCE = Columns(("expectation.a", "expectation.b", "perception.a", "perception.c"), (7, 7, 7, 7))


def test_gaps_are_between_items_that_have_both():
    gaps = Gaps.between(SOURCE)

    assert gaps.wanted == (("gap.a", "expectation.a", "perception.a"),)
    assert gaps.columns == Columns(("gap.a",), (13,))
    assert gaps.all_columns.names == (*SOURCE.names, "gap.a")


@pytest.mark.parametrize("path", ["numba", "numpy"])
def test_a_gap_is_perception_less_expectation_plus_levels(path):
    expected = np.array([7, 1, 4, 0, 5, 0], dtype=np.uint8)
    perceived = np.array([1, 7, 4, 5, 0, 0], dtype=np.uint8)
    codes = np.stack([expected, expected, perceived, perceived])

    found = Gaps.between(SOURCE).codes(codes, path=path)

    assert found.tolist() == [[1, 13, 7, 0, 0, 0]]


@pytest.mark.parametrize("path", ["numba", "numpy"])
def test_gaps_of_a_scale_of_101_points_fit_a_byte(path):
    columns = Columns(("expectation.a", "perception.a"), (101, 101))
    codes = np.array([[101, 1], [1, 101]], dtype=np.uint8)

    found = Gaps.between(columns).appended(codes, path=path)

    assert found[2].tolist() == [1, 201]


@pytest.mark.parametrize(("levels", "why"), [((7, 5), "different lengths"), ((200, 200), "254")])
def test_gaps_that_cannot_be_coded_are_refused(levels, why):
    with pytest.raises(ValueError, match=why):
        Gaps(Columns(("e", "p"), levels), (("gap", "e", "p"),))

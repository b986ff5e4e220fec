"""What columns and codes may be."""

import numpy as np
import pytest

from fivegaps.errors import FivegapsError
from fivegaps.stats.counts import CodesOffScale, Columns, ColumnsDiffer, Moments, Tables


def test_a_code_above_the_scale_is_refused():
    columns = Columns(("a", "b"), (7, 5))
    codes = np.array([[7, 1], [5, 6]], dtype=np.uint8)

    with pytest.raises(CodesOffScale, match=r"column 'b' has 5 levels, found code 6"):
        Tables.of(columns, codes)


def test_codes_of_another_shape_are_refused():
    columns = Columns(("a", "b"), (7, 5))

    with pytest.raises(CodesOffScale, match=r"uint8 codes \(2, n\)"):
        Moments.of(columns, np.zeros((3, 9), dtype=np.uint8))


def test_counts_of_other_columns_cannot_be_added():
    left = Tables.empty(Columns(("a",), (7,)))
    right = Tables.empty(Columns(("a",), (5,)))

    with pytest.raises(ColumnsDiffer) as refused:
        left + right

    assert isinstance(refused.value, FivegapsError)


@pytest.mark.parametrize(
    ("names", "levels", "why"),
    [
        (("a", "a"), (7, 7), "same name"),
        (("a",), (7, 7), "1 names for 2 scales"),
        (("a",), (0,), "1 to 254 points"),
        (("a",), (255,), "1 to 254 points"),
    ],
)
def test_columns_that_cannot_be_counted_are_refused(names, levels, why):
    with pytest.raises(ValueError, match=why):
        Columns(names, levels)


def test_an_unknown_column_is_a_key_error():
    columns = Columns(("a",), (7,))

    with pytest.raises(KeyError, match="b"):
        columns.place("b")


def test_counts_are_not_equal_to_other_things():
    columns = Columns(("a",), (7,))

    assert Tables.empty(columns) != Moments.empty(columns)
    assert Moments.empty(columns) != Moments.empty(Columns(("b",), (7,)))

import numpy as np
import pytest

from fivegaps.scoring.kano import TABLE, kano, kano_element


def _counts(**letters: int) -> np.ndarray:
    """Put each category's answers into the first cell of Kano's table that has its letter."""
    counts = np.zeros((5, 5), dtype=np.int64)
    for letter, count in letters.items():
        row = next(row for row in range(5) if letter in TABLE[row])
        counts[row, TABLE[row].index(letter)] = count
    return counts


@pytest.mark.parametrize(
    ("functional", "dysfunctional", "category"),
    [(1, 5, "O"), (1, 3, "A"), (3, 5, "M"), (3, 3, "I"), (5, 1, "R"), (1, 1, "Q"), (2, 2, "I")],
)
def test_a_pair_of_answers_has_the_category_of_the_table(functional, dysfunctional, category):
    counts = np.zeros((5, 5), dtype=np.int64)
    counts[functional - 1, dysfunctional - 1] = 1

    assert kano_element(counts).category == category


@pytest.mark.parametrize(
    ("letters", "category"),
    [
        ({"A": 5, "O": 5, "M": 5, "I": 5}, "M"),
        ({"A": 5, "O": 5, "I": 5}, "O"),
        ({"A": 5, "I": 5}, "A"),
        ({"I": 5, "R": 5, "Q": 5}, "I"),
    ],
)
def test_ties_go_to_m_then_o_a_and_i(letters, category):
    assert kano_element(_counts(**letters)).category == category


def test_z_compares_the_two_commonest_categories():
    assert kano_element(_counts(M=87, O=51, A=39)).z == pytest.approx(36 / np.sqrt(138))


def test_better_and_worse_leave_out_reverse_and_questionable():
    element = kano_element(_counts(A=10, O=20, M=30, I=40, R=50, Q=5))

    assert element.better.value == pytest.approx(0.3)
    assert element.worse.value == pytest.approx(-0.5)
    assert (element.better.n, element.n) == (100, 155)


def test_worse_has_its_interval_below_zero_and_in_order():
    worse = kano_element(_counts(A=10, O=20, M=30, I=40)).worse

    assert -1 <= worse.low < worse.value < worse.high <= 0


def test_a_feature_that_nobody_rated_has_no_category():
    element = kano_element(np.zeros((5, 5)))

    assert (element.category, element.reason, element.better.reason) == (None, "too_few", "too_few")


def test_only_reverse_answers_have_a_category_but_no_better():
    element = kano_element(_counts(R=12))

    assert (element.category, element.better.value, element.worse.reason) == ("R", None, "too_few")


def test_a_table_of_another_size_is_a_mistake():
    with pytest.raises(ValueError, match="5 × 5"):
        kano_element(np.zeros((7, 7)))


def test_features_keep_their_order():
    assert list(kano({"b": _counts(A=1), "a": _counts(M=1)})) == ["b", "a"]

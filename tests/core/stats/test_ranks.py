import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from fivegaps.stats.ranks import signed_rank

DIFFERENCES = st.lists(st.integers(-6, 6), min_size=1, max_size=60)


@given(DIFFERENCES.filter(any))
def test_signed_ranks_equal_those_of_scipy(differences):
    values, counts = np.unique(differences, return_counts=True)

    test = signed_rank(values, counts)

    nonzero = [value for value in differences if value]
    ranks = stats.rankdata(np.abs(nonzero))
    assert test.v == ranks[np.array(nonzero) > 0].sum()
    assert test.n_nonzero == len(nonzero)


def test_p_equals_that_of_scipy_with_ties_and_continuity():
    differences = [1, 1, -2, 3, 4, -1, 0, 5, 5]
    values, counts = np.unique(differences, return_counts=True)

    test = signed_rank(values, counts)

    known = stats.wilcoxon(differences, correction=True, method="asymptotic")
    assert test.p == pytest.approx(known.pvalue, rel=1e-12)


def test_the_same_value_may_come_in_parts():
    assert signed_rank([1, 1, -2], [1, 1, 1]) == signed_rank([1, -2], [2, 1])


def test_all_zero_differences_have_no_test():
    test = signed_rank([0], [12])

    assert (test.v, test.p, test.reason) == (None, None, "constant")


def test_no_differences_have_no_test():
    assert signed_rank([], []).reason == "too_few"
    assert signed_rank([1, 2], [0, 0]).reason == "too_few"


def test_a_single_difference_proves_nothing():
    test = signed_rank([3], [1])

    assert (test.v, test.p, test.rank_biserial) == (1, 1.0, 1.0)


def test_rank_biserial_turns_its_sign_with_the_differences():
    values, counts = np.array([-3, -1, 2]), np.array([4, 2, 3])

    turned = signed_rank(-values, counts).rank_biserial

    assert turned == pytest.approx(-signed_rank(values, counts).rank_biserial)


def test_balanced_differences_have_a_p_of_1():
    test = signed_rank([-1, 1], [50, 50])

    assert (test.p, test.rank_biserial) == (1.0, 0.0)


def test_a_billion_answers_do_not_overflow():
    test = signed_rank([-1, 1], [500_000_000, 500_100_000])

    n = 1_000_100_000
    assert test.v == 500_100_000 * (n + 1) / 2
    assert test.p == pytest.approx(2 * stats.norm.sf(100_000 / np.sqrt(n)), rel=1e-3)

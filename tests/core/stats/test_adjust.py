import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.stats.adjust import adjusted, benjamini_hochberg, holm
from fivegaps.stats.estimate import GapEstimate

PROBABILITIES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_holm_keeps_the_order_given():
    assert holm([0.04, 0.01, 0.03]) == pytest.approx([0.06, 0.03, 0.06])


def test_benjamini_hochberg_keeps_the_order_given():
    assert benjamini_hochberg([0.04, 0.01, 0.03]) == pytest.approx([0.04, 0.03, 0.04])


@pytest.mark.parametrize("rule", [holm, benjamini_hochberg])
def test_a_test_that_could_not_be_made_is_not_counted(rule):
    with_gaps = rule([None, 0.01, float("nan"), 0.03])

    assert np.isnan(with_gaps[[0, 2]]).all()
    assert with_gaps[[1, 3]] == pytest.approx(rule([0.01, 0.03]))


@pytest.mark.parametrize("rule", [holm, benjamini_hochberg])
def test_no_tests_give_no_figures(rule):
    assert rule([]).size == 0
    assert np.isnan(rule([None, None])).all()


@given(PROBABILITIES)
def test_adjustment_never_lowers_p_nor_passes_1(p):
    for rule in (holm, benjamini_hochberg):
        after = rule(p)
        assert (after >= np.array(p) - 1e-15).all()
        assert (after <= 1).all()


@given(PROBABILITIES)
def test_benjamini_hochberg_is_never_stricter_than_holm(p):
    assert (benjamini_hochberg(p) <= holm(p) + 1e-15).all()


@given(PROBABILITIES)
def test_a_larger_p_never_ends_below_a_smaller_one(p):
    order = np.argsort(p)

    for rule in (holm, benjamini_hochberg):
        assert (np.diff(rule(p)[order]) >= -1e-15).all()


def test_estimates_get_their_adjusted_p_and_keep_their_order():
    estimates = {
        "b": GapEstimate(1.0, 0.5, 1.5, 10, "m", p=0.02),
        "a": GapEstimate.cannot("too_few"),
        "c": GapEstimate(1.0, 0.5, 1.5, 10, "m", p=0.01),
    }

    after = adjusted(estimates, holm)

    assert list(after) == ["b", "a", "c"]
    assert after["b"].p_adjusted == pytest.approx(0.02)
    assert after["a"].p_adjusted is None
    assert after["c"].p_adjusted == pytest.approx(0.02)

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fivegaps.errors import CannotCompute, OptionRefused
from fivegaps.stats.weights import Margin, check_weights, kish_deff, rake

CELLS = {("phone", "old"): 30, ("phone", "young"): 10, ("web", "old"): 20, ("web", "young"): 40}
CHANNEL = Margin("channel", {"phone": 0.5, "web": 0.5})
AGE = Margin("age", {"old": 0.4, "young": 0.6})


def _weighted(raking, axis, value):
    return sum(
        weight * CELLS[cell] for cell, weight in raking.by_cell().items() if cell[axis] == value
    )


def test_raked_answers_agree_with_every_margin():
    raking = rake(CELLS, [CHANNEL, AGE])

    assert _weighted(raking, 0, "phone") == pytest.approx(50)
    assert _weighted(raking, 1, "young") == pytest.approx(60)


def test_shares_give_weights_that_add_up_to_n():
    raking = rake(CELLS, [CHANNEL, AGE])

    assert raking.weights @ raking.counts == pytest.approx(100)


def test_counts_give_weights_that_add_up_to_the_population():
    raking = rake(CELLS, [Margin("channel", {"phone": 4000, "web": 6000})])

    assert raking.weights @ raking.counts == pytest.approx(10_000)


def test_counts_beside_shares_give_weights_that_add_up_to_n():
    raking = rake(CELLS, [Margin("channel", {"phone": 4000, "web": 6000}), AGE])

    assert raking.weights @ raking.counts == pytest.approx(100)


@pytest.mark.parametrize("scale", [1, 100])
def test_percentages_are_shares(scale):
    margin = Margin("channel", {"phone": 0.3 * scale, "web": 0.7 * scale})

    assert rake(CELLS, [margin]).weights @ rake(CELLS, [margin]).counts == pytest.approx(100)


def test_margins_of_the_sample_itself_change_nothing():
    raking = rake(CELLS, [Margin("channel", {"phone": 40, "web": 60})])

    assert raking.weights == pytest.approx(np.ones(4))
    assert raking.deff == pytest.approx(1)
    assert (raking.n, raking.n_effective) == (100, pytest.approx(100))


def test_a_margin_of_one_category_changes_nothing():
    raking = rake({("here",): 25}, [Margin("place", {"here": 1})])

    assert raking.by_cell() == {("here",): pytest.approx(1.0)}


def test_the_order_of_the_margins_does_not_matter():
    turned = {(age, channel): count for (channel, age), count in CELLS.items()}

    one, other = rake(CELLS, [CHANNEL, AGE]), rake(turned, [AGE, CHANNEL])

    for (channel, age), weight in one.by_cell().items():
        assert other.by_cell()[age, channel] == pytest.approx(weight, rel=1e-6)


@given(st.lists(st.integers(1, 50), min_size=6, max_size=6), st.floats(0.1, 0.9))
def test_raking_never_gives_a_negative_weight_nor_a_deff_below_1(counts, share):
    cells = {
        (row, column): counts[2 * row_place + column_place]
        for row_place, row in enumerate("abc")
        for column_place, column in enumerate("xy")
    }
    margins = [
        Margin("letter", {"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}),
        Margin("end", {"x": share, "y": 1 - share}),
    ]

    raking = rake(cells, margins)

    assert (raking.weights > 0).all()
    assert raking.deff >= 1 - 1e-9


def test_cells_without_answers_are_left_out():
    raking = rake({**CELLS, ("fax", "old"): 0}, [CHANNEL, AGE])

    assert ("fax", "old") not in raking.by_cell()


def test_answers_without_a_value_keep_their_share_of_the_sample():
    cells = {("phone",): 30, ("web",): 60, ("",): 10}

    raking = rake(cells, [Margin("channel", {"phone": 0.5, "web": 0.5})])

    weights = raking.by_cell()
    assert weights["",] == pytest.approx(1)
    assert weights["phone",] * 30 == pytest.approx(45)
    assert raking.unknown == {"channel": 10}


def test_trimming_cuts_weights_and_keeps_the_margins():
    cells = {("a", "x"): 2, ("a", "y"): 40, ("b", "x"): 100, ("b", "y"): 58}
    margins = [Margin("m", {"a": 0.5, "b": 0.5}), Margin("k", {"x": 0.5, "y": 0.5})]

    whole, trimmed = rake(cells, margins), rake(cells, margins, trim=2)

    assert trimmed.trimmed > 0
    assert whole.trimmed == 0
    totals = trimmed.weights * trimmed.counts
    assert totals[0] + totals[1] == pytest.approx(100)


def test_a_weight_that_one_margin_forces_is_not_trimmed():
    cells = {("rare",): 1, ("usual",): 99}
    margins = [Margin("kind", {"rare": 0.5, "usual": 0.5})]

    raking = rake(cells, margins, trim=5)

    assert raking.by_cell()["rare",] == pytest.approx(50)
    assert raking.trimmed == 0


def test_trimming_that_cuts_nothing_changes_nothing():
    assert rake(CELLS, [CHANNEL], trim=50).by_cell() == rake(CELLS, [CHANNEL]).by_cell()


@pytest.mark.parametrize(
    ("margins", "message"),
    [
        ([Margin("channel", {"phone": 0.5, "web": 0.3, "fax": 0.2})], "nobody answered for 'fax'"),
        ([Margin("channel", {"phone": 1.0})], "answers have 'web'"),
        ([Margin("channel", {"phone": -0.5, "web": 1.5})], "above 0"),
        ([Margin("channel", {"phone": 0.0, "web": 1.0})], "above 0"),
        ([Margin("channel", {"phone": float("nan"), "web": 1.0})], "above 0"),
        ([Margin("channel", {})], "none given"),
        ([Margin("channel", {"phone": 0.4, "web": 0.4})], "add up to 0.8"),
        ([], "no margin"),
    ],
)
def test_a_margin_that_does_not_fit_is_refused(margins, message):
    cells = {("phone",): 40, ("web",): 60}

    with pytest.raises(OptionRefused, match=message):
        rake(cells, margins)


def test_counts_of_different_populations_are_refused():
    margins = [
        Margin("channel", {"phone": 4000, "web": 6000}),
        Margin("age", {"old": 400, "young": 600}),
    ]

    with pytest.raises(OptionRefused, match="different populations: channel 10000, age 1000"):
        rake(CELLS, margins)


def test_margins_that_contradict_the_answers_do_not_converge():
    cells = {("a", "x"): 10, ("b", "y"): 10}
    margins = [Margin("m", {"a": 0.9, "b": 0.1}), Margin("k", {"x": 0.1, "y": 0.9})]

    with pytest.raises(CannotCompute, match="not_converged"):
        rake(cells, margins)


def test_no_answers_cannot_be_weighted():
    with pytest.raises(CannotCompute, match="too_few"):
        rake({}, [CHANNEL])


def test_trimming_below_the_median_is_refused():
    with pytest.raises(OptionRefused, match="above 1"):
        rake(CELLS, [CHANNEL], trim=0.5)


def test_equal_weights_cost_nothing():
    assert kish_deff(50, 150.0, 450.0) == pytest.approx(1)


def test_weights_of_nothing_have_no_design_effect():
    with pytest.raises(CannotCompute):
        kish_deff(0, 0.0, 0.0)


@pytest.mark.parametrize("wrong", [-1.0, float("nan"), float("inf")])
def test_a_weight_that_is_negative_or_no_number_is_refused(wrong):
    with pytest.raises(OptionRefused, match="'w' has 1 weights"):
        check_weights(np.array([1.0, wrong, 2.0]), "w")


def test_weights_that_are_all_zero_are_refused():
    with pytest.raises(OptionRefused, match="is 0"):
        check_weights(np.zeros(3), "w")


def test_some_weights_may_be_zero():
    check_weights(np.array([0.0, 1.0]), "w")
    check_weights(np.array([]), "w")

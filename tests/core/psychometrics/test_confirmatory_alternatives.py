"""Other structures beside the instrument's dimensions."""

from __future__ import annotations

import pytest
from factor_answers import fitted, made_answers

from fivegaps.psychometrics.alternatives import alternatives

THREE = (4, 4, 4)


def test_one_factor_has_as_many_degrees_more_as_correlations_fall_away() -> None:
    likelihood, confirmation = fitted(made_answers(300, THREE), THREE)

    other = alternatives(confirmation)

    assert (likelihood.df, other.one_factor.df) == (51, 54)


def test_three_dimensions_fit_a_higher_order_factor_exactly_as_well() -> None:
    likelihood, confirmation = fitted(made_answers(300, THREE), THREE)

    other = alternatives(confirmation)

    assert other.higher_order.chi2 == pytest.approx(likelihood.chi2, rel=1e-7)
    assert other.higher_order.df == likelihood.df


def test_a_higher_order_factor_of_five_dimensions_saves_five_parameters() -> None:
    sizes = (4, 4, 4, 4, 4)
    likelihood, confirmation = fitted(made_answers(600, sizes), sizes)

    other = alternatives(confirmation)

    assert likelihood.df is not None
    assert other.higher_order.df == likelihood.df + 5
    assert other.higher_order.cfi == pytest.approx(likelihood.cfi or 0, abs=0.01)


def test_two_dimensions_allow_no_higher_order_factor() -> None:
    _, confirmation = fitted(made_answers(300, (4, 4)), (4, 4))

    other = alternatives(confirmation)

    assert other.higher_order.reason == "too_few_factors"
    assert other.merged == other.one_factor


def test_one_dimension_has_no_alternatives() -> None:
    _, confirmation = fitted(made_answers(300, (4,)), (4,))

    other = alternatives(confirmation)

    assert (other.one_factor.reason, other.merged.reason) == ("one_dimension", "one_dimension")


def test_the_closest_pair_is_merged_where_all_can_be_told_apart() -> None:
    answers = made_answers(2000, THREE, correlation=0.3)
    answers[:, 4:8] += 0.5 * answers[:, :4]
    _, confirmation = fitted(answers, THREE)

    other = alternatives(confirmation)

    assert other.merged_factors == (("a", "b"),)


def test_all_inseparable_dimensions_are_merged() -> None:
    answers = made_answers(300, THREE, correlation=1.0)
    _, confirmation = fitted(answers, THREE)

    other = alternatives(confirmation)

    assert other.merged_factors == (("a", "b", "c"),)
    assert other.merged.chi2 == pytest.approx(other.one_factor.chi2, rel=1e-8)


def test_a_matrix_that_allows_no_model_allows_no_alternatives() -> None:
    answers = made_answers(300, THREE)
    answers[:, 5] = answers[:, 4]
    _, confirmation = fitted(answers, THREE)

    other = alternatives(confirmation)

    reasons = {fit.reason for fit in (other.one_factor, other.higher_order, other.merged)}
    assert reasons == {"not_positive_definite"}

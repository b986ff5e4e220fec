"""What goes wrong is found and said, and nothing escapes as an exception."""

from __future__ import annotations

import numpy as np
import pytest
from factor_answers import Values, made_answers, outcome

THREE = (4, 4, 4)


def answers_where(trouble: str) -> tuple[Values, tuple[int, ...]]:
    """Return the answers of a trouble, and the sizes of the dimensions."""
    answers = made_answers(300, THREE)
    generator = np.random.default_rng(7)
    if trouble == "constant item":
        answers[:, 2] = 3.0
    elif trouble == "constant dimension":
        answers[:, :4] = 3.0
    elif trouble == "item without answers":
        answers[:, 2] = np.nan
    elif trouble == "doubled item":
        answers[:, 5] = answers[:, 4]
    elif trouble == "all items the same":
        answers = np.repeat(answers[:, :1], 12, axis=1)
    elif trouble == "noise":
        answers = generator.normal(size=(30, 12))
    elif trouble == "nothing varies":
        answers = np.full((300, 12), 4.0)
    elif trouble.startswith("n "):
        answers = answers[: int(trouble[2:])]
    elif trouble.startswith("sizes "):
        sizes = tuple(int(part) for part in trouble[6:].split())
        return made_answers(300, sizes), sizes
    return answers, THREE


@pytest.mark.parametrize(
    ("trouble", "code", "verdict"),
    [
        ("constant item", "constant_item", "acceptable"),
        ("constant dimension", "dimension_without_items", "acceptable"),
        ("item without answers", "constant_item", "acceptable"),
        ("doubled item", "matrix_not_positive_definite", "cannot_tell"),
        ("all items the same", "matrix_not_positive_definite", "cannot_tell"),
        ("noise", "not_converged", "cannot_tell"),
        ("nothing varies", "dimension_without_items", "cannot_tell"),
        ("n 1", "too_few", "cannot_tell"),
        ("n 5", "too_few", "cannot_tell"),
        ("n 13", "too_few", "cannot_tell"),
        ("n 60", "too_few", "cannot_tell"),
        ("sizes 1", "no_degrees_of_freedom", "cannot_tell"),
        ("sizes 2", "not_identified", "cannot_tell"),
        ("sizes 3", "no_degrees_of_freedom", "cannot_tell"),
        ("sizes 1 1", "no_degrees_of_freedom", "cannot_tell"),
        ("sizes 1 1 1", "no_degrees_of_freedom", "cannot_tell"),
        ("sizes 1 2", "no_degrees_of_freedom", "cannot_tell"),
        ("sizes 1 4 4", "single_item_dimension", "acceptable"),
    ],
)
def test_trouble_is_a_finding(trouble: str, code: str, verdict: str) -> None:
    answers, sizes = answers_where(trouble)

    found = outcome(answers, sizes)

    assert code in found.codes
    assert found.verdict == verdict


@pytest.mark.parametrize("sizes", [(4,), (2, 2), (2, 3), (2, 4, 5)])
def test_small_instruments_that_can_be_tested_are(sizes: tuple[int, ...]) -> None:
    found = outcome(made_answers(500, sizes, seed=3), sizes)

    assert found.verdict == "confirmed"


def test_a_doubled_item_is_named_with_its_double() -> None:
    answers, sizes = answers_where("doubled item")

    found = outcome(answers, sizes)

    assert found.about("matrix_not_positive_definite") == [("b1", "b2")]
    assert (found.likelihood.reason, found.likelihood.chi2) == ("not_positive_definite", None)


def test_a_model_that_did_not_converge_shows_no_fit() -> None:
    answers, sizes = answers_where("noise")

    found = outcome(answers, sizes)

    assert not found.likelihood.converged
    assert (found.likelihood.chi2, found.likelihood.cfi) == (None, None)
    assert found.likelihood.reason == "not_converged"


def test_a_negative_residual_variance_is_a_heywood_case() -> None:
    answers = made_answers(300, (3, 3), correlation=0.3, seed=1)
    noise = np.random.default_rng(5).normal(size=300)
    answers[:, 0] = 3 * answers[:, 1] + 3 * answers[:, 2] + 0.3 * noise

    found = outcome(answers, (3, 3))

    assert found.likelihood.converged
    assert found.about("heywood") == [("a1",)]
    assert found.verdict == "not_confirmed"


def test_dimensions_that_are_one_are_inseparable() -> None:
    answers = made_answers(300, THREE, correlation=1.0)

    found = outcome(answers, THREE)

    assert ("a", "b") in found.about("inseparable_factors")
    assert ("one_factor",) in found.about("fewer_factors_fit_as_well")
    assert found.verdict == "not_confirmed"


def test_inseparable_dimensions_are_not_confirmed_however_many_answers() -> None:
    answers = made_answers(20_000, THREE, correlation=0.97)

    found = outcome(answers, THREE)

    assert found.likelihood.cfi == pytest.approx(1, abs=0.005)
    assert found.verdict == "not_confirmed"


def test_correlations_beyond_one_leave_no_latent_covariance() -> None:
    answers = made_answers(300, THREE, correlation=1.0)

    found = outcome(answers, THREE)

    assert found.about("latent_not_positive_definite") == [("a", "b", "c")]


def test_an_item_that_was_not_recoded_is_found() -> None:
    answers = made_answers(300, (4, 4))
    answers[:, 1] = 8 - answers[:, 1]

    found = outcome(answers, (4, 4))

    assert found.about("negative_loading") == [("a2",)]
    assert found.verdict == "not_confirmed"


def test_an_item_of_another_matter_is_found() -> None:
    answers = made_answers(300, (4, 4))
    answers[:, 0] = np.random.default_rng(9).normal(size=300)

    found = outcome(answers, (4, 4))

    assert found.about("weak_loading") == [("a1",)]
    assert found.verdict == "acceptable"


def test_items_under_the_wrong_dimension_fit_poorly() -> None:
    answers = made_answers(600, (4, 4), correlation=0.2)

    found = outcome(answers[:, [0, 4, 1, 5, 2, 6, 3, 7]], (4, 4))

    assert "poor_fit" in found.codes
    assert found.verdict == "not_confirmed"

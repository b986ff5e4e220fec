"""The model of the dimensions on answers of known structure: laws and recovery."""

from __future__ import annotations

import numpy as np
import pytest
from factor_answers import fitted, made_answers, named, outcome

from fivegaps.psychometrics.confirmatory import confirm

SIZES = (4, 3, 5)


def test_true_dimensions_are_confirmed() -> None:
    answers = made_answers(600, SIZES)

    found = outcome(answers, SIZES)

    assert (found.verdict, found.codes) == ("confirmed", [])


def test_true_loadings_and_correlations_lie_in_their_intervals() -> None:
    answers = made_answers(5000, SIZES, correlation=0.5, loading=0.7)

    likelihood, _ = fitted(answers, SIZES)

    far = [
        abs(one.standardised - 0.7) / (one.standardised_se or 0)
        for one in likelihood.loadings.values()
    ]
    assert max(far) < 4
    for estimate in likelihood.factor_correlations.values():
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < 0.5 < estimate.high


def test_standardised_figures_ignore_the_units_of_items() -> None:
    answers = made_answers(300, SIZES)
    units = np.logspace(-3, 3, answers.shape[1])

    likelihood, _ = fitted(answers, SIZES)
    rescaled, _ = fitted(answers * units, SIZES)

    assert rescaled.chi2 == pytest.approx(likelihood.chi2, rel=1e-8)
    assert [one.standardised for one in rescaled.loadings.values()] == pytest.approx(
        [one.standardised for one in likelihood.loadings.values()], rel=1e-7
    )
    assert [one.standardised_se for one in rescaled.loadings.values()] == pytest.approx(
        [one.standardised_se for one in likelihood.loadings.values()], rel=1e-6
    )


def test_figures_ignore_the_order_of_items_in_the_matrix() -> None:
    answers = made_answers(300, SIZES)
    dimensions = named(SIZES)
    items = [item for members in dimensions.values() for item in members]
    order = np.random.default_rng(1).permutation(len(items))
    covariance = np.cov(answers.T, bias=True)

    straight, _ = confirm(covariance, 300, items=items, dimensions=dimensions)
    mixed, _ = confirm(
        covariance[np.ix_(order, order)],
        300,
        items=[items[position] for position in order],
        dimensions=dimensions,
    )

    assert mixed == straight


def test_items_of_no_dimension_are_left_out() -> None:
    answers = made_answers(300, (4, 3))
    items = ["a1", "a2", "a3", "a4", "x1", "x2", "x3"]

    likelihood, confirmation = confirm(
        np.cov(answers.T, bias=True), 300, items=items, dimensions={"a": items[:4]}
    )

    assert confirmation.items == ("a1", "a2", "a3", "a4")
    assert likelihood.df == 2


def test_the_first_item_is_the_unit_of_its_dimension() -> None:
    likelihood, _ = fitted(made_answers(300, SIZES), SIZES)

    units = [likelihood.loadings[item] for item in ("a1", "b1", "c1")]

    assert [(one.value, one.se) for one in units] == [(1.0, None)] * 3


def test_a_planted_cross_loading_is_the_largest_modification_index() -> None:
    answers = made_answers(2000, SIZES)
    answers[:, 0] += 0.4 * answers[:, 8]

    likelihood, _ = fitted(answers, SIZES)

    largest = likelihood.modification_indices[0]
    assert {largest.left, largest.right} & {"a1"}
    assert {largest.left, largest.right} & {"c", "c2"}
    assert largest.expected_change > 0


def test_modification_indices_are_few_and_sorted() -> None:
    answers = made_answers(5000, (6, 6), correlation=0.2)
    mixed = answers[:, [0, 6, 1, 7, 2, 8, 3, 9, 4, 10, 5, 11]]

    likelihood, _ = fitted(mixed, (6, 6))

    sizes = [one.value for one in likelihood.modification_indices]
    assert len(sizes) == 20
    assert sizes == sorted(sizes, reverse=True)


def test_robust_errors_grow_with_heavy_tails() -> None:
    answers = made_answers(4000, SIZES)
    tails = np.sqrt(np.random.default_rng(2).chisquare(5, size=(4000, 1)) / 5)

    found = outcome(4 + (answers - 4) / tails, SIZES)

    assert found.robust.scaling is not None
    assert found.robust.scaling > 1.2
    assert (found.robust.loadings["a2"].se or 0) > 1.1 * (found.likelihood.loadings["a2"].se or 0)


def test_chi_square_of_true_models_is_about_its_degrees_of_freedom() -> None:
    """Forty samples: the mean lies within four standard errors of 51."""
    drawn = [made_answers(400, (4, 4, 4), seed=seed) for seed in range(40)]

    found = [fitted(answers, (4, 4, 4))[0].chi2 or 0.0 for answers in drawn]

    assert np.mean(found) == pytest.approx(51, abs=4 * np.sqrt(2 * 51 / 40))

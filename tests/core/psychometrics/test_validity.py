"""AVE, CR, Fornell-Larcker and HTMT on answers of known structure."""

from __future__ import annotations

import numpy as np
import pytest
from factor_answers import made_answers, named, outcome

from fivegaps.psychometrics.validity import fornell_larcker, htmt, validity

SIZES = (4, 3, 1)


def test_true_validity_lies_in_its_intervals() -> None:
    """Loadings .7: AVE .49, CR of four items 7.84 / (7.84 + 2.04)."""
    found = outcome(made_answers(3000, (4, 3)), (4, 3))

    first = validity(found.confirmation, found.sums)["a"]

    for estimate, truth in ((first.ave, 0.49), (first.cr, 7.84 / 9.88)):
        assert estimate.low is not None
        assert estimate.high is not None
        assert estimate.low < truth < estimate.high
        assert "sandwich covariance" in estimate.method


def test_a_dimension_of_one_item_has_no_validity() -> None:
    found = outcome(made_answers(300, SIZES), SIZES)

    alone = validity(found.confirmation)["c"]

    assert (alone.ave.reason, alone.cr.reason) == ("too_few_items", "too_few_items")


def test_validity_without_a_model_says_why() -> None:
    answers = made_answers(300, (4, 3))
    answers[:, 1] = answers[:, 0]
    found = outcome(answers, (4, 3))

    reasons = {one.ave.reason for one in validity(found.confirmation).values()}

    assert reasons == {"not_positive_definite"}
    assert fornell_larcker(found.confirmation) == {}


def test_dimensions_far_apart_hold_fornell_and_larcker() -> None:
    found = outcome(made_answers(600, (4, 4), correlation=0.3), (4, 4))

    pair = fornell_larcker(found.confirmation)["a|b"]

    assert pair.holds
    assert pair.sqrt_ave_low == pytest.approx(0.7, abs=0.05)


def test_dimensions_too_close_do_not_hold_fornell_and_larcker() -> None:
    found = outcome(made_answers(600, (4, 4), correlation=0.9), (4, 4))

    pair = fornell_larcker(found.confirmation)["a|b"]

    assert not pair.holds


def test_htmt_of_equal_loadings_is_the_factor_correlation() -> None:
    """Loadings .7, correlation .5: between .245, within .49."""
    correlations = np.full((7, 7), 0.245)
    correlations[:4, :4] = correlations[4:, 4:] = 0.49
    np.fill_diagonal(correlations, 1.0)
    dimensions = named((4, 3))
    items = [item for members in dimensions.values() for item in members]

    found = htmt(correlations, 300, items=items, dimensions=dimensions)["a|b"]

    assert found.value == pytest.approx(0.5)
    assert (found.low, found.high) == (None, None)


def test_htmt_interval_is_made_of_the_replicates_quantiles() -> None:
    answers = made_answers(400, (4, 3))
    generator = np.random.default_rng(3)
    draws = generator.integers(0, 400, size=(200, 400))
    replicates = np.array([np.corrcoef(answers[draw].T) for draw in draws])
    dimensions = named((4, 3))
    items = [item for members in dimensions.values() for item in members]

    found = htmt(
        np.corrcoef(answers.T), 400, items=items, dimensions=dimensions, replicates=replicates
    )["a|b"]

    alone = [htmt(one, 400, items=items, dimensions=dimensions)["a|b"].value for one in replicates]
    assert (found.low, found.high) == pytest.approx(tuple(np.quantile(alone, [0.025, 0.975])))


def test_htmt_of_a_single_item_cannot_be_had() -> None:
    answers = made_answers(300, SIZES)
    dimensions = named(SIZES)
    items = [item for members in dimensions.values() for item in members]

    found = htmt(np.corrcoef(answers.T), 300, items=items, dimensions=dimensions)

    assert {pair: one.reason for pair, one in found.items()} == {
        "a|b": None,
        "a|c": "too_few_items",
        "b|c": "too_few_items",
    }

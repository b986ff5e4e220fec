"""Omega: what it is worth, and what takes its place."""

from __future__ import annotations

import numpy as np
import pytest
from factor_answers import made_answers, outcome

from fivegaps.psychometrics.omega import omega, omega_observed, omega_one_factor

TRUTH = 7.84 / 9.88


def test_true_omega_lies_in_its_interval() -> None:
    """Four items with loadings .7: 7.84 / (7.84 + 2.04)."""
    found = outcome(made_answers(3000, (4, 4)), (4, 4))

    first = omega(found.confirmation, found.sums)["a"]

    assert first.low is not None
    assert first.high is not None
    assert first.low < TRUTH < first.high


def test_intervals_hold_the_truth_as_often_as_they_say() -> None:
    """Sixty samples: at least 85 % of the 95 % intervals, by binomial bounds at 99.9 %."""
    held = 0
    for seed in range(60):
        found = outcome(made_answers(300, (4, 4), seed=seed), (4, 4))
        first = omega(found.confirmation, found.sums)["a"]
        held += (first.low or 0) < TRUTH < (first.high or 0)

    assert held >= 51


def test_two_items_alone_are_spearman_and_browns() -> None:
    answers = made_answers(300, (2,))
    correlation = float(np.corrcoef(answers.T)[0, 1])

    found = omega_one_factor(outcome(answers, (2,)).confirmation)["a"]

    assert found.value == pytest.approx(2 * correlation / (1 + correlation))
    assert "Spearman-Brown" in found.method


def test_one_item_has_no_omega() -> None:
    confirmation = outcome(made_answers(300, (1, 4)), (1, 4)).confirmation

    found = [variant(confirmation)["a"].reason for variant in (omega, omega_one_factor)]

    assert found == ["too_few_items", "too_few_items"]
    assert omega_observed(confirmation)["a"].reason == "too_few_items"


def test_a_dimension_falls_back_to_its_own_factor_and_says_so() -> None:
    answers = made_answers(300, (4, 4))
    answers[:, 1] = answers[:, 0]
    confirmation = outcome(answers, (4, 4)).confirmation

    found = omega(confirmation)

    assert found["a"].reason == "not_positive_definite"
    assert found["b"].value == omega_one_factor(confirmation)["b"].value
    assert found["b"].method.endswith("the model of all dimensions: not_positive_definite")


def test_an_improper_dimension_has_no_omega() -> None:
    answers = made_answers(300, (3, 3), correlation=0.3, seed=1)
    noise = np.random.default_rng(5).normal(size=300)
    answers[:, 0] = 3 * answers[:, 1] + 3 * answers[:, 2] + 0.3 * noise
    confirmation = outcome(answers, (3, 3)).confirmation

    found = omega(confirmation)

    assert found["a"].reason == "heywood"
    assert found["b"].value is not None

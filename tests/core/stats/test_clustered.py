"""Effects over units: CR2 against a direct computation over respondents."""

from __future__ import annotations

import numpy as np
import pytest

from fivegaps.errors import CannotCompute
from fivegaps.stats.clustered import change, difference_in_differences
from fivegaps.stats.pooling import pooled_effect
from fivegaps.stats.randomisation import randomised_difference

TREATED = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0])


def respondents(seed):
    """Rows of unit, period, answer for nine units of unequal size."""
    random = np.random.default_rng(seed)
    n = random.integers(4, 9, (9, 2))
    answers = {
        (unit, period): random.normal(random.normal(0, 0.5), 1, n[unit, period])
        for unit in range(9)
        for period in (0, 1)
    }
    return n, answers


def direct_cr2(design, outcome, cluster, contrast):
    """CR2 and Satterthwaite's df as Pustejovsky & Tipton (2018) write them, row by row."""
    inverse = np.linalg.inv(design.T @ design)
    coefficients = inverse @ design.T @ outcome
    residuals = outcome - design @ coefficients
    rest = np.eye(len(outcome)) - design @ inverse @ design.T
    meat, levers = np.zeros_like(inverse), []
    for unit in np.unique(cluster):
        own = cluster == unit
        values, vectors = np.linalg.eigh(rest[np.ix_(own, own)])
        kept = values > 1e-10
        adjustment = (vectors[:, kept] / np.sqrt(values[kept])) @ vectors[:, kept].T
        score = design[own].T @ adjustment @ residuals[own]
        meat += np.outer(score, score)
        levers.append(rest[own].T @ adjustment @ design[own] @ inverse @ contrast)
    products = np.array(levers) @ np.array(levers).T
    error = np.sqrt(contrast @ inverse @ meat @ inverse @ contrast)
    df = np.trace(products) ** 2 / np.sum(products**2)
    return contrast @ coefficients, error, df


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_difference_in_differences_is_cr2_over_respondents(seed):
    n, answers = respondents(seed)
    rows = [(u, t, TREATED[u], y) for (u, t), ys in answers.items() for y in ys]
    unit, period, arm, outcome = np.array(rows).T
    design = np.column_stack([np.ones(len(rows)), arm, period, arm * period])

    found = difference_in_differences(
        n, [[answers[u, t].mean() for t in (0, 1)] for u in range(9)], TREATED
    )

    expected = direct_cr2(design, outcome, unit, np.array([0.0, 0, 0, 1]))
    assert (found.value, found.standard_error, found.df) == pytest.approx(expected)


def test_change_without_comparison_is_cr2_over_respondents():
    n, answers = respondents(4)
    rows = [(u, t, y) for (u, t), ys in answers.items() for y in ys]
    unit, period, outcome = np.array(rows).T
    design = np.column_stack([np.ones(len(rows)), period])

    found = change(n, [[answers[u, t].mean() for t in (0, 1)] for u in range(9)])

    expected = direct_cr2(design, outcome, unit, np.array([0.0, 1]))
    assert (found.value, found.standard_error, found.df) == pytest.approx(expected)


def test_one_unit_a_side_is_refused():
    with pytest.raises(CannotCompute, match="too_few"):
        difference_in_differences([[5, 5]] * 3, [[1, 2], [1, 1], [2, 2]], [1, 0, 0])


def test_units_that_all_change_alike_are_constant():
    with pytest.raises(CannotCompute, match="constant"):
        difference_in_differences([[5, 5]] * 4, [[1, 2], [1, 2], [1, 1], [1, 1]], [1, 1, 0, 0])


def test_randomisation_p_counts_the_choices_as_large():
    """By hand: of the 20 ways to take 3 of 6 units, two give |difference| of 3 or more."""
    found = randomised_difference([4, 5, 6, 1, 2, 3], [1, 1, 1, 0, 0, 0], confidence=0.9)

    assert found.value == pytest.approx(3)
    assert (found.p, found.choices) == (0.1, 20)


def test_randomisation_interval_holds_the_effects_that_are_not_rejected():
    changes = np.array([1.0, 1.2, 0.9, *np.random.default_rng(1).normal(0, 0.2, 17)])
    arm = np.arange(20) < 3

    found = randomised_difference(changes, arm)

    just_inside = randomised_difference(changes - (found.low + 0.01) * arm, arm)
    just_outside = randomised_difference(changes - (found.low - 0.01) * arm, arm)
    assert found.low < found.value < found.high
    assert just_outside.p <= 0.05 < just_inside.p


def test_too_few_choices_show_nothing():
    with pytest.raises(CannotCompute, match="too_few"):
        randomised_difference([1, 2, 3, 4], [1, 0, 0, 0])


def test_pooled_effect_of_the_bcg_trials():
    """R metafor: rma(yi, vi, data = dat.bcg log risk ratios, method = "DL"): estimate -0.7141."""
    log_ratio = [-0.8893, -1.5854, -1.3481, -1.4416, -0.2175, -0.7861, -1.6209, 0.0120,
                 -0.4694, -1.3713, -0.3394, 0.4459, -0.0173]  # fmt: skip
    variance = [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564,
                0.0730, 0.0124, 0.5325, 0.0714]  # fmt: skip

    found = pooled_effect(log_ratio, np.sqrt(variance))

    assert found.effect.value == pytest.approx(-0.7141, abs=5e-4)
    assert found.tau**2 == pytest.approx(0.3088, abs=5e-4)
    assert found.effect.low < -0.7141 < found.effect.high


def test_two_uses_are_not_pooled():
    with pytest.raises(CannotCompute, match="too_few"):
        pooled_effect([0.1, 0.2], [0.1, 0.1])

"""Modification indices of the model of the dimensions: shown, never applied."""

from __future__ import annotations

import numpy as np

from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.model_figures import own_factor
from fivegaps.psychometrics.results import ModificationIndex
from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.modification import ScoreTests, score_tests
from fivegaps.stats.structural.structure import Place

LEAST = 3.84
"""Smaller ones are not shown: the 95 % point of chi-square with one degree of freedom."""
MOST = 20
"""At most so many are shown, largest first."""


def modification_indices(
    confirmation: Confirmation, solution: Solution
) -> tuple[ModificationIndex, ...]:
    """Return the largest score tests of cross-loadings and residual covariances.

    As lavaan's modindices: expected information, the expected change of a cross-loading in the
    unit of the dimension's first item; standardised it is a loading or a residual correlation.
    """
    tests = score_tests(solution)
    order = np.argsort(-tests.chi2, kind="stable")
    chosen = [index for index in order if tests.chi2[index] >= LEAST][:MOST]
    return tuple(_index(confirmation, solution, tests, int(index)) for index in chosen)


def _index(
    confirmation: Confirmation, solution: Solution, tests: ScoreTests, index: int
) -> ModificationIndex:
    row, column = int(tests.rows[index]), int(tests.columns[index])
    change, chi2 = float(tests.change[index]), float(tests.chi2[index])
    matrices = solution.matrices
    if tests.places[index] == Place.LOADING:
        marker = int(np.flatnonzero(own_factor(confirmation) == column)[0])
        deviation = float(np.sqrt(solution.implied.sigma[row, row]))
        return ModificationIndex(
            kind="cross_loading",
            left=tuple(confirmation.dimensions)[column],
            right=confirmation.items[row],
            value=chi2,
            expected_change=change / float(matrices.loadings[marker, column]),
            standardised_change=change / deviation,
        )
    product = float(matrices.residual[row, row] * matrices.residual[column, column])
    return ModificationIndex(
        kind="residual_covariance",
        left=confirmation.items[min(row, column)],
        right=confirmation.items[max(row, column)],
        value=chi2,
        expected_change=change,
        standardised_change=change / float(np.sqrt(product)) if product > 0 else None,
    )

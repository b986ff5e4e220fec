"""Sums over rows: additive, and equal to what one long matrix gives."""

from __future__ import annotations

import numpy as np
import pytest
from made_structures import BLOCKS, everything, factor_answers, sample_of

from fivegaps.errors import CannotCompute
from fivegaps.stats.structural.casewise import CasewiseSums
from fivegaps.stats.structural.fitting import Solution, fit
from fivegaps.stats.structural.implied import imply
from fivegaps.stats.structural.robust import sandwich, scaling
from fivegaps.stats.structural.structure import correlated_factors

VALUES = factor_answers(5000)


@pytest.fixture(scope="module")
def solution() -> Solution:
    return fit(everything(), sample_of(VALUES))


def row_log_likelihood(solution: Solution, values: np.ndarray, row: np.ndarray) -> float:
    implied = imply(solution.structure, values)
    assert implied is not None
    return -(implied.log_determinant + float(row @ implied.inverse @ row)) / 2


def test_scores_are_slopes_of_each_rows_likelihood(solution: Solution) -> None:
    row = VALUES[0] - solution.sample.means
    moved = np.eye(solution.structure.free) * 1e-5
    score = np.array(
        [
            row_log_likelihood(solution, solution.values + one, row)
            - row_log_likelihood(solution, solution.values - one, row)
            for one in moved
        ]
    ) / (2e-5)

    sums = CasewiseSums.of(solution, VALUES[:1])

    assert sums.scores == pytest.approx(np.outer(score, score), abs=1e-6)


def test_sums_of_parts_add_up_to_the_sums_of_all(solution: Solution) -> None:
    whole = CasewiseSums.of(solution, VALUES)

    parts = CasewiseSums.empty(solution)
    for part in np.split(VALUES, [7, 1234, 1234, 4999]):
        parts += CasewiseSums.of(solution, part)

    assert parts.n == whole.n
    assert parts.scores == pytest.approx(whole.scores, rel=1e-9)
    assert parts.fourths == pytest.approx(whole.fourths, rel=1e-12)
    assert parts.column_fourths == pytest.approx(whole.column_fourths, rel=1e-12)


def test_squared_distances_average_the_number_of_columns(solution: Solution) -> None:
    sums = CasewiseSums.of(solution, VALUES)

    assert sums.squares / sums.n == pytest.approx(9, rel=1e-12)


def test_rows_with_a_missing_answer_are_left_out(solution: Solution) -> None:
    gappy = np.concatenate([VALUES, VALUES[:3]])
    gappy[-3:, 4] = np.nan

    sums = CasewiseSums.of(solution, gappy)

    assert sums.n == len(VALUES)


def test_code_zero_is_a_missing_answer() -> None:
    codes = np.clip(np.rint(VALUES), 1, 7).astype(np.uint8)
    solution = fit(correlated_factors(BLOCKS, 9), sample_of(codes.astype(np.float64)))
    gappy = np.concatenate([codes, codes[:3]])
    gappy[-3:, 0] = 0

    sums = CasewiseSums.of(solution, gappy)

    assert sums.n == len(codes)
    assert sums.fourths == pytest.approx(CasewiseSums.of(solution, codes).fourths)


def test_other_rows_than_those_of_the_model_are_refused(solution: Solution) -> None:
    sums = CasewiseSums.of(solution, VALUES * 1.01)

    with pytest.raises(CannotCompute, match="rows_differ"):
        sandwich(solution, sums)


def test_normal_answers_need_no_scaling(solution: Solution) -> None:
    """Five thousand normal rows: scaling factors and error ratios near 1."""
    sums = CasewiseSums.of(solution, VALUES)

    factors = scaling(solution, sums)
    ratios = np.sqrt(np.diag(sandwich(solution, sums)) / np.diag(solution.covariance))

    assert (factors.model, factors.baseline) == (
        pytest.approx(1, abs=0.06),
        pytest.approx(1, abs=0.06),
    )
    assert ratios == pytest.approx(1, abs=0.15)

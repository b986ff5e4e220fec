"""Score tests of parameters that are fixed: what freeing one of them would give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.structural.fitting import Solution
from fivegaps.stats.structural.implied import (
    directions,
    expected_information,
    free_directions,
)
from fivegaps.stats.structural.structure import Place, Vector


@dataclass(frozen=True, slots=True)
class ScoreTests:
    """One score test with one degree of freedom for each fixed element (c).

    Attributes:
        places, rows, columns: (c,), the elements.
        chi2: (c,), expected drop of chi-square (modification index).
        change: (c,), expected value of the element when freed, in the model's unit.
    """

    places: NDArray[np.intp]
    rows: NDArray[np.intp]
    columns: NDArray[np.intp]
    chi2: Vector
    change: Vector


def score_tests(solution: Solution) -> ScoreTests:
    """Return the tests of all cross-loadings and residual covariances that are fixed.

    Expected information, as lavaan's modindices. An element that the free parameters already
    determine (its own information vanishes beside theirs) is left out: freeing it would
    change nothing but the solution's uniqueness.

    Source: Sörbom 1989.
    """
    structure, implied = solution.structure, solution.implied
    places, rows, columns = _candidates(solution)
    way = directions(implied, places, rows, columns)
    free = free_directions(structure, implied)
    weighted = implied.inverse - implied.inverse @ solution.sample.covariance @ implied.inverse
    score = -way.sandwiched(weighted) / 2
    shared = structure.collected(way.information(implied.inverse, free).T)
    information = expected_information(structure, implied)
    alone = way.own_information(implied.inverse)
    left = alone - np.einsum("qc,qc->c", shared, np.linalg.solve(information, shared))
    keep = left > 1e-8 * alone
    chi2 = solution.sample.n * score[keep] ** 2 / left[keep]
    return ScoreTests(
        places=places[keep],
        rows=rows[keep],
        columns=columns[keep],
        chi2=chi2,
        change=score[keep] / left[keep],
    )


def _candidates(
    solution: Solution,
) -> tuple[NDArray[np.intp], NDArray[np.intp], NDArray[np.intp]]:
    structure = solution.structure
    taken = {(one.place, one.row, one.column) for one in structure.parameters}
    exact = {
        one.row
        for one in structure.parameters
        if one.place is Place.RESIDUAL and one.row == one.column and one.fixed == 0
    }
    loadings = [
        (Place.LOADING, item, factor)
        for factor in range(structure.latent)
        for item in range(structure.observed)
    ]
    residuals = [
        (Place.RESIDUAL, item, other)
        for item in range(structure.observed)
        for other in range(item)
        if not exact & {item, other} and (Place.RESIDUAL, other, item) not in taken
    ]
    chosen = [one for one in loadings + residuals if one not in taken]
    table = np.array(chosen, dtype=np.intp).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]

"""First and second derivatives against central differences."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from made_structures import BLOCKS, everything, factor_answers, sample_of
from numpy.typing import NDArray

from fivegaps.stats.structural.curvature import hessian
from fivegaps.stats.structural.implied import (
    Implied,
    discrepancy,
    expected_information,
    gradient,
    imply,
)
from fivegaps.stats.structural.starts import start_values
from fivegaps.stats.structural.structure import Structure, correlated_factors, higher_order

STRUCTURES = {
    "every place": everything(),
    "correlated factors": correlated_factors(BLOCKS, 9),
    "higher order": higher_order(BLOCKS, 9, markers=(0, 3, 7)),
}
OBSERVED = sample_of(factor_answers(400))


def there(structure: Structure, values: NDArray[np.float64]) -> Implied:
    implied = imply(structure, values)
    assert implied is not None
    return implied


def off_the_minimum(structure: Structure) -> NDArray[np.float64]:
    return start_values(structure, OBSERVED) * 1.1 + 0.02


def slopes(
    figure: Callable[[NDArray[np.float64]], NDArray[np.float64]], values: NDArray[np.float64]
) -> NDArray[np.float64]:
    step = 1e-5
    moved = np.eye(len(values)) * step
    return np.array([(figure(values + one) - figure(values - one)) / (2 * step) for one in moved])


@pytest.mark.parametrize("name", STRUCTURES)
def test_gradient_is_the_slope_of_the_discrepancy(name: str) -> None:
    structure, observed = STRUCTURES[name], OBSERVED.covariance
    values = off_the_minimum(structure)
    constant = float(np.linalg.slogdet(observed)[1])

    found = gradient(structure, there(structure, values), observed)

    expected = slopes(
        lambda at: np.array(discrepancy(there(structure, at), observed, constant)), values
    )
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("name", STRUCTURES)
def test_hessian_is_the_slope_of_the_gradient(name: str) -> None:
    structure, observed = STRUCTURES[name], OBSERVED.covariance
    values = off_the_minimum(structure)

    found = hessian(structure, there(structure, values), observed)

    expected = slopes(lambda at: gradient(structure, there(structure, at), observed), values)
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("name", STRUCTURES)
def test_expected_information_is_the_hessian_of_a_sample_that_fits(name: str) -> None:
    structure = STRUCTURES[name]
    implied = there(structure, off_the_minimum(structure))

    found = expected_information(structure, implied)

    assert found == pytest.approx(hessian(structure, implied, implied.sigma) / 2, abs=1e-10)


@pytest.mark.parametrize("name", STRUCTURES)
def test_parameters_survive_the_way_into_matrices_and_back(name: str) -> None:
    structure = STRUCTURES[name]
    values = off_the_minimum(structure)

    found = structure.values(structure.matrices(values))

    assert found == pytest.approx(values, abs=1e-14)

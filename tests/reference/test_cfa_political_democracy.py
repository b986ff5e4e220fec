"""Bollen's industrialisation and political democracy: regressions among latent variables.

R 4.2.2, lavaan 0.6-14 ``sem(model, PoliticalDemocracy)`` with the six residual covariances.
"""

from __future__ import annotations

import numpy as np
import pytest
from cfa_answers import POLITICAL, columns

from fivegaps.stats.structural.fitting import Solution, fit
from fivegaps.stats.structural.indices import (
    baseline,
    chi_square,
    comparative_fit,
    error_of_approximation,
    residual_root_mean_square,
    tucker_lewis,
)
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import Parameter, Place, Structure

INDICATORS = ((0, 1, 2), (3, 4, 5, 6), (7, 8, 9, 10))
RESIDUAL_PAIRS = ((3, 7), (4, 6), (4, 8), (5, 9), (6, 10), (8, 10))


def structure() -> Structure:
    parameters = [
        Parameter(Place.LOADING, item, latent, fixed=1.0 if item == items[0] else None)
        for latent, items in enumerate(INDICATORS)
        for item in items
    ]
    parameters += [Parameter(Place.REGRESSION, *pair) for pair in ((1, 0), (2, 0), (2, 1))]
    parameters += [Parameter(Place.LATENT, latent, latent) for latent in range(3)]
    parameters += [Parameter(Place.RESIDUAL, item, item) for item in range(11)]
    parameters += [Parameter(Place.RESIDUAL, *pair) for pair in RESIDUAL_PAIRS]
    return Structure(observed=11, latent=3, parameters=tuple(parameters))


@pytest.fixture(scope="module")
def solution() -> Solution:
    names = ("x1", "x2", "x3", *(f"y{number}" for number in range(1, 9)))
    values = columns(POLITICAL, names)
    return fit(structure(), Sample.of(np.cov(values.T, bias=True), len(values)))


def test_chi_square_is_that_of_lavaan(solution: Solution) -> None:
    test = chi_square(solution)

    assert solution.converged
    assert (test.chi2, test.df, test.p) == (
        pytest.approx(38.1252, abs=5e-5),
        35,
        pytest.approx(0.329, abs=5e-4),
    )


def test_fit_indices_are_those_of_lavaan(solution: Solution) -> None:
    model, independence = chi_square(solution), baseline(solution.sample)
    error = error_of_approximation(model, solution.sample.n)
    assert error is not None

    found = (
        comparative_fit(model, independence),
        tucker_lewis(model, independence),
        error.value,
        error.low,
        error.high,
        residual_root_mean_square(solution),
    )

    printed = (0.995375, 0.992731, 0.034505, 0.0, 0.092233, 0.044418)
    assert found == pytest.approx(printed, abs=1e-6)


def test_regressions_and_their_errors_are_those_of_lavaan(solution: Solution) -> None:
    """dem60 on ind60 1.483 (.399); dem65 on ind60 .572 (.221), on dem60 .837 (.098)."""
    here = solution.structure.places == Place.REGRESSION
    chosen = solution.structure.index[here]

    found = solution.values[chosen]
    errors = np.sqrt(np.diag(solution.covariance))[chosen]

    assert found == pytest.approx([1.483, 0.572, 0.837], abs=5e-4)
    assert errors == pytest.approx([0.399, 0.221, 0.098], abs=5e-4)

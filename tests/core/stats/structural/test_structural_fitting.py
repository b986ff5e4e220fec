"""Maximum likelihood: what it finds, and what it refuses."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_structures import BLOCKS, everything, factor_answers, sample_of

from fivegaps.errors import CannotCompute
from fivegaps.stats.structural.fitting import fit
from fivegaps.stats.structural.implied import gradient
from fivegaps.stats.structural.indices import chi_square
from fivegaps.stats.structural.sample import Sample
from fivegaps.stats.structural.structure import (
    Parameter,
    Place,
    Structure,
    correlated_factors,
    higher_order,
)


@pytest.mark.parametrize(
    "structure",
    [everything(), correlated_factors(BLOCKS, 9), higher_order(BLOCKS, 9, markers=(0, 3, 7))],
    ids=["every place", "correlated factors", "higher order"],
)
def test_gradient_vanishes_at_the_solution(structure: Structure) -> None:
    sample = sample_of(factor_answers(400))

    solution = fit(structure, sample)

    slope = gradient(structure, solution.implied, sample.covariance)
    assert solution.converged
    assert np.abs(slope).max() < 1e-8


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(12, 300))
def test_chi_square_is_never_negative(seed: int, n: int) -> None:
    sample = sample_of(factor_answers(n, seed=seed))

    solution = fit(correlated_factors(BLOCKS, 9), sample)

    assert chi_square(solution).chi2 >= 0


@settings(max_examples=15, deadline=None)
@given(order=st.permutations(range(9)))
def test_chi_square_ignores_the_order_of_items(order: list[int]) -> None:
    values = factor_answers(200)
    expected = chi_square(fit(correlated_factors(BLOCKS, 9), sample_of(values)))

    place = {item: position for position, item in enumerate(order)}
    blocks = [[place[item] for item in block] for block in BLOCKS]
    solution = fit(correlated_factors(blocks, 9), sample_of(values[:, order]))

    assert chi_square(solution).chi2 == pytest.approx(expected.chi2, rel=1e-9)


def test_a_true_structure_is_recovered_exactly() -> None:
    structure = correlated_factors(BLOCKS, 9)
    truth = fit(structure, sample_of(factor_answers(400)))

    again = fit(structure, Sample.of(truth.implied.sigma, 400))

    assert again.minimum == pytest.approx(0, abs=1e-12)
    assert again.values == pytest.approx(truth.values, abs=1e-7)


def test_more_parameters_than_covariances_are_refused() -> None:
    sample = sample_of(factor_answers(50, blocks=((0, 1),)))

    with pytest.raises(CannotCompute, match="not_identified"):
        fit(correlated_factors(((0, 1),), 2), sample)


def test_undetermined_parameters_are_no_solution() -> None:
    """A loading and its factor's variance are both free: any unit fits as well."""
    base = correlated_factors(BLOCKS, 9)
    free = Parameter(Place.LATENT, 0, 0)
    parameters = [
        free if (one.place, one.row, one.column) == (Place.LATENT, 0, 0) else one
        for one in base.parameters
    ]

    solution = fit(Structure(9, 3, tuple(parameters)), sample_of(factor_answers(200)))

    assert (solution.converged, solution.reason) == (False, "not_identified")


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [("few", "too_few"), ("constant", "constant"), ("doubled", "not_positive_definite")],
)
def test_samples_that_allow_no_model_are_refused(spoil: str, reason: str) -> None:
    values = factor_answers(9 if spoil == "few" else 100)
    if spoil == "constant":
        values[:, 2] = 3.0
    if spoil == "doubled":
        values[:, 5] = values[:, 4]

    with pytest.raises(CannotCompute, match=reason):
        sample_of(values)

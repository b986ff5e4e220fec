"""Indices of fit at their borders; their figures are in tests/reference/test_cfa_*."""

from __future__ import annotations

import pytest
from scipy.stats import ncx2

from fivegaps.stats.structural.indices import (
    LikelihoodRatio,
    comparative_fit,
    error_of_approximation,
    tucker_lewis,
)


def test_interval_ends_are_noncentral_chi_square_quantiles() -> None:
    model = LikelihoodRatio(85.3, 24)

    error = error_of_approximation(model, 301)

    assert error is not None
    low, high = (end**2 * 24 * 301 for end in (error.low, error.high))
    assert ncx2.cdf(85.3, 24, low) == pytest.approx(0.95, abs=1e-9)
    assert ncx2.cdf(85.3, 24, high) == pytest.approx(0.05, abs=1e-9)


def test_a_model_that_fits_has_no_error() -> None:
    error = error_of_approximation(LikelihoodRatio(10.0, 24), 301)

    assert error is not None
    assert (error.value, error.low, error.high) == (0.0, 0.0, 0.0)


def test_an_interval_is_found_for_millions_of_rows() -> None:
    error = error_of_approximation(LikelihoodRatio(5e6, 155), 10_000_000)

    assert error is not None
    assert error.low < error.value < error.high


def test_without_degrees_of_freedom_there_is_no_error_of_approximation() -> None:
    error = error_of_approximation(LikelihoodRatio(0.0, 0), 301)

    assert error is None


def test_where_nothing_correlates_nothing_can_be_explained() -> None:
    model, independence = LikelihoodRatio(20.0, 24), LikelihoodRatio(30.0, 36)

    found = (
        comparative_fit(model, independence),
        tucker_lewis(model, independence),
    )

    assert found == (None, None)


def test_robust_indices_with_scaling_one_are_the_plain_ones() -> None:
    model, independence = LikelihoodRatio(85.3, 24), LikelihoodRatio(918.9, 36)

    robust = comparative_fit(model, independence, scaling=1.0, baseline_scaling=1.0)

    assert robust == comparative_fit(model, independence)

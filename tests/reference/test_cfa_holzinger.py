"""Holzinger & Swineford 1939, nine tests in three factors.

R 4.2.2, lavaan 0.6-14 ``cfa(model, HolzingerSwineford1939)``; semTools 0.5-6 for omega, AVE and
HTMT. Modification indices: ``modindices(fit)``, the tutorial's figures.
"""

from __future__ import annotations

import numpy as np
import pytest
from cfa_answers import HOLZINGER, SCHOOL_TESTS, Fitted, columns, holzinger

from fivegaps.psychometrics.omega import omega, omega_observed, omega_one_factor
from fivegaps.psychometrics.robust_fit import robust
from fivegaps.psychometrics.validity import htmt, validity
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.structural.implied import expected_information


@pytest.fixture(scope="module")
def fit() -> Fitted:
    return holzinger()


@pytest.mark.parametrize(
    ("figure", "printed"),
    [
        ("chi2", 85.305522),
        ("df", 24),
        ("baseline_chi2", 918.852),
        ("baseline_df", 36),
        ("cfi", 0.930560),
        ("tli", 0.895839),
        ("rmsea", 0.092121),
        ("rmsea_low", 0.071418),
        ("rmsea_high", 0.113678),
        ("p_close", 0.000661),
        ("srmr", 0.065205),
        ("aic", 7517.490),
        ("bic", 7595.339),
    ],
)
def test_ml_fit_is_that_of_lavaan(fit: Fitted, figure: str, printed: float) -> None:
    likelihood, _, _ = fit

    value = getattr(likelihood, figure)

    assert value == pytest.approx(printed, abs=5.01e-7, rel=1e-6)


@pytest.mark.parametrize(
    ("item", "value", "error", "standardised"),
    [
        ("x1", 1.0, None, 0.772),
        ("x2", 0.554, 0.100, 0.424),
        ("x3", 0.729, 0.109, 0.581),
        ("x5", 1.113, 0.065, 0.855),
        ("x6", 0.926, 0.055, 0.838),
        ("x8", 1.180, 0.165, 0.723),
        ("x9", 1.082, 0.151, 0.665),
    ],
)
def test_loadings_are_those_of_lavaan(
    fit: Fitted, item: str, value: float, error: float | None, standardised: float
) -> None:
    loading = fit[0].loadings[item]

    found = (loading.value, loading.se, loading.standardised)

    expected_error = error if error is None else pytest.approx(error, abs=5e-4)
    assert found == (
        pytest.approx(value, abs=5e-4),
        expected_error,
        pytest.approx(standardised, abs=5e-4),
    )


def test_factor_correlations_are_those_of_lavaan(fit: Fitted) -> None:
    correlations = fit[0].factor_correlations

    found = [estimate.value for estimate in correlations.values()]

    assert list(correlations) == ["visual|textual", "visual|speed", "textual|speed"]
    assert found == pytest.approx([0.459, 0.471, 0.283], abs=5e-4)


def test_largest_modification_indices_are_those_of_lavaan(fit: Fitted) -> None:
    indices = fit[0].modification_indices

    found = [(one.left, one.right, one.value, one.expected_change) for one in indices[:8]]

    printed = [
        ("visual", "x9", 36.411, 0.577),
        ("x7", "x8", 34.145, 0.536),
        ("visual", "x7", 18.631, -0.422),
        ("x8", "x9", 14.946, -0.423),
        ("textual", "x3", 9.151, -0.272),
        ("x2", "x7", 8.918, -0.183),
        ("textual", "x1", 8.903, 0.350),
        ("x2", "x3", 8.532, 0.218),
    ]
    assert [one[:2] for one in found] == [one[:2] for one in printed]
    assert np.array([one[2:] for one in found]) == pytest.approx(
        np.array([one[2:] for one in printed]), abs=5.1e-4
    )


def test_mlr_is_yuan_bentler_of_lavaan(fit: Fitted) -> None:
    """Estimator MLR: 87.1316 (.979042), robust CFI .929864, robust RMSEA .092499."""
    _, confirmation, sums = fit

    found = robust(confirmation, sums)

    assert found.robust is not None
    figures = (found.chi2, found.scaling, found.robust.cfi, found.robust.rmsea)
    assert figures == (
        pytest.approx(87.1316, abs=5e-5),
        pytest.approx(0.979042, abs=5e-7),
        pytest.approx(0.929864, abs=5e-7),
        pytest.approx(0.092499, abs=5e-7),
    )


def test_casewise_sums_hold_what_satorra_and_bentler_need(fit: Fitted) -> None:
    """Estimator MLM: 80.8718 (1.054824); the same scores, expected information, other traces."""
    likelihood, confirmation, sums = fit
    solution = confirmation.solution
    assert solution is not None
    assert likelihood.chi2 is not None
    deviations = columns(HOLZINGER, confirmation.items) - solution.sample.means
    inverse = solution.implied.inverse
    information = expected_information(solution.structure, solution.implied)

    distances = np.einsum("ni,ij,nj->n", deviations, inverse, deviations)
    shape = inverse @ solution.sample.covariance
    weighted = (np.mean(distances**2) - np.trace(shape @ shape)) / 2
    explained = np.trace(np.linalg.solve(information, sums.scores)) / sums.n
    scaling = (weighted - explained) / 24

    assert scaling == pytest.approx(1.054824, abs=5e-7)
    assert likelihood.chi2 / scaling == pytest.approx(80.8718, abs=5e-5)


def values(estimates: dict[str, Estimate]) -> list[float | None]:
    return [estimate.value for estimate in estimates.values()]


def test_omega_is_that_of_semtools(fit: Fitted) -> None:
    """Three-factor model, model-implied denominator."""
    _, confirmation, _ = fit

    found = values(omega(confirmation))

    assert found == pytest.approx([0.62532, 0.88518, 0.68776], abs=5e-6)


def test_omega_with_observed_denominator_is_another_figure(fit: Fitted) -> None:
    _, confirmation, _ = fit

    found = values(omega_observed(confirmation))

    assert found == pytest.approx([0.61201, 0.88506, 0.68584], rel=1e-5)


def test_omega_of_one_factor_a_scale_is_another_figure(fit: Fitted) -> None:
    _, confirmation, _ = fit

    found = values(omega_one_factor(confirmation))

    assert found == pytest.approx([0.63255, 0.88588, 0.69614], abs=5e-6)


def test_validity_is_from_standardised_loadings(fit: Fitted) -> None:
    _, confirmation, _ = fit

    found = validity(confirmation).values()

    extracted = [one.ave.value for one in found]
    composite = [one.cr.value for one in found]
    assert extracted == pytest.approx([0.37098, 0.71953, 0.42979], abs=5e-6)
    assert composite == pytest.approx([0.62584, 0.88500, 0.69137], abs=5e-6)


def test_htmt_is_that_of_arithmetic_means() -> None:
    """Semtools ``htmt(htmt2 = FALSE)``: .424 .467 .290."""
    items = [item for members in SCHOOL_TESTS.values() for item in members]
    answers = columns(HOLZINGER, items)

    found = htmt(np.corrcoef(answers.T), len(answers), items=items, dimensions=SCHOOL_TESTS)

    assert values(found) == pytest.approx([0.424, 0.467, 0.290], abs=5e-4)

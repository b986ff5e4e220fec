"""Self-service kiosks, six factors of perceptions and of satisfaction (hanakim120, MIT).

Chi-square, CFI and RMSEA as published on the author's slide CFA2; further figures R 4.2.2,
lavaan 0.6-14, semTools 0.5-6.
"""

from __future__ import annotations

import numpy as np
import pytest
from cfa_answers import KIOSK, KIOSK_ITEMS, Fitted, columns, kiosk

from fivegaps.psychometrics.alternatives import alternatives
from fivegaps.psychometrics.robust_fit import robust
from fivegaps.psychometrics.validity import htmt, validity
from fivegaps.psychometrics.verdict import judge


@pytest.fixture(scope="module")
def perception() -> Fitted:
    return kiosk("P")


@pytest.mark.parametrize(
    ("battery", "printed"),
    [("P", (302.55, 155, 0.898, 0.070)), ("S", (269.782, 155, 0.944, 0.062))],
)
def test_fit_is_as_published(battery: str, printed: tuple[float, int, float, float]) -> None:
    likelihood, _, _ = kiosk(battery)

    found = (likelihood.chi2, likelihood.df, likelihood.cfi, likelihood.rmsea)

    chi2, df, cfi, rmsea = printed
    assert found == (
        pytest.approx(chi2, abs=6e-4),
        df,
        pytest.approx(cfi, abs=5e-4),
        pytest.approx(rmsea, abs=5e-4),
    )


@pytest.mark.parametrize(
    ("figure", "printed", "digits"),
    [
        ("tli", 0.87505, 5),
        ("rmsea_low", 0.0583, 4),
        ("rmsea_high", 0.0817, 4),
        ("srmr", 0.06545, 5),
    ],
)
def test_further_fit_is_that_of_lavaan(
    perception: Fitted, figure: str, printed: float, digits: int
) -> None:
    value = getattr(perception[0], figure)

    assert value == pytest.approx(printed, abs=0.51 * 10**-digits)


def test_mlr_is_that_of_lavaan(perception: Fitted) -> None:
    _, confirmation, sums = perception

    found = robust(confirmation, sums)

    assert found.robust is not None
    figures = (found.chi2, found.scaling, found.robust.cfi, found.robust.rmsea)
    assert figures == (
        pytest.approx(252.932, abs=5e-4),
        pytest.approx(1.19617, abs=5e-6),
        pytest.approx(0.91603, abs=5e-6),
        pytest.approx(0.06242, abs=5e-6),
    )


def test_factor_correlations_are_those_of_lavaan(perception: Fitted) -> None:
    correlations = perception[0].factor_correlations

    found = [correlations[pair].value for pair in ("CON|CTL", "CON|REL", "SEC|ECO")]

    assert found == pytest.approx([0.684, 0.625, 0.559], abs=5e-4)


def test_variance_extracted_is_from_standardised_loadings(perception: Fitted) -> None:
    _, confirmation, _ = perception

    found = [one.ave.value for one in validity(confirmation).values()]

    printed = [0.51321, 0.62876, 0.59481, 0.35170, 0.41342, 0.61405]
    assert found == pytest.approx(printed, abs=5e-6)


def test_htmt_is_that_of_semtools(perception: Fitted) -> None:
    _, confirmation, _ = perception
    answers = columns(KIOSK, confirmation.items)

    ratios = htmt(
        np.corrcoef(answers.T),
        len(answers),
        items=confirmation.items,
        dimensions=confirmation.dimensions,
    )

    pairs = ("CON|CTL", "CON|REL", "SEC|ECO", "ECO|CON", "REL|CTL")
    found = [ratios[pair].value for pair in pairs]
    assert found == pytest.approx([0.632, 0.598, 0.586, 0.683, 0.635], abs=5.1e-4)


def test_six_dimensions_are_not_confirmed(perception: Fitted) -> None:
    """CFI .898 by ML, robust TLI .897: under the usual limits."""
    likelihood, confirmation, sums = perception

    verdict, findings = judge(
        confirmation, likelihood, robust(confirmation, sums), alternatives(confirmation)
    )

    assert verdict == "not_confirmed"
    assert [(one.code, one.about) for one in findings] == [("poor_fit", ("tli",))]


def test_codes_as_bytes_give_the_same_robust_fit(perception: Fitted) -> None:
    _, confirmation, sums = perception
    assert confirmation.solution is not None
    names = [f"P{item}" for items in KIOSK_ITEMS.values() for item in items]
    codes = columns(KIOSK, names).astype(np.uint8)

    again = type(sums).of(confirmation.solution, codes)

    assert robust(confirmation, again) == robust(confirmation, sums)

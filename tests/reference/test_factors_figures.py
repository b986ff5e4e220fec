"""Exploratory factors against printed figures of R."""

import csv
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from fivegaps.stats.factors.adequacy import sampling_adequacy, sphericity
from fivegaps.stats.factors.extraction import enough_factors, extract
from fivegaps.stats.factors.parallel import parallel_analysis
from fivegaps.stats.factors.rotation import rotate

ROOT = Path(__file__).parents[2]

# R's datasets: ability.cov, six tests of 112 people (Smith and Stanley 1983).
ABILITY = """
24.641   5.991  33.520  6.023 20.755  29.701
 5.991   6.700  18.137  1.782  4.936   7.204
33.520  18.137 149.831 19.424 31.430  50.753
 6.023   1.782  19.424 12.711  4.757   9.075
20.755   4.936  31.430  4.757 52.604  66.762
29.701   7.204  50.753  9.075 66.762 135.292
"""

# psych: Thurstone, nine mental tests of 213 people (Thurstone and Thurstone 1941).
THURSTONE = """
1 .828 .776 .439 .432 .447 .447 .541 .380
.828 1 .779 .493 .464 .489 .432 .537 .358
.776 .779 1 .460 .425 .443 .401 .534 .359
.439 .493 .460 1 .674 .590 .381 .350 .424
.432 .464 .425 .674 1 .541 .402 .367 .446
.447 .489 .443 .590 .541 1 .288 .320 .325
.447 .432 .401 .381 .402 .288 1 .555 .598
.541 .537 .534 .350 .367 .320 .555 1 .452
.380 .358 .359 .424 .446 .325 .598 .452 1
"""


def matrix(text: str) -> NDArray[np.float64]:
    return np.array([line.split() for line in text.strip().splitlines()], dtype=np.float64)


def holzinger_swineford() -> NDArray[np.float64]:
    path = ROOT / "tests" / "data" / "reference" / "holzinger_swineford_1939.csv"
    rows = np.genfromtxt(path, delimiter=",", skip_header=1, usecols=range(6, 15))
    return np.corrcoef(rows.T)


def kiosk_perceptions() -> NDArray[np.float64]:
    with (ROOT / "examples" / "kiosk" / "kiosk.csv").open(encoding="utf-8") as file:
        rows = [[float(row[f"P{i}"]) for i in range(1, 25)] for row in csv.DictReader(file)]
    return np.corrcoef(np.array(rows).T)


def test_kmo_and_bartlett_of_holzinger_swineford():
    """R 4.2.2, psych 2.2.9: KMO .75; cortest.bartlett 904.097 on 36 (method.md T5)."""
    correlation = holzinger_swineford()

    test = sphericity(correlation, 301)

    assert sampling_adequacy(correlation).overall == pytest.approx(0.75, abs=5e-3)
    assert (test.chi2, test.df) == (pytest.approx(904.097, abs=5e-4), 36)


def test_likelihood_factors_of_holzinger_swineford_agree_with_factanal():
    """R 4.2.2: factanal(x1..x9, 3): χ² 22.377 on 12, p .0335 (method.md T5)."""
    correlation = holzinger_swineford()

    test = enough_factors(extract(correlation, 3, method="ml"), correlation, 301)

    assert (test.chi2, test.df) == (pytest.approx(22.377, abs=5e-4), 12)
    assert test.p == pytest.approx(0.0335, abs=5e-5)


def test_parallel_analysis_of_holzinger_swineford_keeps_three_and_three():
    """R 4.2.2, psych 2.2.9: eigenvalues, and fa.parallel 3 components, 3 factors (T5)."""
    found = parallel_analysis(holzinger_swineford(), 301, seed=1)

    assert found.components.observed[:3] == pytest.approx([3.21634, 1.63871, 1.36516], abs=5e-6)
    assert (found.components.retained, found.factors.retained) == (3, 3)


@pytest.mark.parametrize("seed", range(5))
def test_parallel_analysis_of_kiosk_perceptions_keeps_three_and_five(seed):
    """R 4.2.2, psych 2.2.9: fa.parallel of all 24 items, 3 components, 5 factors (T1)."""
    found = parallel_analysis(kiosk_perceptions(), 194, seed=seed)

    assert (found.components.retained, found.factors.retained) == (3, 5)


def test_promax_of_ability_agrees_with_factanal():
    """R: example(ability.cov), factanal(factors = 2), χ² 6.11 on 4, p .191; then promax."""
    covariance = matrix(ABILITY)
    spread = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(spread, spread)

    found = extract(correlation, 2, method="ml")
    test = enough_factors(found, correlation, 112)
    turned = rotate(found.loadings, "promax")

    assert (test.chi2, test.df) == (pytest.approx(6.11, abs=5e-3), 4)
    assert found.uniquenesses == pytest.approx([0.455, 0.589, 0.218, 0.769, 0.052, 0.334], abs=1e-3)
    assert turned.pattern[:, 0] == pytest.approx(
        [0.364, -0.058, -0.091, -0.053, 1.023, 0.811], abs=1e-3
    )
    assert turned.pattern[:, 1] == pytest.approx(
        [0.470, 0.671, 0.932, 0.508, -0.095, 0.009], abs=1.5e-3
    )


def test_varimax_of_ability_agrees_with_factanal():
    """R: example(ability.cov), factanal(factors = 2); its varimax stops at 1e-5, ours later."""
    covariance = matrix(ABILITY)
    spread = np.sqrt(np.diag(covariance))

    found = extract(covariance / np.outer(spread, spread), 2, method="ml")
    turned = rotate(found.loadings, "varimax")

    expected = [(0.499, 0.543), (0.156, 0.622), (0.206, 0.860)]
    expected += [(0.109, 0.468), (0.956, 0.182), (0.785, 0.225)]
    assert turned.pattern == pytest.approx(np.array(expected), abs=4e-3)


def test_minres_oblimin_of_thurstone_agrees_with_psych():
    """psych's documentation: fa(Thurstone, 3, n.obs = 213), pattern, h2, χ² 2.98 on 12."""
    correlation = matrix(THURSTONE)

    found = extract(correlation, 3)
    turned = rotate(found.loadings)
    test = enough_factors(found, correlation, 213)

    expected = [(0.90, -0.03, 0.04), (0.89, 0.06, -0.03), (0.84, 0.03, 0.00)]
    expected += [(0.00, 0.85, 0.00), (-0.02, 0.75, 0.10), (0.18, 0.63, -0.08)]
    expected += [(0.03, -0.01, 0.84), (0.38, -0.05, 0.46), (-0.06, 0.21, 0.63)]
    assert turned.pattern == pytest.approx(np.array(expected), abs=6e-3)
    assert turned.correlations[0, 1] == pytest.approx(0.59, abs=6e-3)
    assert turned.communalities[:4] == pytest.approx([0.82, 0.84, 0.74, 0.73], abs=6e-3)
    assert (test.chi2, test.df) == (pytest.approx(2.98, abs=6e-3), 12)

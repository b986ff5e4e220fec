"""Whether perception and expectation act on an outcome as their difference alone does."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import fdtrc

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.results import Direct
from fivegaps.stats.bootstrap_intervals import USABLE_SHARE, bca_interval
from fivegaps.stats.regression import (
    ContrastTest,
    LeastSquares,
    contrast_test,
    least_squares,
    raw_coefficients,
)
from fivegaps.stats.resampling import REPLICATES, BlockSums, correlations_of

Floats = NDArray[np.float64]

# Variance of a coefficient that is only rounding.
_ROUNDING = 1e-20


def direct_effects(
    blocks: BlockSums,
    *,
    column: str,
    perception: str,
    expectation: str,
    seed: int,
    replicates: int = REPLICATES,
    confidence: float = 0.95,
    clustered: bool = False,
) -> Direct:
    """Return the outcome on P and E, and the test that the difference P − E says as much.

    F tests b_P = −b_E on 1 and n − 3 degrees of freedom. With sampled clusters
    the error of b_P + b_E comes from the bootstrap, on clusters − 1.

    Source: edwards-1994, page-2002.
    """
    chosen = blocks.select([perception, expectation, column])
    n = blocks.rows
    covariance = chosen.covariance()
    equal_and_opposite = np.array([1.0, 1.0])
    try:
        fit = least_squares(covariance, n)
        resamples = chosen.resamples(replicates, seed=seed)
        drawn = raw_coefficients(resamples.drawn.covariances)
        test = (
            _resampled_test(fit, drawn @ equal_and_opposite, chosen.filled)
            if clustered
            else contrast_test(fit, equal_and_opposite)
        )
    except CannotCompute as problem:
        return Direct(n=n, reason=problem.reason)
    interval = bca_interval(
        fit.coefficients,
        drawn,
        raw_coefficients(resamples.left_out.covariances),
        confidence=confidence,
    )
    (p_low, p_high), (e_low, e_high) = interval.ends(0), interval.ends(1)
    r_gap = _correlation_with_difference(covariance)
    return Direct(
        n=n,
        b_perception=float(fit.coefficients[0]),
        b_perception_low=p_low,
        b_perception_high=p_high,
        b_expectation=float(fit.coefficients[1]),
        b_expectation_low=e_low,
        b_expectation_high=e_high,
        f=test.f,
        df1=test.df1,
        df2=test.df2,
        p=test.p,
        r2=fit.r2,
        r2_difference=r_gap**2,
        r_perception=float(correlations_of(covariance)[0, 2]),
        r_gap=r_gap,
    )


def _resampled_test(fit: LeastSquares, sums: Floats, clusters: int) -> ContrastTest:
    """Return Wald's F of b_P + b_E with the variance (B,) of its replicates."""
    usable = sums[np.isfinite(sums)]
    if len(usable) < USABLE_SHARE * len(sums):
        raise CannotCompute("too_few", "resamples of these clusters have no regression")
    variance = float(usable.var(ddof=1))
    if variance <= _ROUNDING:
        raise CannotCompute("constant", "nothing varies between the clusters")
    f = float(fit.coefficients.sum()) ** 2 / variance
    df2 = clusters - 1
    return ContrastTest(f=f, df1=1, df2=df2, p=float(fdtrc(1, df2, f)))


def _correlation_with_difference(covariance: Floats) -> float:
    """Return the correlation of P − E with the outcome; P and E are not collinear."""
    variance = covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1]
    return float((covariance[0, 2] - covariance[1, 2]) / np.sqrt(variance * covariance[2, 2]))

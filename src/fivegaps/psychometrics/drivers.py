"""Drivers of an outcome: how much of it goes with each dimension. Associations, not causes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.direct_effects import direct_effects
from fivegaps.psychometrics.results import Drivers, Predictor
from fivegaps.stats.bootstrap_intervals import BOOTSTRAP, Interval, interval_of
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.regression import (
    MOST_LMG_PREDICTORS,
    explained,
    johnson_weights,
    least_squares,
    lmg_shares,
    standardised_coefficients,
)
from fivegaps.stats.resampling import REPLICATES, BlockSums, Resamples, correlations_of

Floats = NDArray[np.float64]

LMG = "LMG share of R²"
JOHNSON = "Johnson relative weight"
BETA = "standardised regression coefficient"
CORRELATION = "Pearson correlation"
R2 = "R²"

# Beyond these, 2,000 replicates of all subsets would cost more than all else.
MOST_RESAMPLED_LMG = 8


def drivers(
    blocks: BlockSums,
    *,
    outcome: str,
    predictors: Mapping[str, str],
    battery: str,
    seed: int,
    column: str | None = None,
    direct: tuple[str, str] | None = None,
    replicates: int = REPLICATES,
    confidence: float = 0.95,
    clustered: bool = False,
) -> Drivers:
    """Return how much of the outcome's variance goes with each predictor.

    LMG shares and Johnson's relative weights both add up to R²; β and r keep
    their sign. Every interval is from resampling the blocks.

    Args:
        blocks: Sums over the people who answered the outcome and all predictors.
        outcome: The outcome's id.
        predictors: Dimension id to its column in ``blocks``.
        battery: The battery that the predictors come from.
        seed: Of the bootstrap.
        column: The outcome's column in ``blocks``; by default its id.
        direct: Columns of perception and expectation, for the test that they act
            with equal and opposite weights.
        replicates: Bootstrap replicates.
        confidence: Coverage of the intervals.
        clustered: Whether the blocks are sampled clusters; then the test of
            ``direct`` takes its error from the bootstrap too.

    Returns:
        The drivers; with ``reason`` too_few, constant or collinear instead of
        figures where the regression cannot be had.
    """
    target = column or outcome
    columns = list(predictors.values())
    chosen = blocks.select([*columns, target])
    n = blocks.rows
    try:
        fit = least_squares(chosen.covariance(), n)
        resamples = chosen.resamples(replicates, seed=seed)
    except CannotCompute as problem:
        return Drivers(outcome=outcome, battery=battery, n=n, reason=problem.reason)
    figures = _all_figures(chosen.covariance(), resamples, confidence)
    low, high = figures["r2"].ends(0)
    return Drivers(
        outcome=outcome,
        battery=battery,
        n=n,
        r2=fit.r2,
        r2_low=low,
        r2_high=high,
        predictors={
            dimension: Predictor(
                lmg=figures["lmg"].estimate(at, n),
                johnson=figures["johnson"].estimate(at, n),
                beta=figures["beta"].estimate(at, n),
                r=figures["r"].estimate(at, n),
            )
            for at, dimension in enumerate(predictors)
        },
        direct=None
        if direct is None
        else direct_effects(
            blocks,
            column=target,
            perception=direct[0],
            expectation=direct[1],
            seed=seed,
            replicates=replicates,
            confidence=confidence,
            clustered=clustered,
        ),
    )


def relative_weights(
    blocks: BlockSums,
    *,
    outcome: str,
    predictors: Mapping[str, str],
    seed: int,
    replicates: int = REPLICATES,
    confidence: float = 0.95,
) -> dict[str, Estimate]:
    """Return Johnson's relative weight of each predictor, as derived importance.

    Any number of predictors: for the 22 items of an importance-performance grid.

    Args:
        blocks: Sums over the people who answered the outcome and all predictors.
        outcome: The outcome's column in ``blocks``.
        predictors: Name to column in ``blocks``.
        seed: Of the bootstrap.
        replicates: Bootstrap replicates; 0 for no intervals.
        confidence: Coverage of the intervals.

    Returns:
        Name to weight; the weights add up to R². With reason too_few, constant or
        collinear where they cannot be had.

    Source: johnson-2000.
    """
    chosen = blocks.select([*predictors.values(), outcome])
    n = blocks.rows
    covariance = chosen.covariance()
    try:
        least_squares(covariance, n)
        resamples = chosen.resamples(replicates, seed=seed) if replicates else None
    except CannotCompute as problem:
        return {name: Estimate.cannot(problem.reason, n=n, method=JOHNSON) for name in predictors}
    figures = _Figures.of(JOHNSON, _johnson, covariance, resamples=resamples, confidence=confidence)
    return {name: figures.estimate(at, n) for at, name in enumerate(predictors)}


@dataclass(frozen=True, slots=True)
class _Figures:
    """Figures (m,) of one kind with their intervals."""

    method: str
    values: Floats
    interval: Interval | None

    @classmethod
    def of(
        cls,
        method: str,
        figures: Callable[[Floats], Floats],
        covariance: Floats,
        *,
        resamples: Resamples | None,
        confidence: float,
    ) -> Self:
        values = figures(covariance[None])[0]
        if resamples is None:
            return cls(f"{method}; no interval", values, None)
        interval = interval_of(figures, covariance, resamples, confidence=confidence)
        return cls(f"{method}, {BOOTSTRAP}", values, interval)

    def ends(self, at: int) -> tuple[float | None, float | None]:
        return (None, None) if self.interval is None else self.interval.ends(at)

    def estimate(self, at: int, n: int) -> Estimate:
        value = float(self.values[at])
        if not np.isfinite(value):
            return Estimate.cannot("too_many_predictors", n=n, method=self.method)
        low, high = self.ends(at)
        return Estimate(value=value, low=low, high=high, n=n, method=self.method)


def _all_figures(
    covariance: Floats, resamples: Resamples, confidence: float
) -> dict[str, _Figures]:
    k = len(covariance) - 1
    kinds = {"lmg": (LMG, _lmg), "johnson": (JOHNSON, _johnson), "beta": (BETA, _beta)}
    kinds |= {"r": (CORRELATION, _r), "r2": (R2, _r2)}
    found = {
        name: _Figures.of(
            method,
            figures,
            covariance,
            resamples=None if name == "lmg" and k > MOST_RESAMPLED_LMG else resamples,
            confidence=confidence,
        )
        for name, (method, figures) in kinds.items()
        if name != "lmg" or k <= MOST_LMG_PREDICTORS
    }
    if k > MOST_LMG_PREDICTORS:
        found["lmg"] = _Figures(LMG, np.full(k, np.nan), None)
    elif k > MOST_RESAMPLED_LMG:
        beyond = f"{LMG}; no interval beyond {MOST_RESAMPLED_LMG} predictors"
        found["lmg"] = replace(found["lmg"], method=beyond)
    return found


def _parts(covariances: Floats) -> tuple[Floats, Floats]:
    correlations = correlations_of(covariances)
    return correlations[:, :-1, :-1], correlations[:, :-1, -1]


def _lmg(covariances: Floats) -> Floats:
    return lmg_shares(*_parts(covariances))


def _johnson(covariances: Floats) -> Floats:
    return johnson_weights(*_parts(covariances))


def _beta(covariances: Floats) -> Floats:
    return standardised_coefficients(*_parts(covariances))


def _r(covariances: Floats) -> Floats:
    return _parts(covariances)[1]


def _r2(covariances: Floats) -> Floats:
    return explained(*_parts(covariances))[:, None]

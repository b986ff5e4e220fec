"""Penalty-reward contrasts: what low and high scores cost and earn in the outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import CannotCompute
from fivegaps.psychometrics.results import PenaltyReward
from fivegaps.stats.bootstrap_intervals import BOOTSTRAP, interval_of
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.regression import least_squares, raw_coefficients
from fivegaps.stats.resampling import REPLICATES, BlockSums

Floats = NDArray[np.float64]

PENALTY = "regression on low and high scores: low"
REWARD = "regression on low and high scores: high"

# Fewer people with a low (or high) score than this say nothing about it.
LEAST_PEOPLE = 5


def penalty_reward(
    blocks: BlockSums,
    *,
    outcome: str,
    dimensions: Sequence[str],
    seed: int,
    replicates: int = REPLICATES,
    confidence: float = 0.95,
) -> dict[str, PenaltyReward]:
    """Regress the outcome on whether each dimension was scored low or high.

    All dummies enter one regression. The penalty is the coefficient of a low
    score (below 0 when it costs), the reward that of a high one. Kinds, told by
    the bootstrap interval of −penalty − reward: basic when the penalty is larger,
    excitement when the reward is, performance when they are not told apart but at
    least one of them is told from zero, cannot_tell otherwise.

    Args:
        blocks: Sums with columns ``low_<dimension>`` and ``high_<dimension>`` of 0
            and 1, and the outcome.
        outcome: The outcome's column.
        dimensions: Dimension ids.
        seed: Of the bootstrap.
        replicates: Bootstrap replicates.
        confidence: Coverage of the intervals.

    Returns:
        Dimension id to penalty, reward and kind. A dummy that fewer than five people
        (or all but fewer than five) have is left out, with reason too_few.

    Source: brandt-1987; its use for Kano's classes is contested (mikulic-2011).
    """
    n = blocks.rows
    shares = dict(zip(blocks.names, blocks.means().tolist(), strict=True))
    wanted = [f"{side}_{dimension}" for dimension in dimensions for side in ("low", "high")]
    people = {name: round(shares[name] * n) for name in wanted} if n else {}
    dummies = [name for name, m in people.items() if LEAST_PEOPLE <= m <= n - LEAST_PEOPLE]
    chosen = blocks.select([*dummies, outcome])
    try:
        least_squares(chosen.covariance(), n)
        resamples = chosen.resamples(replicates, seed=seed)
    except CannotCompute as problem:
        return {dimension: _nothing(problem.reason, n) for dimension in dimensions}
    # Beside each coefficient, for each dimension with both: −penalty − reward.
    rows = dict(zip(dummies, np.eye(len(dummies)), strict=True))
    for dimension in dimensions:
        low, high = f"low_{dimension}", f"high_{dimension}"
        if low in rows and high in rows:
            rows[f"excess_{dimension}"] = -rows[low] - rows[high]
    turn = np.array(list(rows.values())).T

    def figures(covariances: Floats) -> Floats:
        combined: Floats = raw_coefficients(covariances) @ turn
        return combined

    covariance = chosen.covariance()
    values = figures(covariance[None])[0]
    interval = interval_of(figures, covariance, resamples, confidence=confidence)
    found = {
        name: Estimate(float(values[at]), *interval.ends(at), n=n, method=BOOTSTRAP)
        for at, name in enumerate(rows)
    }
    return {dimension: _classified(found, dimension, n) for dimension in dimensions}


def _classified(found: Mapping[str, Estimate], dimension: str, n: int) -> PenaltyReward:
    penalty = _named(found.get(f"low_{dimension}"), PENALTY, n)
    reward = _named(found.get(f"high_{dimension}"), REWARD, n)
    excess = found.get(f"excess_{dimension}")
    return PenaltyReward(penalty=penalty, reward=reward, kind=_kind(penalty, reward, excess))


def _kind(penalty: Estimate, reward: Estimate, excess: Estimate | None) -> str:
    if excess is None or not (_told_from_zero(penalty) or _told_from_zero(reward)):
        return "cannot_tell"
    if not _told_from_zero(excess) or excess.value is None:
        return "performance"
    return "basic" if excess.value > 0 else "excitement"


def _told_from_zero(estimate: Estimate) -> bool:
    if estimate.low is None or estimate.high is None:
        return False
    return estimate.low > 0 or estimate.high < 0


def _named(estimate: Estimate | None, method: str, n: int) -> Estimate:
    if estimate is None:
        return Estimate.cannot("too_few", n=n, method=method)
    return replace(estimate, method=f"{method}, {estimate.method}")


def _nothing(reason: str, n: int) -> PenaltyReward:
    return PenaltyReward(
        penalty=Estimate.cannot(reason, n=n, method=PENALTY),
        reward=Estimate.cannot(reason, n=n, method=REWARD),
        kind="cannot_tell",
    )

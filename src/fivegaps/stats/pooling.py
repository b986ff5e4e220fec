"""Pool the effects of one remedy over several uses: random effects.

Source: dersimonian-1986 for the spread between uses, hartung-2001
for the interval.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fivegaps.errors import CannotCompute
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import t_interval

METHOD = "random effects (DerSimonian-Laird), Hartung-Knapp interval"
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Pooled:
    """The mean effect over uses, and the SD of true effects between them (tau)."""

    effect: Estimate
    tau: float
    uses: int


def pooled_effect(
    effects: ArrayLike, standard_errors: ArrayLike, *, confidence: float = 0.95
) -> Pooled:
    """Return the pooled effect of at least three uses.

    Args:
        effects: (k,) effects in one unit; positive is an improvement.
        standard_errors: (k,) above 0.
        confidence: Of the interval.

    Raises:
        CannotCompute: too_few, with fewer than three usable effects.
    """
    effect = np.asarray(effects, dtype=np.float64)
    error = np.asarray(standard_errors, dtype=np.float64)
    usable = np.isfinite(effect) & np.isfinite(error) & (error > 0)
    effect, error = effect[usable], error[usable]
    k = len(effect)
    if k < FEWEST:
        raise CannotCompute("too_few", f"{k} uses; pooling needs {FEWEST}")
    weight = 1 / error**2
    common = float(weight @ effect / weight.sum())
    q = float(weight @ (effect - common) ** 2)
    excess = float(weight.sum() - (weight**2).sum() / weight.sum())
    tau2 = max(0.0, (q - (k - 1)) / excess)
    weight = 1 / (error**2 + tau2)
    mean = float(weight @ effect / weight.sum())
    spread = float(weight @ (effect - mean) ** 2) / ((k - 1) * weight.sum())
    # Never narrower than with the errors taken as known (the usual safeguard).
    standard_error = float(np.sqrt(max(spread, 1 / weight.sum())))
    low, high = t_interval(mean, standard_error, df=k - 1, confidence=confidence)
    return Pooled(Estimate(mean, low, high, k, METHOD), float(np.sqrt(tau2)), k)

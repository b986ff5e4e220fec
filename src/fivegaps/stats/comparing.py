"""Compare two independent groups: two waves, two units, we and a competitor."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtr

from fivegaps.errors import OptionRefused
from fivegaps.stats.adjust import Probabilities, adjusted, holm
from fivegaps.stats.estimate import GapEstimate
from fivegaps.stats.intervals import (
    NO_VARIATION,
    Sample,
    t_interval,
    t_probability,
    welch_df,
)

WELCH = "difference of two independent means, Welch interval"


@dataclass(frozen=True, slots=True)
class Equivalence:
    """Two one-sided tests that a difference lies inside ±margin.

    ``low`` and ``high`` bound the 1 − 2α interval (90 % for α .05): equivalence is
    shown when it lies inside the margin, which is when ``p`` < α.
    """

    margin: float
    p_above_lower: float
    p_below_upper: float
    p: float
    low: float
    high: float
    equivalent: bool


def difference(
    first: Sample, second: Sample, *, confidence: float = 0.95, method: str = WELCH
) -> GapEstimate:
    """Return first − second of two independent groups, by Welch.

    ``sd`` is the root of the mean of the two variances, ``d_av`` the difference
    over the average of the two SDs, ``n`` the answers of both together. There is
    no ``d_z``: the groups are not paired.

    Args:
        first: n, mean and variance of the group that is looked at.
        second: The same of the group that it is held against.
        confidence: For instance .95.
        method: Name of the method, for the result.

    Returns:
        The estimate; reason ``too_few`` when a group has fewer than two answers or
        fewer than two sampled groups.

    Source: welch-1947.
    """
    n = first.n + second.n
    if not (first.usable and second.usable) or min(first.degrees, second.degrees) < 1:
        return GapEstimate.cannot("too_few", n=n, method=method)
    value = _known(first.mean) - _known(second.mean)
    variances = (max(_known(first.variance), 0.0), max(_known(second.variance), 0.0))
    sd = math.sqrt(sum(variances) / 2)
    average = (math.sqrt(variances[0]) + math.sqrt(variances[1])) / 2
    squared = first.squared_error + second.squared_error
    if not squared > 0:
        return GapEstimate(
            value=value, low=value, high=value, n=n, method=f"{method}; {NO_VARIATION}", sd=sd
        )
    error, df = math.sqrt(squared), welch_df(first, second)
    low, high = t_interval(value, error, df=df, confidence=confidence)
    return GapEstimate(
        value=value,
        low=low,
        high=high,
        n=n,
        method=method,
        sd=sd,
        t=value / error,
        df=df,
        p=t_probability(value / error, df),
        d_av=value / average if average else None,
    )


def differences(
    pairs: Mapping[str, tuple[Sample, Sample]],
    *,
    rule: Callable[[Probabilities], NDArray[np.float64]] = holm,
    confidence: float = 0.95,
    method: str = WELCH,
) -> dict[str, GapEstimate]:
    """Return first − second for each name, with p adjusted over all of them.

    Args:
        pairs: Name (a dimension, an item) to the two groups.
        rule: ``holm`` for a handful of dimensions, ``benjamini_hochberg`` for items.
        confidence: For instance .95, of each interval by itself.
        method: Name of the method, for the results.
    """
    each = {
        name: difference(first, second, confidence=confidence, method=method)
        for name, (first, second) in pairs.items()
    }
    return adjusted(each, rule)


def equivalence(
    first: Sample, second: Sample | None = None, *, margin: float, alpha: float = 0.05
) -> Equivalence | None:
    """Return whether a difference is shown to be smaller than the margin (TOST).

    Args:
        first: A group; with ``second`` its mean is compared by Welch, without it
            against 0 (a mean of paired differences).
        second: The independent group that it is held against.
        margin: The largest difference that does not matter, in the same unit; > 0.
        alpha: Of each of the two one-sided tests.

    Returns:
        The two tests; None when there are too few answers or nothing varies.

    Raises:
        OptionRefused: The margin is not above 0.

    Source: schuirmann-1987.
    """
    if not margin > 0:
        raise OptionRefused("margin", f"a margin of {margin} is not above 0")
    groups = (first,) if second is None else (first, second)
    if any(not group.usable or group.degrees < 1 for group in groups):
        return None
    error = math.sqrt(sum(group.squared_error for group in groups))
    if error == 0:
        return None
    value = _known(first.mean) - (0.0 if second is None else _known(second.mean))
    df = first.degrees if second is None else welch_df(first, second)
    above = float(stdtr(df, -(value + margin) / error))
    below = float(stdtr(df, (value - margin) / error))
    low, high = t_interval(value, error, df=df, confidence=1 - 2 * alpha)
    worst = max(above, below)
    return Equivalence(
        margin=margin,
        p_above_lower=above,
        p_below_upper=below,
        p=worst,
        low=low,
        high=high,
        equivalent=worst < alpha,
    )


def _known(value: float | None) -> float:
    return math.nan if value is None else value

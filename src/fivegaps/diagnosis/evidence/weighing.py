"""The weight of evidence: how much likelier what was seen is with a cause than without.

A cause is expected to move its first sign, often its other leading signs, and
sometimes what only supports it. Each sign is seen through its own error. So a sign
that is surely there counts much, one that is surely not there counts against the
cause, one that is too rough to tell counts for little, and a cause is not pushed
back for signs that it need not show. Weights are natural logarithms of likelihood
ratios and add up, as weights of evidence do.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.special import gammaln

from fivegaps.diagnosis.evidence.judging import Judgement

# What a cause does to a sign that it moves: mean and SD of it, in SD of answers.
USUAL_EFFECT, EFFECTS_DIFFER = 0.8, 0.4
# How often a cause shows in its first sign, in further leading ones, in words and facts,
# in the gap itself.
FIRST_SHOWS, LEAD_SHOWS, SUPPORT_SHOWS, GAP_SHOWS = 0.75, 0.4, 0.25, 0.2
SHOWS = {"lead": LEAD_SHOWS, "support": SUPPORT_SHOWS, "gap": GAP_SHOWS}
# How often a cause is at work in all units, not in half of them.
EVERYWHERE = 0.75
# What supports only, and the gap itself, may not outweigh a leading sign.
MOST = {"lead": math.inf, "support": 1.5, "gap": 1.0}


def weight_of(alternatives: Sequence[Judgement], *, first: bool) -> float:
    """Return the weight of one sign, positive for the cause.

    Args:
        alternatives: The sign's judgements, one for each dimension that it looks at;
            the cause would show in one of them, nobody knows in which.
        first: Whether it is the cause's first sign.
    """
    part = alternatives[0].part
    ratios = [_ratio(one) for one in alternatives]
    shows = FIRST_SHOWS if first and part == "lead" else SHOWS[part]
    weight = math.log(1 - shows + shows * sum(ratios) / len(ratios))
    return min(weight, MOST[part])


def _ratio(judgement: Judgement) -> float:
    """Return the likelihood ratio of a sign, at work in all units or in half of them."""
    everywhere = math.exp(log_ratio(judgement.distance, judgement.error, judgement.df))
    standing = judgement.reading.standing
    if standing is None or standing.in_half is None:
        return everywhere
    half = standing.in_half
    there = math.exp(log_ratio(half.distance, half.error, half.df))
    return EVERYWHERE * everywhere + (1 - EVERYWHERE) * there


def log_ratio(distance: float, error: float, df: float) -> float:
    """Return how much likelier a distance is with a cause than without, as a logarithm.

    A measure that lies on the good side says no more than one that lies a little
    there.

    Args:
        distance: On the bad side, in SD.
        error: Its standard error.
        df: Of the error.
    """
    if error == 0:
        return 0.0
    held = max(distance, -error)
    with_cause = math.hypot(error, EFFECTS_DIFFER)
    return _log_density(held - USUAL_EFFECT, with_cause, df) - _log_density(held, error, df)


def _log_density(value: float, scale: float, df: float) -> float:
    """Return the log density of Student's t."""
    shape = float(gammaln((df + 1) / 2) - gammaln(df / 2)) - 0.5 * math.log(df * math.pi)
    return shape - math.log(scale) - (df + 1) / 2 * math.log1p((value / scale) ** 2 / df)

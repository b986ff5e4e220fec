"""Gap scores of items, dimensions and the whole, from sums of score columns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.scoring.sums import Sums
from fivegaps.stats.estimate import Estimate, GapEstimate, SignedRank
from fivegaps.stats.intervals import gap_estimate, mean_estimate

Terms = Mapping[str, float]

HALF_RULE = "half rule"
LINEARISED = "linearised interval"
CLUSTERED = "linearised interval over clusters"


def paired_gap(
    sums: Sums,
    masks: tuple[str, ...],
    *,
    method: str,
    confidence: float,
    frequencies: tuple[NDArray[np.int64], NDArray[np.int64]] | None = None,
) -> GapEstimate:
    """Return perception minus expectation, the mean over the masks' score columns.

    Args:
        sums: Sums of score columns.
        masks: Columns to average with equal weight: one item, one dimension, or
            all dimensions for the overall gap.
        method: What is averaged, in words.
        confidence: For instance .95.
        frequencies: Distinct whole-number differences and their counts, for
            Wilcoxon's test; left out with weights and clusters, where its place
            holds the reason.
    """
    perception = terms("perception", masks)
    expectation = terms("expectation", masks)
    gap = {**perception, **{name: -value for name, value in expectation.items()}}
    mean = sums.mean(gap)
    spread = [sums.mean(side).variance for side in (perception, expectation)]
    sds = [None if variance is None else math.sqrt(variance) for variance in spread]
    found = gap_estimate(
        n=mean.n,
        mean=mean.mean,
        variance=mean.variance,
        sd_perception=sds[0],
        sd_expectation=sds[1],
        frequencies=frequencies,
        confidence=confidence,
        method=f"{method}, {interval_name(sums)}",
        standard_error=mean.standard_error,
        df=mean.df,
    )
    if found.value is None or found.wilcoxon is not None:
        return found
    reason = "not_counted" if sums.plain else "not_independent"
    return replace(found, wilcoxon=SignedRank(v=None, n_nonzero=0, p=None, reason=reason))


def mean_of(sums: Sums, wanted: Terms, *, method: str, confidence: float) -> Estimate:
    """Return the mean of a linear function of score columns with its interval."""
    if any(sums.place(name) is None for name in wanted):
        return Estimate.cannot("not_asked", method=method)
    return mean_estimate(
        sums.mean(wanted), confidence=confidence, method=f"{method}, {interval_name(sums)}"
    )


def terms(battery: str, masks: tuple[str, ...]) -> dict[str, float]:
    """Return the equal-weight mean of a battery's score columns as terms."""
    return {f"{battery}:{mask}": 1 / len(masks) for mask in masks}


def interval_name(sums: Sums) -> str:
    """Return the name of the interval that these sums give."""
    if sums.clusters is not None:
        return CLUSTERED
    if sums.cells is not None:
        return "linearised interval with raking residuals"
    if sums.once is not sums.counts:
        return LINEARISED
    return "t interval"


def frequencies(
    table: NDArray[np.int64] | None,
) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Return distinct differences and counts of a frequency table centred at 0."""
    if table is None:
        return None
    places = np.flatnonzero(table)
    middle = (len(table) - 1) // 2
    return places - middle, table[places]

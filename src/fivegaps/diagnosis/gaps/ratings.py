"""Direct ratings of gaps 2, 3 and 4: the mean answer less the top of its scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.between import OVER_UNITS, OVERALL, is_clustered
from fivegaps.diagnosis.cells import Rules, VoiceName
from fivegaps.diagnosis.gap_results import RatedDimension, SelfRated
from fivegaps.diagnosis.sampling import Floats, Places, column_samples, mean_sample
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import Sample, mean_estimate, share_estimate

TOP, WIDEST = 7.0, -6.0
METHOD = "mean rating less the top of the scale"
CLIPPED = "t interval inside −6 to 0"
NONE_SHARE = "share who marked no standard, Wilson interval"

Marks = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Ratings:
    """One voice's ratings 1 to 7: ``values`` (n, dimensions), NaN is not given.

    ``none`` (n, dimensions) marks "no standard"; None where there is no such box.
    """

    voice: VoiceName
    values: Floats
    unit: Places
    none: Marks | None = None

    def chosen(self, mask: Marks) -> Ratings:
        """Return the ratings of those people only for whom ``mask`` (n,) holds."""
        return Ratings(
            self.voice,
            self.values[mask],
            self.unit[mask],
            None if self.none is None else self.none[mask],
        )


def self_rated(ratings: Ratings, dimensions: Sequence[str], rules: Rules) -> SelfRated:
    """Return the ratings of each dimension less the top, and the mean of dimensions.

    Who marked "no standard" is not in the mean and counts in ``none_share``.
    """
    found = {}
    for place, (name, sample) in enumerate(
        zip(dimensions, column_samples(ratings.values, ratings.unit), strict=True)
    ):
        found[name] = _rated(ratings.voice, sample, rules, none_share=_none(ratings, place, rules))
    overall = mean_sample(ratings.values, ratings.unit)
    return SelfRated(
        overall=_rated(ratings.voice, overall, rules, method=f"{OVERALL}: {METHOD}"),
        dimensions=found,
    )


def _none(ratings: Ratings, place: int, rules: Rules) -> Estimate | None:
    if ratings.none is None:
        return None
    marked = int(ratings.none[:, place].sum())
    answered = marked + int((~np.isnan(ratings.values[:, place])).sum())
    reason = rules.withheld(ratings.voice, answered)
    if reason is not None:
        return Estimate.cannot(reason, method=NONE_SHARE)
    return share_estimate(marked, answered, confidence=rules.confidence, method=NONE_SHARE)


def _rated(
    voice: VoiceName,
    sample: Sample,
    rules: Rules,
    *,
    none_share: Estimate | None = None,
    method: str = METHOD,
) -> RatedDimension:
    reason = rules.withheld(voice, sample.n)
    if reason == "not_asked" and none_share is not None and none_share.value == 1.0:
        reason = "no_standard"
    if reason is not None:
        return RatedDimension(None, None, None, 0, method, reason, none_share=none_share)
    notes = f", {OVER_UNITS}" if is_clustered(sample) else ""
    mean = mean_estimate(sample, confidence=rules.confidence, method=f"{method}, {CLIPPED}{notes}")
    if mean.value is None:
        return RatedDimension(None, None, None, mean.n, method, mean.reason, none_share=none_share)
    return RatedDimension(
        value=mean.value - TOP,
        low=None if mean.low is None else max(mean.low - TOP, WIDEST),
        high=None if mean.high is None else min(mean.high - TOP, 0.0),
        n=mean.n,
        method=mean.method,
        sd=None if sample.variance is None else math.sqrt(max(sample.variance, 0.0)),
        none_share=none_share,
    )

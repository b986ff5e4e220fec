"""Direct ratings of gaps 2, 3 and 4: the mean answer less the top of its scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.between import OVER_UNITS, OVERALL, is_clustered
from fivegaps.diagnosis.cells import NOBODY, SMALL, Cells, ReleaseGate, Rules, VoiceName
from fivegaps.diagnosis.gap_results import RatedDimension, SelfRated
from fivegaps.diagnosis.sampling import Floats, Places
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
    The cells tell which ratings, and which shares of the mark, may be shown.
    """

    voice: VoiceName
    values: Floats
    unit: Places
    cells: Cells
    none: Marks | None = None
    none_cells: Cells | None = None

    @classmethod
    def of(
        cls,
        voice: VoiceName,
        values: Floats,
        unit: Places,
        *,
        gate: ReleaseGate,
        none: Marks | None = None,
    ) -> Ratings:
        """Ask the gate what may be shown; that nobody, or everybody, marked the box may not."""
        return cls(
            voice,
            values,
            unit,
            gate.cells(voice, values, unit),
            none,
            None if none is None else gate.cells(voice, _marks(values, none), unit),
        )

    def chosen(self, mask: Marks, at: int) -> Ratings:
        """Return the ratings of the unit at a place, for whose people ``mask`` (n,) holds."""
        return Ratings(
            self.voice,
            self.values[mask],
            self.unit[mask],
            self.cells.under(at),
            None if self.none is None else self.none[mask],
            None if self.none_cells is None else self.none_cells.under(at),
        )


def _marks(values: Floats, none: Marks) -> Floats:
    """Return 1 for who marked the box, 0 for who rated, NaN for who did neither."""
    found: Floats = np.where(none, 1.0, np.where(np.isnan(values), np.nan, 0.0))
    return found


def self_rated(ratings: Ratings, dimensions: Sequence[str], rules: Rules) -> SelfRated:
    """Return the ratings of each dimension less the top, and the mean of dimensions.

    Who marked "no standard" is not in the mean and counts in ``none_share``.
    """
    found = {}
    samples = ratings.cells.samples(ratings.values, ratings.unit)
    for place, (name, sample) in enumerate(zip(dimensions, samples, strict=True)):
        found[name] = _rated(ratings.voice, sample, rules, none_share=_none(ratings, place, rules))
    overall = ratings.cells.mean(ratings.values, ratings.unit)
    return SelfRated(
        overall=_rated(ratings.voice, overall, rules, method=f"{OVERALL}: {METHOD}"),
        dimensions=found,
    )


def _none(ratings: Ratings, place: int, rules: Rules) -> Estimate | None:
    if ratings.none is None or ratings.none_cells is None:
        return None
    marked = int(ratings.none[:, place].sum())
    answered = marked + int((~np.isnan(ratings.values[:, place])).sum())
    if answered == 0:
        return Estimate.cannot(NOBODY, method=NONE_SHARE)
    if not ratings.none_cells.here[place]:
        return Estimate.cannot(SMALL, method=NONE_SHARE)
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
    if reason == NOBODY and none_share is not None and none_share.reason != NOBODY:
        reason = "no_standard" if none_share.value == 1.0 else SMALL
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

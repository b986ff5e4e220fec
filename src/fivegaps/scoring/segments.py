"""Segments side by side: branches, channels, times of day.

Each segment has its own gaps with intervals; whether segments differ at all, which
lie outside the funnel, and where a dimension is uneven between channels is told
for all of them together, so that chance is not read as merit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from fivegaps.scoring.results import (
    Consistency,
    Segment,
    SegmentDimension,
    Segments,
    SegmentSpread,
)
from fivegaps.stats.adjust import adjusted, benjamini_hochberg, holm
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.funnel import Funnel, funnel
from fivegaps.stats.intervals import MEAN, PAIRED, Sample, gap_estimate, mean_estimate

MEAN_OF_DIMENSIONS = "mean of dimension gaps, t interval"
WITHIN_ONE = "of the answers within one sampled group"


@dataclass(frozen=True, slots=True)
class DimensionSample:
    """One dimension in one segment, each over the people who have that score."""

    expectation: Sample
    perception: Sample
    gap: Sample
    frequencies: tuple[ArrayLike, ArrayLike] | None = None


@dataclass(frozen=True, slots=True)
class SegmentSample:
    """One segment: ``overall`` is its mean of dimensions, with the variance of one person's."""

    n: int
    overall: Sample
    dimensions: Mapping[str, DimensionSample]


def segments(samples: Mapping[str, SegmentSample], *, confidence: float = 0.95) -> Segments:
    """Return the segments of one column with what can be said of them all.

    ``p`` of a segment tests its overall gap against all other segments together,
    ``p_adjusted`` is Benjamini-Hochberg over the segments; within a segment the
    dimensions' gaps carry Holm. A dimension is told apart between segments by its
    Holm-adjusted p over the dimensions.

    Where answers are clustered, a segment that is a single cluster (a branch, when
    branches were sampled) has plain intervals: they speak of that branch alone.

    Args:
        samples: Value of the column (``branch|channel`` pairs joined by ``|``) to
            its numbers; values keep their order.
        confidence: Of every interval; segments are told apart at 1 − confidence.
    """
    overall = funnel([sample.overall for sample in samples.values()])
    placed = dict(zip(samples, overall.units, strict=True))
    p_adjusted = benjamini_hochberg([unit.p for unit in overall.units])
    values = {
        name: Segment(
            n=sample.n,
            overall=_gap(sample.overall, confidence=confidence, method=MEAN_OF_DIMENSIONS),
            dimensions=_dimensions(sample, confidence),
            outlying=placed[name].place,
            p=placed[name].p,
            p_adjusted=None if placed[name].p is None else float(chance),
        )
        for (name, sample), chance in zip(samples.items(), p_adjusted, strict=True)
    }
    return Segments(
        values=values,
        spread=_spread(overall, overall.p, 1 - confidence),
        dimensions=consistency(samples, confidence=confidence),
    )


def consistency(
    samples: Mapping[str, SegmentSample], *, confidence: float = 0.95
) -> dict[str, Consistency]:
    """Return for each dimension how evenly it is delivered over the segments.

    ``lowest`` and ``highest`` name the segments with the smallest and largest mean
    gap; None when fewer than two segments have one.
    """
    names = list(dict.fromkeys(name for sample in samples.values() for name in sample.dimensions))
    funnels: dict[str, Funnel] = {}
    ends: dict[str, tuple[str, str] | None] = {}
    for name in names:
        present = {
            value: sample.dimensions[name].gap
            for value, sample in samples.items()
            if name in sample.dimensions
        }
        funnels[name] = funnel(list(present.values()))
        means = {
            value: gap.mean for value, gap in present.items() if gap.usable and gap.mean is not None
        }
        ends[name] = (
            (min(means, key=means.__getitem__), max(means, key=means.__getitem__))
            if len(means) > 1
            else None
        )
    chances = holm([funnels[name].p for name in names])
    result = {}
    for name, chance in zip(names, chances.tolist(), strict=True):
        end = ends[name]
        result[name] = Consistency(
            spread=_spread(funnels[name], chance, 1 - confidence),
            lowest=None if end is None else end[0],
            highest=None if end is None else end[1],
        )
    return result


def _dimensions(sample: SegmentSample, confidence: float) -> dict[str, SegmentDimension]:
    gaps = adjusted(
        {
            name: _gap(
                dimension.gap,
                confidence=confidence,
                method=PAIRED,
                both=(dimension.perception, dimension.expectation),
                frequencies=dimension.frequencies,
            )
            for name, dimension in sample.dimensions.items()
        },
        holm,
    )
    return {
        name: SegmentDimension(
            expectation=_mean(dimension.expectation, confidence),
            perception=_mean(dimension.perception, confidence),
            gap=gaps[name],
        )
        for name, dimension in sample.dimensions.items()
    }


def _gap(
    sample: Sample,
    *,
    confidence: float,
    method: str,
    both: tuple[Sample, Sample] | None = None,
    frequencies: tuple[ArrayLike, ArrayLike] | None = None,
) -> GapEstimate:
    spreads = [None, None] if both is None else [_sd(side) for side in both]
    own, how = _own(sample, method)
    return gap_estimate(
        n=own.n,
        mean=own.mean,
        variance=own.variance,
        sd_perception=spreads[0],
        sd_expectation=spreads[1],
        frequencies=frequencies,
        confidence=confidence,
        method=how,
        standard_error=own.standard_error,
        df=own.df,
    )


def _own(sample: Sample, method: str) -> tuple[Sample, str]:
    """Return the sample with its plain error when it is one cluster, and the method's name."""
    if sample.usable and sample.degrees < 1:
        return replace(sample, standard_error=None, df=None), f"{method}, {WITHIN_ONE}"
    return sample, method


def _mean(sample: Sample, confidence: float) -> Estimate:
    own, how = _own(sample, MEAN)
    return mean_estimate(own, confidence=confidence, method=how)


def _sd(sample: Sample) -> float | None:
    return None if sample.variance is None else max(sample.variance, 0.0) ** 0.5


def _spread(whole: Funnel, chance: float | None, alpha: float) -> SegmentSpread:
    """Return the spread; a chance that is None or NaN tells nothing apart."""
    return SegmentSpread(
        told_apart=chance is not None and chance < alpha,
        q=whole.q,
        df=whole.df,
        p=whole.p,
        tau=whole.tau,
        range=whole.span,
    )

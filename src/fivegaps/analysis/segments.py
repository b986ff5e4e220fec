"""Segments of an analysis: tables by value, spread, funnel, consistency."""

from __future__ import annotations

from fivegaps.analysis.samples import Weighing
from fivegaps.engines.scores import EVERYONE
from fivegaps.engines.survey import MOST_VALUES, CountPlan, SurveyCounts
from fivegaps.errors import OptionRefused
from fivegaps.scoring.gaps import terms
from fivegaps.scoring.results import Segments
from fivegaps.scoring.segments import DimensionSample, SegmentSample, segments
from fivegaps.scoring.sums import Sums
from fivegaps.stats.intervals import Sample


def segment_tables(
    plan: CountPlan, counts: SurveyCounts, weighing: Weighing, *, confidence: float
) -> dict[str, Segments]:
    """Return the segments of every column and pair of columns (``a|b``) that was asked for.

    Raises:
        OptionRefused: A column has so many values that it is no segment.
    """
    found = {}
    for segment in plan.segments:
        sums = weighing.segment(counts, segment)
        if len(sums) > MOST_VALUES:
            raise OptionRefused(
                "--by",
                f"{'|'.join(segment)} has {len(sums)} values; more than {MOST_VALUES} are no"
                " segments",
            )
        samples = {name: segment_sample(plan, part) for name, part in sums.items()}
        found["|".join(segment)] = segments(samples, confidence=confidence)
    return found


def segment_sample(plan: CountPlan, sums: Sums) -> SegmentSample:
    """Return what is needed of one segment: its means of dimensions and overall."""
    paired = plan.layout.paired
    kind = "dimension" if paired else "performance"
    masks = {
        dimension.id: f"{kind}:{dimension.id}"
        for dimension in plan.layout.instrument.dimensions
        if sums.place(f"perception:{kind}:{dimension.id}") is not None
    }
    everyone = len(sums.columns) + sums.masks.index(EVERYONE)
    return SegmentSample(
        n=int(sums.counts[everyone, everyone]),
        overall=(
            _gap(sums, tuple(masks.values()), paired=True)
            if paired
            else _performance(sums, tuple(masks.values()))
        ),
        dimensions={
            name: DimensionSample(
                expectation=_mean(sums, "expectation", mask) if paired else Sample(0, None),
                perception=_mean(sums, "perception", mask),
                gap=_gap(sums, (mask,), paired=paired),
            )
            for name, mask in masks.items()
        },
    )


def _mean(sums: Sums, battery: str, mask: str) -> Sample:
    return sums.mean(terms(battery, (mask,)))


def _performance(sums: Sums, masks: tuple[str, ...]) -> Sample:
    """Return the mean perception, which is compared where no expectations were asked."""
    return sums.mean(terms("perception", masks)) if masks else Sample(0, None)


def _gap(sums: Sums, masks: tuple[str, ...], *, paired: bool) -> Sample:
    """Return the mean gap; without expectations there is none."""
    if not paired or not masks:
        return Sample(0, None)
    minus = {name: -value for name, value in terms("expectation", masks).items()}
    return sums.mean({**terms("perception", masks), **minus})

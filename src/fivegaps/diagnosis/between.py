"""Gaps between two voices: Welch on means, withheld where too few answered."""

from __future__ import annotations

from collections.abc import Mapping

from fivegaps.diagnosis.cells import Rules, VoiceName
from fivegaps.diagnosis.gap_results import Levels, Surveyed
from fivegaps.diagnosis.sampling import NOBODY
from fivegaps.diagnosis.voices import Side
from fivegaps.stats.adjust import adjusted, benjamini_hochberg, holm
from fivegaps.stats.comparing import WELCH, difference
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import Sample, mean_estimate

CENSUS = "a census has no sampling error"
OVER_UNITS = "units as clusters"
OVERALL = "mean of dimensions"


def between(first: Side, second: Side, rules: Rules, *, sides: bool = True) -> Surveyed:
    """Return first − second for the whole, each dimension and each item.

    ``p_adjusted`` is Holm over dimensions, Benjamini-Hochberg over items. A figure
    that too few people of either voice stand behind is withheld. With ``sides`` the
    voices' own means are told too.
    """

    def gap(one: Sample, other: Sample, method: str = WELCH) -> GapEstimate:
        return voice_gap(
            (first.voice, one),
            (second.voice, other),
            rules,
            method=method,
            census=first.census or second.census,
        )

    return Surveyed(
        overall=gap(first.overall, second.overall, f"{OVERALL}: {WELCH}"),
        dimensions=adjusted(
            {
                name: gap(one, second.dimensions.get(name, NOBODY))
                for name, one in first.dimensions.items()
            },
            holm,
        ),
        items=adjusted(
            {name: gap(one, second.items.get(name, NOBODY)) for name, one in first.items.items()},
            benjamini_hochberg,
        ),
        sides={side.voice: levels(side, rules) for side in (first, second) if sides},
    )


def voice_gap(
    first: tuple[VoiceName, Sample],
    second: tuple[VoiceName, Sample],
    rules: Rules,
    *,
    method: str = WELCH,
    census: bool = False,
) -> GapEstimate:
    """Return the difference of two voices' means, or why it is not shown."""
    for voice, sample in (first, second):
        reason = rules.withheld(voice, sample.n)
        if reason is not None:
            return GapEstimate.cannot(reason, method=method)
    notes = [OVER_UNITS] if any(is_clustered(sample) for _, sample in (first, second)) else []
    if census:
        notes.append(CENSUS)
    return difference(
        first[1],
        second[1],
        confidence=rules.confidence,
        method="; ".join([method, *notes]),
    )


def levels(side: Side, rules: Rules) -> Levels:
    """Return one voice's own means."""

    def each(samples: Mapping[str, Sample]) -> dict[str, Estimate]:
        return {
            name: voice_mean(side.voice, sample, rules, census=side.census)
            for name, sample in samples.items()
        }

    return Levels(
        overall=voice_mean(side.voice, side.overall, rules, census=side.census),
        dimensions=each(side.dimensions),
        items=each(side.items),
    )


def voice_mean(
    voice: VoiceName, sample: Sample, rules: Rules, *, census: bool = False, method: str = "mean"
) -> Estimate:
    """Return a voice's mean with its t interval, or why it is not shown."""
    reason = rules.withheld(voice, sample.n)
    if reason is not None:
        return Estimate.cannot(reason, method=method)
    if census:
        return Estimate(sample.mean, sample.mean, sample.mean, sample.n, f"{method}; {CENSUS}")
    notes = f", {OVER_UNITS}" if is_clustered(sample) else ""
    return mean_estimate(sample, confidence=rules.confidence, method=f"{method}, t interval{notes}")


def is_clustered(sample: Sample) -> bool:
    """Tell whether a mean's error comes from how units differ."""
    return sample.df is not None and sample.df != sample.n - 1

"""Competitors: our perception less theirs on the same dimensions, and everybody's place."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import combinations

from fivegaps.diagnosis.cells import Rules
from fivegaps.diagnosis.people import Group
from fivegaps.diagnosis.results import CompetitorDimension, CompetitorStanding, Rank
from fivegaps.model.company.registers import Competitor
from fivegaps.stats.adjust import adjusted, holm
from fivegaps.stats.comparing import WELCH, difference
from fivegaps.stats.estimate import GapEstimate
from fivegaps.stats.intervals import Sample

US = ""
NO_SPREAD = "no interval: the competitor's sd or n is not given"


def competitors(group: Group) -> dict[str, CompetitorStanding]:
    """Return our perception less each competitor's, with places among all providers.

    p is adjusted by Holm over the dimensions of a competitor. A place's interval
    goes from one more than the providers that are better by Holm over all pairs
    of providers, to all but those that are worse: places that cannot be told
    apart are all in it.
    """
    wave = group.company.waves[group.wave].id
    rows = [row for row in group.company.competitors if row.wave in (wave, "")]
    ours = group.customers.perception()
    ids = tuple(dict.fromkeys(row.id for row in rows))
    ranks = {
        dimension: _ranks({US: ours.dimensions.get(dimension), **_means(rows, dimension)}, group)
        for dimension in group.company.dimension_ids
    }
    found = {}
    for one in ids:
        own = [row for row in rows if row.id == one]
        dimensions = {row.dimension: row for row in own if row.dimension}
        items = {row.item: row for row in own if row.item}
        found[one] = CompetitorStanding(
            dimensions=_differences(dimensions, ours.dimensions, group.rules),
            ranks=_places(ranks, one),
            our_ranks=_places(ranks, US),
            items=_differences(items, ours.items, group.rules),
        )
    return found


def _places(ranks: Mapping[str, Mapping[str, Rank]], provider: str) -> dict[str, Rank]:
    return {
        dimension: places[provider] for dimension, places in ranks.items() if provider in places
    }


def _means(rows: Sequence[Competitor], dimension: str) -> dict[str, Sample]:
    return {row.id: _sample(row) for row in rows if row.dimension == dimension}


def _sample(row: Competitor) -> Sample:
    return Sample(n=row.n or 0, mean=row.mean, variance=None if row.sd is None else row.sd**2)


def _differences(
    theirs: Mapping[str, Competitor], ours: Mapping[str, Sample], rules: Rules
) -> dict[str, CompetitorDimension]:
    gaps = {}
    for name, row in theirs.items():
        own = ours.get(name, Sample(0, None))
        reason = rules.withheld("customers", own.n)
        if reason is not None or own.mean is None:
            gaps[name] = GapEstimate.cannot(reason or "too_few", method=WELCH)
        elif not _sample(row).usable:
            method = f"{WELCH}; {NO_SPREAD}"
            gaps[name] = GapEstimate(own.mean - row.mean, None, None, own.n, method)
        else:
            gaps[name] = difference(own, _sample(row), confidence=rules.confidence)
    return {name: CompetitorDimension(gap) for name, gap in adjusted(gaps, holm).items()}


def _ranks(providers: Mapping[str, Sample | None], group: Group) -> dict[str, Rank]:
    """Return everybody's place by mean perception, 1 the best."""
    known = {
        name: sample
        for name, sample in providers.items()
        if sample is not None
        and sample.mean is not None
        and (name != US or group.rules.withheld("customers", sample.n) is None)
    }
    if len(known) < 2:  # nobody to compare with
        return {}
    pairs = list(combinations(known, 2))
    gaps = [
        difference(known[one], known[other], confidence=group.rules.confidence)
        for one, other in pairs
    ]
    chances = holm([gap.p for gap in gaps])
    better = dict.fromkeys(known, 0)
    worse = dict.fromkeys(known, 0)
    for (one, other), gap, chance in zip(pairs, gaps, chances.tolist(), strict=True):
        if gap.value is None or math.isnan(chance) or chance >= 1 - group.rules.confidence:
            continue
        first, second = (one, other) if gap.value > 0 else (other, one)
        better[second] += 1
        worse[first] += 1
    means = {name: -sample.mean for name, sample in known.items() if sample.mean is not None}
    return {
        name: Rank(
            value=1 + sum(other < mean for other in means.values()),
            low=1 + better[name],
            high=len(known) - worse[name],
            of=len(known),
        )
        for name, mean in means.items()
    }

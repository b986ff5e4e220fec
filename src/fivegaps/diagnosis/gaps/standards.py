"""Gap 2: standards as managers rate them, as they are registered, and what they cover."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fivegaps.diagnosis.between import CENSUS, OVER_UNITS, OVERALL, is_clustered
from fivegaps.diagnosis.cells import Rules
from fivegaps.diagnosis.gap_results import CoverageState, CoveredItem, MeasuredStandards
from fivegaps.diagnosis.sampling import (
    Floats,
    known,
    negated,
    shifted,
)
from fivegaps.diagnosis.voices import ItemAnswers, Side
from fivegaps.model.company.registers import Standard
from fivegaps.stats.adjust import adjusted, benjamini_hochberg, holm
from fivegaps.stats.estimate import GapEstimate
from fivegaps.stats.intervals import Sample, gap_estimate

METHOD = "level of the standards less the managers' mean expectation"
STATES = ("uncovered", "vague", "unmeasured", "looser", "unknown_to_staff", "covered")
MIDDLE = 4.0


def standard_levels(standards: Sequence[Standard], items: Sequence[str]) -> Floats:
    """Return the level that standards set for each item (items,), NaN where none does.

    Of several standards of one item, the mean of their levels. A standard without
    a target sets none.
    """
    found = []
    for item in items:
        levels = [
            one.level
            for one in standards
            if item in one.items and one.level is not None and one.target is not None
        ]
        found.append(sum(levels) / len(levels) if levels else np.nan)
    return np.array(found, dtype=np.float64)


def measured_standards(
    levels: Floats, managers: ItemAnswers, rules: Rules, *, census: bool = False
) -> MeasuredStandards:
    """Return standard level − managers' expectation by item and dimension.

    Args:
        levels: (items,) from :func:`standard_levels`.
        managers: What they believe that customers expect.
        rules: Confidence and smallest cells.
        census: Whether all managers answered; then there is no sampling error.
    """
    instrument = managers.instrument
    has_level = ~np.isnan(levels)
    weights = np.zeros(len(levels))

    def gap(wanted: Floats, method: str = METHOD) -> GapEstimate:
        used = has_level & (wanted > 0)
        if not used.any():
            return GapEstimate.cannot("no_level", method=method)
        sample = managers.weighted(np.where(used, wanted, 0.0))
        answered = ~np.isnan(managers.values[:, used]).all(axis=0)
        if sample.n == 0 or not answered.any():
            return GapEstimate.cannot("not_asked", method=method)
        share = wanted[used] * answered
        level = float(levels[used] @ share / share.sum())
        return _fixed_less(level, sample, rules, method=method, census=census)

    items, dimensions = {}, {}
    for place, item in enumerate(instrument.items):
        items[item.id] = gap(np.eye(len(levels))[place])
    for dimension in instrument.dimensions:
        inside = np.array([item.dimension == dimension.id for item in instrument.items]) * 1.0
        dimensions[dimension.id] = gap(inside)
        if (inside * has_level).any():
            weights += inside * has_level / (inside * has_level).sum()
    return MeasuredStandards(
        overall=gap(weights, f"{OVERALL}: {METHOD}"),
        dimensions=adjusted(dimensions, holm),
        items=adjusted(items, benjamini_hochberg),
    )


def _fixed_less(
    level: float, sample: Sample, rules: Rules, *, method: str, census: bool
) -> GapEstimate:
    """Return a fixed level less a voice's mean."""
    reason = rules.withheld("managers", sample.n)
    if reason is not None:
        return GapEstimate.cannot(reason, method=method)
    less = shifted(negated(known(sample) if census else sample), level)
    notes = [CENSUS] if census else [OVER_UNITS] if is_clustered(sample) else []
    found = gap_estimate(
        n=less.n,
        mean=less.mean,
        variance=less.variance,
        standard_error=less.standard_error,
        df=less.df,
        confidence=rules.confidence,
        method="; ".join([f"{method}, t interval", *notes]),
    )
    return replace(found, d_z=None)


@dataclass(frozen=True, slots=True)
class Seen:
    """What coverage is judged by, beside the standards themselves.

    ``observed`` are ids of standards with an observation; ``managers`` the
    managers' expectation by item; ``clear`` how clear standards are to staff, 1
    to 7, None where it cannot be told.
    """

    observed: frozenset[str]
    managers: Side
    clear: float | None


def coverage(
    standards: Sequence[Standard], items: Sequence[str], seen: Seen, rules: Rules
) -> dict[str, CoveredItem]:
    """Return for each item how far the best of its standards gets.

    The state of a standard is the first that holds: vague (no target), unmeasured
    (no observation), looser (its level under the managers' mean), unknown to staff
    (``standards-clear`` under the middle of its scale), covered.
    """
    means: Mapping[str, float] = {
        item: sample.mean
        for item, sample in seen.managers.items.items()
        if sample.mean is not None and rules.withheld("managers", sample.n) is None
    }
    found = {}
    for item in items:
        naming = [one for one in standards if item in one.items]
        states = [_state(one, means.get(item), seen) for one in naming]
        best = max(states, key=lambda pair: STATES.index(pair[0]), default=None)
        found[item] = CoveredItem(
            state="uncovered" if best is None else best[0],
            standards=tuple(one.id for one in naming),
            unchecked=() if best is None else best[1],
        )
    return found


def _state(
    standard: Standard, wanted: float | None, seen: Seen
) -> tuple[CoverageState, tuple[str, ...]]:
    unchecked = []
    if standard.target is None:
        return "vague", ()
    if standard.id not in seen.observed:
        return "unmeasured", ()
    if standard.level is None or wanted is None:
        unchecked.append("looser")
    elif standard.level < wanted:
        return "looser", ()
    if seen.clear is None:
        unchecked.append("unknown_to_staff")
    elif seen.clear < MIDDLE:
        return "unknown_to_staff", tuple(unchecked)
    return "covered", tuple(unchecked)

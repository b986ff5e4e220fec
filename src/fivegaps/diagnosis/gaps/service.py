"""Gap 5: what customers perceive, less what they expect; by company, unit and channel."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import TypeVar

from fivegaps.analysis.scores import Scoring, dimensions, items, overall
from fivegaps.analysis.segments import segment_sample
from fivegaps.diagnosis.between import OVERALL
from fivegaps.diagnosis.cells import Rules
from fivegaps.diagnosis.customer_items import item_sums
from fivegaps.diagnosis.customer_voice import CustomerVoice
from fivegaps.diagnosis.gap_results import CustomerScores, UnitItem, UnitScores
from fivegaps.diagnosis.sampling import NOBODY
from fivegaps.engines.survey import CountPlan
from fivegaps.scoring.gaps import interval_name, mean_of, paired_gap, terms
from fivegaps.scoring.results import (
    DimensionScores,
    ItemScores,
    Overall,
    SegmentDimension,
    Segments,
)
from fivegaps.scoring.segments import segments
from fivegaps.scoring.sums import Sums
from fivegaps.stats.adjust import adjusted, benjamini_hochberg, holm
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import gap_estimate, mean_estimate

Scores = TypeVar("Scores", bound=CustomerScores | Overall | DimensionScores | ItemScores)

PAIRED = "mean of paired differences"
HALF = f"{PAIRED} (half rule)"


def customer_scores(voice: CustomerVoice, rules: Rules) -> CustomerScores:
    """Return the scores of a wave's customers, as analyze tells them.

    Units are clusters where there are several. Withheld where too few answered.
    """
    counts = voice.survey()
    scoring = Scoring(voice.counter.instrument, counts, voice.sums, rules.confidence)
    single = Scoring(voice.counter.instrument, counts, item_sums(voice), rules.confidence)
    found = CustomerScores(
        overall=overall(scoring),
        dimensions=dimensions(scoring, reliability={}, difference_reliability={}, validity={}),
        items=items(single, reliability={}),
    )
    reason = rules.withheld("customers", voice.n)
    return found if reason is None else _without_figures(found, reason)


def _without_figures(value: Scores, reason: str) -> Scores:
    """Return the same scores with every estimate in them replaced by the reason."""
    told = {
        field.name: _withheld(getattr(value, field.name), reason)
        for field in dataclasses.fields(value)
    }
    return dataclasses.replace(value, **told)  # type: ignore[arg-type]  # each keeps its type


def _withheld(value: object, reason: str) -> object:
    if isinstance(value, Estimate | GapEstimate):
        return type(value).cannot(reason, method=value.method)
    if isinstance(value, Mapping):
        return {name: _withheld(inner, reason) for name, inner in value.items()}
    if isinstance(value, Overall | DimensionScores | ItemScores):
        return _without_figures(value, reason)
    return value


def unit_scores(voice: CustomerVoice, rules: Rules) -> UnitScores:
    """Return the scores of a unit's customers; withheld where too few answered."""
    reason = rules.withheld("customers", voice.n)
    sums, kind = voice.sums, "dimension" if voice.counter.layout.paired else "performance"
    masks = {name: f"{kind}:{name}" for name in voice.dimension_ids}
    paired = [m for m in masks.values() if sums.place(f"expectation:{m}") is not None]

    def side(battery: str, mask: str) -> Estimate:
        if reason is not None:
            return Estimate.cannot(reason)
        return mean_of(sums, terms(battery, (mask,)), method="mean", confidence=rules.confidence)

    def gap(over: tuple[str, ...], method: str) -> GapEstimate:
        if reason is not None or not set(over) <= set(paired) or not over:
            return GapEstimate.cannot(reason or "not_asked", method=method)
        return paired_gap(sums, over, method=method, confidence=rules.confidence)

    gaps = adjusted({name: gap((mask,), HALF) for name, mask in masks.items()}, holm)
    return UnitScores(
        n=0 if reason == "small_cell" else voice.n,
        overall=gap(tuple(paired), f"{OVERALL}: {HALF}"),
        dimensions={
            name: SegmentDimension(
                expectation=side("expectation", mask),
                perception=side("perception", mask),
                gap=gaps[name],
            )
            for name, mask in masks.items()
        },
        items=_unit_items(voice, rules, reason),
    )


def _unit_items(voice: CustomerVoice, rules: Rules, reason: str | None) -> dict[str, UnitItem]:
    instrument = voice.counter.instrument
    paired = {"expectation", "perception"}
    found: dict[str, UnitItem] = {}
    both = all(instrument.has(battery) for battery in paired)
    samples = voice.item_pairs() if both else ((NOBODY,) * 3,) * len(instrument.items)
    for item, (expected, perceived, difference) in zip(instrument.items, samples, strict=True):
        told = reason or rules.withheld("customers", difference.n)
        if told is not None:
            found[item.id] = UnitItem(
                Estimate.cannot(told), Estimate.cannot(told), GapEstimate.cannot(told)
            )
            continue
        found[item.id] = UnitItem(
            expectation=mean_estimate(expected, confidence=rules.confidence),
            perception=mean_estimate(perceived, confidence=rules.confidence),
            gap=gap_estimate(
                n=difference.n,
                mean=difference.mean,
                variance=difference.variance,
                standard_error=difference.standard_error,
                df=difference.df,
                confidence=rules.confidence,
                method=f"{PAIRED}, {interval_name(voice.sums)}",
            ),
        )
    gaps = adjusted({name: one.gap for name, one in found.items()}, benjamini_hochberg)
    return {
        name: UnitItem(one.expectation, one.perception, gaps[name]) for name, one in found.items()
    }


def customer_segments(parts: Mapping[str, Sums], voice: CustomerVoice, rules: Rules) -> Segments:
    """Return units or channels side by side: spread beyond chance, funnel, evenness.

    Parts with too few customers are left out.
    """
    plan = CountPlan(layout=voice.counter.layout)
    samples = {name: segment_sample(plan, sums) for name, sums in parts.items()}
    shown = {
        name: sample
        for name, sample in samples.items()
        if name and rules.withheld("customers", sample.n) is None
    }
    return segments(shown, confidence=rules.confidence)

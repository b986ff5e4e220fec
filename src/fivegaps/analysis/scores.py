"""Overall, dimension and item scores from one scan's counts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fivegaps.engines.survey import SurveyCounts
from fivegaps.model.instrument import Instrument
from fivegaps.psychometrics.results import ItemReliability, Reliability, Validity
from fivegaps.scoring.gaps import frequencies, mean_of, paired_gap, terms
from fivegaps.scoring.results import DimensionScores, ItemScores, Overall
from fivegaps.scoring.sums import Sums
from fivegaps.stats.adjust import adjusted, benjamini_hochberg, holm
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import share_estimate

MEAN_OF_DIMENSIONS = "mean of dimension gaps (half rule)"
MEAN_OF_ITEMS = "mean over respondents of their mean gap over answered pairs"
WEIGHTED = "mean over respondents of their dimension gaps weighted by their own 100 points"
SERVPERF = "SERVPERF: mean over respondents of their mean perception"
SERVPERF_WEIGHTED = "SERVPERF weighted by respondents' own 100 points"
DIMENSION_GAP = "mean of paired differences (half rule)"
ITEM_GAP = "mean of paired differences"


@dataclass(frozen=True, slots=True)
class Scoring:
    """What scores are computed from."""

    instrument: Instrument
    counts: SurveyCounts
    sums: Sums
    confidence: float

    @property
    def plain(self) -> bool:
        """Whether answers count as independent and equal, so that rank tests hold."""
        return self.sums.plain


def overall(scoring: Scoring) -> Overall:
    """Return the overall figures, each in its named form (method.md 2.1)."""
    return Overall(
        mean_of_dimensions=mean_of_dimensions(scoring.instrument, scoring),
        mean_of_items=_gap(scoring, ("all",), MEAN_OF_ITEMS, table="all"),
        weighted=_gap(scoring, ("weighted",), WEIGHTED),
        servperf=_mean(scoring, terms("perception", ("performance",)), SERVPERF),
        servperf_weighted=_mean(
            scoring, terms("perception", ("weighted-performance",)), SERVPERF_WEIGHTED
        ),
    )


def mean_of_dimensions(instrument: Instrument, scoring: Scoring) -> GapEstimate:
    """Return the mean over dimensions of their gaps."""
    masks = tuple(
        f"dimension:{dimension.id}"
        for dimension in instrument.dimensions
        if scoring.sums.place(f"perception:dimension:{dimension.id}") is not None
    )
    if not masks:
        return GapEstimate.cannot("not_asked", method=MEAN_OF_DIMENSIONS)
    return _gap(scoring, masks, MEAN_OF_DIMENSIONS, table="dimensions")


def dimension_gaps(scoring: Scoring) -> dict[str, GapEstimate]:
    """Return each dimension's gap, p adjusted by Holm over dimensions."""
    gaps = {
        dimension.id: _gap(
            scoring,
            (f"dimension:{dimension.id}",),
            DIMENSION_GAP,
            table=f"dimension:{dimension.id}",
        )
        for dimension in scoring.instrument.dimensions
    }
    return adjusted(gaps, holm)


def dimensions(
    scoring: Scoring,
    *,
    reliability: Mapping[str, Mapping[str, Reliability]],
    difference_reliability: Mapping[str, Estimate],
    validity: Mapping[str, Mapping[str, Validity]],
) -> dict[str, DimensionScores]:
    """Return the scores of every dimension with what is known of its measurement.

    Args:
        scoring: What scores are computed from.
        reliability: Dimension to battery (or ``gap``) to reliability.
        difference_reliability: Dimension to the reliability of its difference score.
        validity: Dimension to battery to convergent validity.
    """
    gaps = dimension_gaps(scoring)
    found = {}
    for dimension in scoring.instrument.dimensions:
        items = scoring.instrument.items_of(dimension.id)
        paired = f"dimension:{dimension.id}"
        found[dimension.id] = DimensionScores(
            items=tuple(item.id for item in items),
            expectation=_side(scoring, "expectation", paired, f"expected:{dimension.id}"),
            perception=_side(scoring, "perception", paired, f"performance:{dimension.id}"),
            gap=gaps[dimension.id],
            weight=_mean(
                scoring, {f"weight:{dimension.id}": 1.0}, "mean of respondents' own points"
            ),
            ceiling={
                battery.id: _ceiling(scoring, battery.id, tuple(item.id for item in items))
                for battery in scoring.instrument.batteries
            },
            difference_reliability=difference_reliability.get(
                dimension.id, Estimate.cannot("not_asked")
            ),
            reliability=reliability.get(dimension.id, {}),
            validity=validity.get(dimension.id, {}),
        )
    return found


def items(
    scoring: Scoring, *, reliability: Mapping[str, Mapping[str, ItemReliability]]
) -> dict[str, ItemScores]:
    """Return the scores of every item, p adjusted by Benjamini-Hochberg over items.

    Args:
        scoring: What scores are computed from.
        reliability: Item to battery to how it sits among its dimension's items.
    """
    gaps = adjusted(
        {item.id: _item_gap(scoring, item.id) for item in scoring.instrument.items},
        benjamini_hochberg,
    )
    found = {}
    for item in scoring.instrument.items:
        paired = f"item:{item.id}"
        found[item.id] = ItemScores(
            dimension=item.dimension,
            expectation=_side(scoring, "expectation", paired, f"single:expectation:{item.id}"),
            perception=_side(scoring, "perception", paired, f"single:perception:{item.id}"),
            gap=gaps[item.id],
            ceiling={battery: _ceiling(scoring, battery, (item.id,)) for battery in item.columns},
            missing={battery: _missing(scoring, battery, item.id) for battery in item.columns},
            reliability=reliability.get(item.id, {}),
        )
    return found


def outcome_means(scoring: Scoring, outcomes: Collection[str]) -> dict[str, Estimate]:
    """Return the mean of every outcome, in its own points."""
    return {
        outcome: _mean(scoring, {f"outcome:{outcome}": 1.0}, "mean of the outcome")
        for outcome in outcomes
    }


def _gap(
    scoring: Scoring, masks: tuple[str, ...], method: str, *, table: str | None = None
) -> GapEstimate:
    known = [mask for mask in masks if scoring.sums.place(f"perception:{mask}") is not None]
    if len(known) < len(masks):
        return GapEstimate.cannot("not_asked", method=method)
    counted = scoring.counts.tables.get(table) if table is not None and scoring.plain else None
    return paired_gap(
        scoring.sums,
        masks,
        method=method,
        confidence=scoring.confidence,
        frequencies=frequencies(counted),
    )


def _item_gap(scoring: Scoring, item: str) -> GapEstimate:
    histograms = scoring.counts.gap_histograms
    counted = None
    if histograms is not None and f"gap.{item}" in histograms.columns.names and scoring.plain:
        place = histograms.columns.names.index(f"gap.{item}")
        counted = histograms.counts[place, 1 : histograms.columns.levels[place] + 1]
    if scoring.sums.place(f"perception:item:{item}") is None:
        return GapEstimate.cannot("not_asked", method=ITEM_GAP)
    return paired_gap(
        scoring.sums,
        (f"item:{item}",),
        method=ITEM_GAP,
        confidence=scoring.confidence,
        frequencies=frequencies(counted),
    )


def _mean(scoring: Scoring, wanted: Mapping[str, float], method: str) -> Estimate:
    return mean_of(scoring.sums, wanted, method=method, confidence=scoring.confidence)


def _side(scoring: Scoring, battery: str, paired: str, alone: str) -> Estimate:
    """Return a battery's mean over complete pairs; without pairs, over who answered it."""
    if scoring.sums.place(f"{battery}:{paired}") is not None:
        return _mean(scoring, terms(battery, (paired,)), "mean (complete pairs)")
    return _mean(scoring, terms(battery, (alone,)), "mean of the battery alone")


def _ceiling(scoring: Scoring, battery: str, wanted: tuple[str, ...]) -> Estimate:
    """Return the share of answers at the highest point; unweighted, over answers."""
    histograms = scoring.counts.histograms
    top = answered = 0
    for place, name in enumerate(histograms.columns.names):
        if name in {f"{battery}.{item}" for item in wanted}:
            levels = histograms.columns.levels[place]
            top += int(histograms.counts[place, levels])
            answered += int(histograms.counts[place, 1:].sum())
    if answered == 0:
        return Estimate.cannot("too_few", method="share of answers at the highest point")
    return share_estimate(
        top,
        answered,
        confidence=scoring.confidence,
        method="share of answers at the highest point, Wilson interval",
    )


def _missing(scoring: Scoring, battery: str, item: str) -> Estimate:
    histograms = scoring.counts.histograms
    place = histograms.columns.names.index(f"{battery}.{item}")
    return share_estimate(
        int(histograms.counts[place, 0]),
        histograms.n,
        confidence=scoring.confidence,
        method="share of respondents without an answer, Wilson interval",
    )

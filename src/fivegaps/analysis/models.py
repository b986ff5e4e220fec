"""Reliability, factors and validity of every battery, from counts and a second pass."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.analysis.blocks import block_sums
from fivegaps.analysis.counting import Start, watched
from fivegaps.engines.block_sets import pair_places, paired_places
from fivegaps.engines.grams import added
from fivegaps.engines.local import run
from fivegaps.engines.survey import SurveyCounts
from fivegaps.errors import CannotCompute
from fivegaps.io.answers import Answers, Block, item_columns
from fivegaps.model.instrument import Instrument
from fivegaps.psychometrics.alternatives import alternatives
from fivegaps.psychometrics.confirmation import Confirmation
from fivegaps.psychometrics.confirmatory import confirm
from fivegaps.psychometrics.exploratory import explore
from fivegaps.psychometrics.omega import omega
from fivegaps.psychometrics.reliability import (
    difference_reliability,
    item_reliability,
    reliability,
)
from fivegaps.psychometrics.results import (
    Cfa,
    Factors,
    Finding,
    ItemReliability,
    MaximumLikelihood,
    Reliability,
    Validity,
)
from fivegaps.psychometrics.robust_fit import robust
from fivegaps.psychometrics.validity import fornell_larcker, htmt, validity
from fivegaps.psychometrics.verdict import judge
from fivegaps.stats.counts import Moments
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.resampling import BlockSums, Resamples, correlations_of
from fivegaps.stats.structural.casewise import CasewiseSums

GAP = "gap"


@dataclass(frozen=True, slots=True)
class Measurement:
    """How well the instrument measures: reliability by dimension and item, factors by battery."""

    reliability: Mapping[str, Mapping[str, Reliability]] = field(default_factory=dict)
    items: Mapping[str, Mapping[str, ItemReliability]] = field(default_factory=dict)
    difference: Mapping[str, Estimate] = field(default_factory=dict)
    validity: Mapping[str, Mapping[str, Validity]] = field(default_factory=dict)
    factors: Mapping[str, Factors] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Fitted:
    """One battery's items in dimensions, its blocks and the model fitted to them."""

    battery: str
    dimensions: Mapping[str, tuple[str, ...]]
    blocks: BlockSums
    resamples: Resamples | None
    likelihood: MaximumLikelihood
    confirmation: Confirmation


def measurement(
    answers: Answers,
    counts: SurveyCounts,
    *,
    confidence: float,
    seed: int,
    replicates: int,
    complete: bool,
    start: Start,
) -> Measurement:
    """Return reliability, factor models and validity of every battery and of the gaps.

    One streaming pass over the answers adds up the casewise sums that robust
    statistics need; everything else follows from counts.

    Args:
        answers: The source, for that second pass.
        counts: Counts of the scan.
        confidence: Of every interval.
        seed: Of bootstrap and parallel analysis.
        replicates: Of the bootstrap.
        complete: Whether only respondents with every answer count.
        start: Starts a progress bar.
    """
    instrument = answers.instrument
    batteries = [battery.id for battery in instrument.batteries]
    if GAP in counts.moments:
        batteries.append(GAP)
    working = start("Fitting factor models", 2 * len(batteries))
    fitted = {}
    for battery in batteries:
        fitted[battery] = _fit(
            instrument,
            counts,
            battery,
            confidence=confidence,
            seed=seed,
            replicates=replicates,
        )
        working(1)
    sums = _casewise(answers, fitted, complete=complete, start=start)
    found: dict[str, dict[str, Reliability]] = {d.id: {} for d in instrument.dimensions}
    items: dict[str, dict[str, ItemReliability]] = {item.id: {} for item in instrument.items}
    validities: dict[str, dict[str, Validity]] = {d.id: {} for d in instrument.dimensions}
    factors = {}
    for battery, model in fitted.items():
        moments = counts.moments_of(battery)
        consistency = reliability(
            instrument,
            moments,
            battery=battery,
            omega=omega(model.confirmation, sums.get(battery)),
            resamples=model.resamples,
            confidence=confidence,
        )
        for dimension, figures in consistency.items():
            found[dimension][battery] = figures
        of_items = item_reliability(instrument, moments, battery=battery, confidence=confidence)
        for item, by_item in of_items.items():
            if battery != GAP:
                items[item][battery] = by_item
        if battery != GAP and model.dimensions:
            factors[battery] = _factors(
                model, moments, sums.get(battery), confidence=confidence, seed=seed
            )
            for dimension, valid in validity(model.confirmation, sums.get(battery)).items():
                validities[dimension][battery] = valid
        working(1)
    return Measurement(
        reliability=found,
        items=items,
        difference=_difference(
            instrument, counts, confidence=confidence, seed=seed, replicates=replicates
        ),
        validity=validities,
        factors=factors,
    )


def _fit(
    instrument: Instrument,
    counts: SurveyCounts,
    battery: str,
    *,
    confidence: float,
    seed: int,
    replicates: int,
) -> _Fitted:
    blocks = _blocks(instrument, counts, battery)
    dimensions = {
        dimension.id: members
        for dimension in instrument.dimensions
        if (
            members := tuple(
                f"{battery}.{item.id}"
                for item in instrument.items_of(dimension.id)
                if f"{battery}.{item.id}" in blocks.names
            )
        )
    }
    kept = blocks.select([name for members in dimensions.values() for name in members])
    try:
        resamples = kept.resamples(replicates, seed=seed) if kept.names else None
    except CannotCompute:
        resamples = None
    n = kept.rows
    covariance = kept.covariance() * ((n - 1) / n if n > 1 else 1.0)
    likelihood, confirmation = confirm(
        np.nan_to_num(covariance),
        n,
        items=[_item(name) for name in kept.names],
        dimensions={d: [_item(name) for name in names] for d, names in dimensions.items()},
        means=np.nan_to_num(kept.means()),
        confidence=confidence,
    )
    return _Fitted(battery, dimensions, kept, resamples, likelihood, confirmation)


def _factors(
    model: _Fitted,
    moments: Moments,
    sums: CasewiseSums | None,
    *,
    confidence: float,
    seed: int,
) -> Factors:
    # Items of no dimension are explored too: they may belong somewhere.
    own = [name for name in moments.columns.names if name.startswith(f"{model.battery}.")]
    pairwise = moments.select(own)
    names = [_item(name) for name in model.blocks.names]
    answered = np.diag(pairwise.pairs) > 0
    rarest = pairwise.pairs[np.ix_(answered, answered)].min(initial=model.blocks.rows)
    exploration = explore(
        pairwise.correlation(), int(rarest), [_item(name) for name in own], seed=seed
    )
    mlr = robust(model.confirmation, sums)
    others = alternatives(model.confirmation)
    verdict, findings = judge(model.confirmation, model.likelihood, mlr, others)
    correlations = correlations_of(model.blocks.covariance())
    return Factors(
        n=model.blocks.rows,
        kmo=exploration.kmo,
        bartlett=exploration.bartlett,
        parallel=exploration.parallel,
        efa=exploration.efa,
        cfa=Cfa(ml=model.likelihood, mlr=mlr),
        htmt=htmt(
            correlations,
            model.blocks.rows,
            items=names,
            dimensions={d: [_item(name) for name in m] for d, m in model.dimensions.items()},
            replicates=None if model.resamples is None else model.resamples.drawn.correlations(),
            confidence=confidence,
        ),
        fornell_larcker=fornell_larcker(model.confirmation),
        alternatives=others,
        verdict=verdict,
        findings=_distinct((*findings, *exploration.findings)),
    )


def _casewise(
    answers: Answers, fitted: Mapping[str, _Fitted], *, complete: bool, start: Start
) -> dict[str, CasewiseSums]:
    """Read the answers again and add up what robust statistics need, by battery."""
    models = {
        battery: model
        for battery, model in fitted.items()
        if model.confirmation.converged is not None
    }
    if not models:
        return {}
    place = {(c.battery, c.item): row for row, c in enumerate(item_columns(answers.instrument))}

    def reduce(block: Block) -> _BySolution:
        kept = (block.codes > 0).all(axis=0) if complete else None
        codes = block.codes if kept is None else block.codes[:, kept]
        found = {}
        for battery, model in models.items():
            solution = model.confirmation.converged
            if solution is None:
                continue
            sides = ("perception", "expectation") if battery == GAP else (battery,)
            rows = [
                codes[[place[side, item] for item in model.confirmation.items]] for side in sides
            ]
            found[battery] = CasewiseSums.of(solution, _complete(rows, battery))
        return _BySolution(found)

    advance = start("Reading again for robust errors", answers.rows)
    return dict(run(answers, watched(reduce, advance)).sums)


@dataclass(frozen=True, slots=True)
class _BySolution:
    """Casewise sums by battery; they add up."""

    sums: Mapping[str, CasewiseSums]

    def __add__(self, other: _BySolution) -> _BySolution:
        return _BySolution(added(self.sums, other.sums))


def _complete(
    sides: list[NDArray[np.uint8]], battery: str
) -> NDArray[np.float64] | NDArray[np.uint8]:
    """Return complete rows (n, p) of one battery, or of perception minus expectation."""
    if battery != GAP:
        return np.ascontiguousarray(sides[0].T)
    perception, expectation = sides
    both = (perception > 0).all(axis=0) & (expectation > 0).all(axis=0)
    gaps = perception[:, both].astype(np.float64) - expectation[:, both]
    return np.ascontiguousarray(gaps.T)


def _blocks(instrument: Instrument, counts: SurveyCounts, battery: str) -> BlockSums:
    if battery == GAP:
        places = paired_places(instrument)
        asked = [] if places is None else places[0]
        columns = item_columns(instrument)
        return block_sums(counts, GAP, [f"{GAP}.{columns[place].item}" for place in asked])
    return block_sums(
        counts, battery, [f"{battery}.{item.id}" for item in instrument.items_in(battery)]
    )


def _difference(
    instrument: Instrument,
    counts: SurveyCounts,
    *,
    confidence: float,
    seed: int,
    replicates: int,
) -> dict[str, Estimate]:
    if GAP not in counts.moments:
        return {}
    found: dict[str, Estimate] = {}
    columns = item_columns(instrument)
    for dimension in instrument.dimensions:
        names = [columns[place].key for place in pair_places(instrument, dimension.id)]
        blocks = block_sums(counts, f"pairs:{dimension.id}", names)
        try:
            resamples = blocks.resamples(replicates, seed=seed)
        except CannotCompute:
            resamples = None
        alone = replace(instrument, dimensions=(dimension,))
        found |= difference_reliability(
            alone, counts.moments["paired"], resamples=resamples, confidence=confidence
        )
    return found


def _distinct(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return each finding once: the same fact may be met by exploring and by confirming."""
    found: dict[tuple[str, tuple[str, ...]], Finding] = {}
    for finding in findings:
        found.setdefault((finding.code, finding.about), finding)
    return tuple(found.values())


def _item(name: str) -> str:
    return name.split(".", 1)[1]

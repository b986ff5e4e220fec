"""Gap 4: what is delivered against what is promised, promise by promise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.between import OVER_UNITS, is_clustered
from fivegaps.diagnosis.cells import Rules
from fivegaps.diagnosis.gap_results import MeasuredPromises, PromiseDelivery
from fivegaps.diagnosis.gaps.promise_chance import chance_of_keeping
from fivegaps.diagnosis.periods import runs_on, wave_places
from fivegaps.diagnosis.sampling import shifted
from fivegaps.diagnosis.shares import Counted, by_dimension
from fivegaps.io.company.company import Company
from fivegaps.model.company.registers import Promise
from fivegaps.model.instrument import Instrument
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import Sample, gap_estimate, share_estimate

KEPT = "share of times that the promise was kept, Wilson interval"
CAUSED = "share of failures that the customer caused, Wilson interval"
DELIVERED = "customers' perception of the promise's items less the claimed level, t interval"

Counts = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Outcomes of promises in a wave by unit (the last row: of no unit) and promise.

    ``before`` (promises, 2) holds kept and n of the whole company up to the wave's
    end: what is known of a promise, and of its like, on that day.
    """

    kept: Counts
    n: Counts
    customer_caused: Counts
    before: Counts

    def of_units(self, places: NDArray[np.intp]) -> Outcomes:
        """Return the outcomes of some units."""
        return replace(
            self,
            kept=self.kept[places],
            n=self.n[places],
            customer_caused=self.customer_caused[places],
        )

    def counted(self, promise: int) -> Counted:
        """Return how often a promise was kept in the wave, and of how many times."""
        return int(self.kept[:, promise].sum()), int(self.n[:, promise].sum())


def outcomes(company: Company, wave: int) -> Outcomes:
    """Return the outcomes of promises in the wave at this place, by their dates."""
    rows = company.promise_outcomes
    rows = rows.chosen((rows.promise >= 0) & ~np.isnan(rows.kept) & ~np.isnan(rows.n_given))
    shape = (len(company.units) + 1, len(company.promises))
    unit = np.where(rows.unit >= 0, rows.unit, shape[0] - 1)
    cell = unit.astype(np.int64) * shape[1] + rows.promise
    when = wave_places(rows.date, company.waves)

    def counted(values: NDArray[np.float64], some: NDArray[np.bool_]) -> Counts:
        size = shape[0] * shape[1]
        whole = np.rint(np.nan_to_num(values[some]))
        found = np.bincount(cell[some], whole, minlength=size)
        return found.astype(np.int64).reshape(shape)

    now, so_far = when == wave, when <= wave
    return Outcomes(
        kept=counted(rows.kept, now),
        n=counted(rows.n_given, now),
        customer_caused=counted(rows.customer_caused, now),
        before=np.stack(
            [
                counted(rows.kept, so_far).sum(axis=0),
                counted(rows.n_given, so_far).sum(axis=0),
            ],
            axis=-1,
        ),
    )


def measured_promises(
    instrument: Instrument,
    promises: Sequence[Promise],
    found: Outcomes,
    delivered: Mapping[str, Sample],
    rules: Rules,
    *,
    day: dt.date | None,
) -> MeasuredPromises:
    """Return how promises were kept: each, by dimension and over all.

    Args:
        instrument: Tells which items a dimension has.
        promises: The register.
        found: Outcomes of the wave.
        delivered: Promise to the customers' perception of its items.
        rules: Confidence and smallest cells.
        day: The wave's day; promises that run on it have a chance of being kept.
            None for a unit: single promises are told for the whole company alone.
    """
    counted = {one.id: found.counted(place) for place, one in enumerate(promises)}
    overall, dimensions = by_dimension(
        instrument,
        counted,
        {one.id: one.items for one in promises},
        confidence=rules.confidence,
    )

    def told(place: int, promise: Promise, day: dt.date) -> PromiseDelivery:
        running = runs_on(day, promise.start, promise.until)
        return PromiseDelivery(
            kept=_kept(counted[promise.id], rules),
            delivered_minus_claimed=_delivered(promise, delivered.get(promise.id), rules),
            running=running,
            chance=_chance(instrument, promises, found, place, rules)
            if running
            else Estimate.cannot("not_running"),
            customer_caused=_caused(found, place, rules),
        )

    return MeasuredPromises(
        overall=overall,
        dimensions=dimensions,
        promises={
            promise.id: told(place, promise, day)
            for place, promise in enumerate(promises)
            if day is not None
        },
    )


def _kept(counted: Counted, rules: Rules) -> Estimate:
    if counted[1] == 0:
        return Estimate.cannot("not_observed", method=KEPT)
    return share_estimate(*counted, confidence=rules.confidence, method=KEPT)


def _caused(found: Outcomes, promise: int, rules: Rules) -> Estimate:
    kept, n = found.counted(promise)
    if n - kept <= 0:
        return Estimate.cannot("no_failures", method=CAUSED)
    caused = int(found.customer_caused[:, promise].sum())
    return share_estimate(caused, n - kept, confidence=rules.confidence, method=CAUSED)


def _delivered(promise: Promise, sample: Sample | None, rules: Rules) -> GapEstimate:
    if promise.level is None:
        return GapEstimate.cannot("no_level", method=DELIVERED)
    if sample is None:
        return GapEstimate.cannot("not_asked", method=DELIVERED)
    reason = rules.withheld("customers", sample.n)
    if reason is not None:
        return GapEstimate.cannot(reason, method=DELIVERED)
    less = shifted(sample, -promise.level)
    notes = f", {OVER_UNITS}" if is_clustered(sample) else ""
    return gap_estimate(
        n=less.n,
        mean=less.mean,
        variance=less.variance,
        standard_error=less.standard_error,
        df=less.df,
        confidence=rules.confidence,
        method=f"{DELIVERED}{notes}",
    )


def _chance(
    instrument: Instrument,
    promises: Sequence[Promise],
    found: Outcomes,
    place: int,
    rules: Rules,
) -> Estimate:
    """Return the chance of being kept from promises about the same dimensions."""
    about = _dimensions(instrument, promises[place])
    like = [
        (int(kept), int(n))
        for other, (promise, (kept, n)) in enumerate(zip(promises, found.before, strict=True))
        if other != place and about & _dimensions(instrument, promise)
    ]
    own = (int(found.before[place, 0]), int(found.before[place, 1]))
    return chance_of_keeping(like, own, confidence=rules.confidence)


def _dimensions(instrument: Instrument, promise: Promise) -> frozenset[str]:
    return frozenset(
        item.dimension
        for item in instrument.items
        if item.id in promise.items and item.dimension is not None
    )

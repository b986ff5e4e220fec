"""One wave of a company, measured: all gaps of the whole and of every unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fivegaps.diagnosis.between import between, levels, voice_mean
from fivegaps.diagnosis.cells import Rules
from fivegaps.diagnosis.constructs import (
    commitment,
    construct_scores,
    internal_services,
    leadership,
)
from fivegaps.diagnosis.gap_results import (
    BlindSpot,
    CoveredItem,
    CustomerGap,
    DeliveryGap,
    Gaps,
    PromiseGap,
    StandardsGap,
    UnitGaps,
    VoiceGap,
    WaveGaps,
)
from fivegaps.diagnosis.gaps.blind_spot import blind_spot
from fivegaps.diagnosis.gaps.delivery import measured_delivery, sources_agree
from fivegaps.diagnosis.gaps.knowledge import knowledge_gap
from fivegaps.diagnosis.gaps.located import largest, worst
from fivegaps.diagnosis.gaps.promises import measured_promises
from fivegaps.diagnosis.gaps.ratings import self_rated
from fivegaps.diagnosis.gaps.relations import relations
from fivegaps.diagnosis.gaps.service import customer_scores, customer_segments, unit_scores
from fivegaps.diagnosis.gaps.standards import Seen, coverage, measured_standards
from fivegaps.diagnosis.people import Group, Start, everybody, silent
from fivegaps.diagnosis.results import Located
from fivegaps.io.company.company import Company
from fivegaps.scoring.results import Segments
from fivegaps.stats.estimate import Estimate

CLEAR = "standards-clear"


@dataclass(frozen=True)
class MeasuredWave:
    """A wave measured: its gaps, where they are largest, and the people behind them.

    ``people`` are kept for what is measured further (competitors, consequences,
    evidence, verdicts), so that customers are scanned once.
    """

    id: str
    gaps: WaveGaps
    largest: tuple[Located, ...]
    worst: tuple[Located, ...]
    people: Group


def measure_wave(
    company: Company, wave: str, *, confidence: float = 0.95, start: Start = silent
) -> MeasuredWave:
    """Return all gaps of one wave, of the whole company and of every unit.

    A unit's figures hold those of all units under it. Customers are scanned once.

    Args:
        company: As read.
        wave: Its id.
        confidence: Of every interval.
        start: Starts a progress bar.

    Raises:
        KeyError: The wave is not declared.
    """
    settings = company.settings
    rules = Rules(confidence, settings.minimum_cell, census=settings.managers_census)
    group = everybody(company, wave, rules, start=start)
    working = start("Measuring units", len(company.units))
    units: dict[str, UnitGaps] = {}
    for unit in company.units:
        units[unit.id] = _unit(group.under(unit.id))
        working(1)
    parents = {unit.parent for unit in company.units}
    single = {name: found.gaps for name, found in units.items() if name not in parents}
    gaps = group_gaps(group, units=single)
    internal = company.internal_service
    measured = WaveGaps(
        date=company.waves[group.wave].date,
        gaps=gaps,
        blind_spot=_blind_spot(group),
        constructs=construct_scores((group.managers.constructs, group.employees.constructs), rules),
        units=units,
        commitment=commitment(group.managers.constructs, group.employees.constructs, rules),
        leadership=leadership(group.managers.constructs, group.employees.constructs, rules),
        relations=relations(single, confidence=confidence),
        internal_service=internal_services(
            internal.chosen(internal.wave == group.wave), company.dimension_ids, rules
        ),
        asked=group.asked(),
        outcomes=outcome_means(group),
        segments=_segments(group, tuple(single)),
    )
    return MeasuredWave(wave, measured, largest(wave, gaps), worst(wave, gaps), group)


def group_gaps(group: Group, *, units: Mapping[str, Gaps] | None = None) -> Gaps:
    """Return all gaps of a company or of some of its units.

    Args:
        group: Who answered and what was recorded.
        units: Gaps of the units that contain no other, for the agreement of
            sources; None for a unit.
    """
    company, rules = group.company, group.rules
    names = company.dimension_ids
    customers = group.customers.unclustered() if group.census else group.customers
    expected = customers.expectation()
    managers = group.managers.expectation.side("managers")
    staff = group.employees.expectation.side("employees")
    of_managers = group.employees.of_managers.side("employees")
    return Gaps(
        gap1=knowledge_gap(
            managers,
            expected,
            rules,
            points=(group.managers.point_samples(names), customers.points()),
            census=group.census,
            sides=group.whole,
        ),
        gap2=StandardsGap(
            self_rated=self_rated(group.managers.standards, names, rules),
            measured=measured_standards(
                group.levels, group.managers.expectation, rules, census=group.census
            ),
            coverage=_coverage(group),
        ),
        gap3=_delivery(group, units),
        gap4=PromiseGap(
            self_rated=self_rated(group.employees.promises, names, rules),
            measured=measured_promises(
                company.instrument,
                company.promises,
                group.outcomes,
                {
                    promise: group.customers.set_samples[place]
                    for promise, place in group.sets.items()
                    if group.whole
                },
                rules,
                day=company.waves[group.wave].date if group.whole else None,
            ),
        ),
        gap5=CustomerGap(
            customer_scores(group.customers, rules)
            if group.whole
            else unit_scores(group.customers, rules)
        ),
        gap6=VoiceGap(between(staff, group.customers.expectation(), rules, sides=group.whole)),
        gap7=VoiceGap(
            between(
                of_managers,
                managers.as_census() if group.census else managers,
                rules,
                sides=group.whole,
            )
        ),
    )


def outcome_means(group: Group) -> dict[str, Estimate]:
    """Return the mean of every outcome that customers were asked about, in its own points."""
    return {
        outcome.id: voice_mean(
            "customers", group.customers.mean({f"outcome:{outcome.id}": 1.0}), group.rules
        )
        for outcome in group.company.instrument.outcomes
    }


def _unit(group: Group) -> UnitGaps:
    return UnitGaps(
        gaps=group_gaps(group),
        blind_spot=_blind_spot(group),
        constructs=construct_scores(
            (group.managers.constructs, group.employees.constructs), group.rules
        ),
        asked=group.asked(),
        outcomes=outcome_means(group),
    )


def _delivery(group: Group, units: Mapping[str, Gaps] | None) -> DeliveryGap:
    company, rules = group.company, group.rules
    perceived = group.customers.perception()
    return DeliveryGap(
        self_rated=self_rated(group.employees.delivery, company.dimension_ids, rules),
        measured=measured_delivery(
            company.instrument, company.standards, group.observed, rules, each=group.whole
        ),
        sources_agree=_agreement(units, rules) if units is not None else {},
        perception=levels(perceived, rules),
    )


def _agreement(units: Mapping[str, Gaps], rules: Rules) -> dict[str, Estimate]:
    delivered = [gaps.gap3 for gaps in units.values()]
    return sources_agree(
        {
            "self_rated": [one.self_rated.overall.value for one in delivered],
            "conformance": [one.measured.overall.value for one in delivered],
            "perception": [
                None if one.perception is None else one.perception.overall.value
                for one in delivered
            ],
        },
        confidence=rules.confidence,
    )


def _coverage(group: Group) -> dict[str, CoveredItem]:
    """Return what standards cover; nothing for a unit, and where there is no register."""
    company, rules = group.company, group.rules
    if not group.whole or not company.has("standards"):
        return {}
    clear = group.employees.constructs.sample(CLEAR)
    seen = group.observed.seen.sum(axis=0)
    return coverage(
        company.standards,
        company.item_ids,
        Seen(
            observed=frozenset(
                one.id for one, rows in zip(company.standards, seen, strict=True) if rows > 0
            ),
            managers=group.managers.expectation.side("managers"),
            clear=clear.mean if rules.withheld("employees", clear.n) is None else None,
        ),
        rules,
    )


def _blind_spot(group: Group) -> BlindSpot:
    customers = group.customers.unclustered() if group.census else group.customers
    return blind_spot(
        group.managers.audit,
        customers.perception().dimensions,
        group.rules,
        by_channel=group.perceived_by_channel,
        census=group.census,
    )


def _segments(group: Group, units: Sequence[str]) -> dict[str, Segments]:
    """Return customers by unit and by channel, each side by side."""
    customers = group.customers.unclustered()
    known = customers.counts.units
    parts = {
        "unit": {unit: customers.of_units((unit,)).sums for unit in units if unit in known},
        "channel": {
            channel: customers.channel(channel)
            for channel in sorted(customers.counts.channels)
            if channel
        },
    }
    return {
        column: customer_segments(some, customers, group.rules)
        for column, some in parts.items()
        if some
    }

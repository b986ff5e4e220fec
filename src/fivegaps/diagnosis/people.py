"""Everybody who answered in one wave, and what was recorded: cut to any group of units."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.cells import Cells, ReleaseGate, Rules, VoiceName
from fivegaps.diagnosis.constructs import ConstructAnswers
from fivegaps.diagnosis.customer_counts import CustomerCounter, CustomerCounts
from fivegaps.diagnosis.customer_voice import CustomerVoice
from fivegaps.diagnosis.gaps.blind_spot import Audit
from fivegaps.diagnosis.gaps.promises import Outcomes, outcomes
from fivegaps.diagnosis.gaps.ratings import Ratings
from fivegaps.diagnosis.gaps.standards import standard_levels
from fivegaps.diagnosis.observed import Observed, observed
from fivegaps.diagnosis.sampling import Floats, Places
from fivegaps.diagnosis.voices import ItemAnswers
from fivegaps.engines.local import run
from fivegaps.engines.score_columns import HIGHEST_TOTAL, LOWEST_TOTAL, POINTS
from fivegaps.io.answers import Block
from fivegaps.io.company.company import Company
from fivegaps.io.company.rows import ROLES
from fivegaps.stats.intervals import Sample

Advance = Callable[[int], None]
Start = Callable[[str, int | None], Advance]
Marks = NDArray[np.bool_]


BLOCK_ROWS = 65_536


def silent(_text: str, _total: int | None) -> Advance:
    """Start no progress bar."""
    return lambda _amount: None


@dataclass(frozen=True, slots=True)
class ManagerAnswers:
    """What the managers of a group say."""

    expectation: ItemAnswers
    points: Floats
    standards: Ratings
    audit: Audit
    constructs: ConstructAnswers
    point_cells: Cells

    def chosen(self, mask: Marks, at: int) -> ManagerAnswers:
        """Return the managers of the unit at a place, for whom ``mask`` (n,) holds."""
        return ManagerAnswers(
            self.expectation.chosen(mask, at),
            self.points[mask],
            self.standards.chosen(mask, at),
            self.audit.chosen(mask, at),
            self.constructs.chosen(mask, at),
            self.point_cells.under(at),
        )

    def point_samples(self, dimensions: Sequence[str]) -> dict[str, Sample]:
        """Return the mean share of 100 points by dimension."""
        samples = self.point_cells.samples(self.points, self.expectation.unit)
        return dict(zip(dimensions, samples, strict=True))


@dataclass(frozen=True, slots=True)
class EmployeeAnswers:
    """What the employees of a group say; ``delivery`` and ``promises`` are of contact staff."""

    expectation: ItemAnswers
    of_managers: ItemAnswers
    delivery: Ratings
    promises: Ratings
    constructs: ConstructAnswers

    def chosen(self, units: Callable[[Places], Marks], at: int) -> EmployeeAnswers:
        """Return the employees of the unit at a place: of units for which ``units`` holds."""
        everybody = units(self.expectation.unit)
        contact = units(self.delivery.unit)
        return EmployeeAnswers(
            self.expectation.chosen(everybody, at),
            self.of_managers.chosen(everybody, at),
            self.delivery.chosen(contact, at),
            self.promises.chosen(contact, at),
            self.constructs.chosen(everybody, at),
        )


@dataclass(frozen=True)
class Group:
    """A company or some of its units in one wave: everything that its gaps come from.

    ``whole`` tells that it is the company. ``census`` tells that all managers
    answered. ``sets`` maps a promise to its place among the counted item sets.
    """

    company: Company
    wave: int
    rules: Rules
    customers: CustomerVoice
    managers: ManagerAnswers
    employees: EmployeeAnswers
    observed: Observed
    outcomes: Outcomes
    levels: Floats
    sets: Mapping[str, int]
    whole: bool = True

    @property
    def census(self) -> bool:
        """Whether all managers answered."""
        return self.company.settings.managers_census

    def under(self, unit: str) -> Group:
        """Return a unit of the company, with all units below it."""
        place = {name: number for number, name in enumerate(self.company.unit_ids)}
        units = self.company.below(unit)
        places = np.array([place[name] for name in units], dtype=np.intp)

        def inside(unit: Places) -> Marks:
            return np.isin(unit, places)

        return replace(
            self,
            customers=self.customers.of_units(units),
            managers=self.managers.chosen(inside(self.managers.expectation.unit), place[unit]),
            employees=self.employees.chosen(inside, place[unit]),
            observed=self.observed.of_units(places),
            outcomes=self.outcomes.of_units(places),
            whole=False,
        )

    def asked(self) -> dict[str, int]:
        """Return how many of each voice answered, where enough did to be shown."""
        counts: dict[VoiceName, int] = {
            "customers": self.customers.n,
            "managers": len(self.managers.points),
            "employees": len(self.employees.expectation.unit),
        }
        return {voice: n for voice, n in counts.items() if self.rules.withheld(voice, n) is None}

    @cached_property
    def perceived_by_channel(self) -> Mapping[str, Mapping[str, Sample]]:
        """The customers' perception by channel and dimension, of the whole company."""
        if not self.whole:
            return {}
        return {
            channel: {
                dimension: sums.mean({f"perception:performance:{dimension}": 1.0})
                for dimension in self.customers.dimension_ids
                if sums.place(f"perception:performance:{dimension}") is not None
            }
            for channel in self.customers.counts.channels
            if channel
            for sums in (self.customers.channel(channel),)
        }


def everybody(company: Company, wave: str, rules: Rules, *, start: Start = silent) -> Group:
    """Return the whole company in one wave; its customers are scanned once.

    Raises:
        KeyError: The wave is not declared.
    """
    place = company.wave_place(wave)
    item_place = {item: number for number, item in enumerate(company.item_ids)}
    named = {
        promise.id: tuple(item_place[item] for item in promise.items if item in item_place)
        for promise in company.promises
    }
    item_sets = tuple(dict.fromkeys(named.values()))
    answers = company.customers(wave)
    counter = CustomerCounter(
        company.instrument,
        company.unit_ids,
        given=answers.column_names,
        item_sets=item_sets,
        rows=answers.rows,
    )
    advance = start(f"Counting customers of {wave}", answers.rows)

    def counted(block: Block) -> CustomerCounts:
        found = counter(block)
        advance(len(block.rows))
        return found

    gate = ReleaseGate.of(company, rules)
    counts = run(answers, counted, columns=counter.file_columns, block_rows=BLOCK_ROWS)
    return Group(
        company=company,
        wave=place,
        rules=rules,
        customers=CustomerVoice.of(counter, counts),
        managers=_managers(company, place, gate),
        employees=_employees(company, place, gate),
        observed=observed(company, place),
        outcomes=outcomes(company, place),
        levels=standard_levels(company.standards, company.item_ids),
        sets={promise: item_sets.index(items) for promise, items in named.items()},
    )


def _managers(company: Company, wave: int, gate: ReleaseGate) -> ManagerAnswers:
    rows = company.managers.chosen(company.managers.wave == wave)
    instrument = company.instrument
    points = usable_points(rows.weights)
    return ManagerAnswers(
        expectation=ItemAnswers.of(
            instrument,
            rows.expectation,
            rows.unit,
            voice="managers",
            gate=gate,
            wanted=~np.isnan(standard_levels(company.standards, company.item_ids)),
        ),
        points=points,
        standards=Ratings.of(
            "managers", rows.standards, rows.unit, gate=gate, none=rows.no_standard
        ),
        audit=Audit.of(rows, instrument, gate=gate),
        constructs=ConstructAnswers.of("managers", rows, gate=gate),
        point_cells=gate.cells_together("managers", points, rows.unit),
    )


def _employees(company: Company, wave: int, gate: ReleaseGate) -> EmployeeAnswers:
    rows = company.employees.chosen(company.employees.wave == wave)
    instrument = company.instrument
    contact = rows.role.codes != ROLES.index("support")
    return EmployeeAnswers(
        expectation=ItemAnswers.of(
            instrument, rows.expectation, rows.unit, voice="employees", gate=gate
        ),
        of_managers=ItemAnswers.of(
            instrument, rows.manager_expectation, rows.unit, voice="employees", gate=gate
        ),
        delivery=Ratings.of(
            "employees",
            rows.delivery[contact],
            rows.unit[contact],
            gate=gate,
            none=rows.no_standard[contact],
        ),
        promises=Ratings.of("employees", rows.promises[contact], rows.unit[contact], gate=gate),
        constructs=ConstructAnswers.of("employees", rows, gate=gate),
    )


def usable_points(points: Floats) -> Floats:
    """Return 100 points (n, dimensions) that add up to 100; NaN for who gave no usable ones.

    Totals of 90 to 110 are rescaled, others are left out, as with customers.
    """
    given = ~np.isnan(points).all(axis=1) if points.size else np.zeros(len(points), dtype=bool)
    whole = np.nan_to_num(points)
    total = whole.sum(axis=1)
    usable = given & (total >= LOWEST_TOTAL) & (total <= HIGHEST_TOTAL) & (whole >= 0).all(axis=1)
    scaled = whole * (POINTS / np.where(usable, total, POINTS))[:, None]
    found: Floats = np.where(usable[:, None], scaled, np.nan)
    return found

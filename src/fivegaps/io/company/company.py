"""A company as its folder tells it: settings, registers, voices, records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from fivegaps.io.answers import Notice
from fivegaps.io.company.customers import Customers
from fivegaps.io.company.rows import (
    Cases,
    Decisions,
    Employees,
    InternalService,
    Managers,
    Observations,
    PromiseOutcomes,
)
from fivegaps.io.company.units import families
from fivegaps.io.kept import TableAnswers
from fivegaps.model.company.action import Action
from fivegaps.model.company.registers import (
    Competitor,
    Fact,
    Idea,
    Policy,
    Promise,
    Standard,
    Unit,
)
from fivegaps.model.company.settings import CompanySettings, Wave
from fivegaps.model.instrument import Instrument


@dataclass(frozen=True)  # no slots: the tree of units is kept once it is known
class Company:
    """Everything that a company folder holds, read and checked.

    ``instrument`` is bound to the columns of ``customers`` (``e_tan1``, …) and
    holds the items that any file asks about. ``files`` maps each file that was
    given (``customers``, ``units``, …) to its SHA-256; see :meth:`has`. ``units``
    are the register's, or without a register those that other files name.
    ``everybody`` are the customers of all waves; see :meth:`customers`.
    """

    settings: CompanySettings
    instrument: Instrument
    units: tuple[Unit, ...]
    everybody: Customers
    managers: Managers
    employees: Employees
    internal_service: InternalService
    standards: tuple[Standard, ...]
    observations: Observations
    policies: tuple[Policy, ...]
    promises: tuple[Promise, ...]
    promise_outcomes: PromiseOutcomes
    cases: Cases
    ideas: tuple[Idea, ...]
    decisions: Decisions
    competitors: tuple[Competitor, ...]
    facts: tuple[Fact, ...]
    actions: tuple[Action, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()

    @property
    def waves(self) -> tuple[Wave, ...]:
        """The waves, in order of date."""
        return self.settings.waves

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of the units; their places are the codes of unit columns."""
        return tuple(unit.id for unit in self.units)

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Ids of the items, in the order of item axes."""
        return tuple(item.id for item in self.instrument.items)

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """Ids of the dimensions, in the order of dimension axes."""
        return tuple(dimension.id for dimension in self.instrument.dimensions)

    def has(self, file: str) -> bool:
        """Tell whether a file such as ``observations`` was given."""
        return file in self.files

    def wave_place(self, wave: str) -> int:
        """Return a wave's place; KeyError when it is not declared."""
        if wave not in self.settings.wave_ids:
            raise KeyError(wave)
        return self.settings.wave_ids.index(wave)

    def below(self, unit: str) -> tuple[str, ...]:
        """Return a unit and all units under it; KeyError when there is no such unit."""
        return self._families[unit]

    @cached_property
    def _families(self) -> Mapping[str, tuple[str, ...]]:
        return families(self.units)

    def customers(self, wave: str | None = None) -> TableAnswers:
        """Return the customers' answers, of one wave or of all.

        Other columns: respondent, wave, unit, channel, date, ``o_<outcome>``,
        ``w_<dimension>``, had_problem and complained (1 and 0), and whatever
        else the file holds. Rows are 0 for a wave that no customer answered.

        Raises:
            KeyError: The wave is not declared.
        """
        if wave is None:
            return self.everybody.answers()
        return self.everybody.chosen(self.everybody.wave == self.wave_place(wave)).answers()

    def with_notices(self, *notices: Notice) -> Company:
        """Return the company with more to tell about its folder."""
        return replace(self, notices=(*self.notices, *notices))

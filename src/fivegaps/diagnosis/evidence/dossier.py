"""Everything that evidence is taken from: one wave of a company, measured and as recorded."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.cells import HIDDEN, ReleaseGate
from fivegaps.diagnosis.constructs import told_services
from fivegaps.diagnosis.evidence.standing import Standing, standings
from fivegaps.diagnosis.gap_results import WaveGaps
from fivegaps.diagnosis.periods import wave_places
from fivegaps.diagnosis.waves import MeasuredWave
from fivegaps.io.company.company import Company
from fivegaps.io.company.rows import (
    ROLES,
    Cases,
    Decisions,
    Employees,
    InternalService,
    Managers,
    Places,
)
from fivegaps.knowledge.constructs import judged_constructs
from fivegaps.model.company.constructs import Voice
from fivegaps.model.company.registers import Fact
from fivegaps.stats.estimate import Estimate

Floats = NDArray[np.float64]

NOT_ASKED = "not_asked"
NO_REGISTER = "no_register"
NOT_RECORDED = "not_recorded"
TOO_FEW_OTHERS = "too_few_others"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a company's files say of one measure.

    ``estimate`` is the figure in its own unit, or the reason why there is none.
    A relative measure has its ``standing``. For the others ``n_effective`` is n
    less what units resemble one another, ``error`` the figure's standard error
    and ``sd`` that of single answers; ``groups`` is how many clusters stand behind.
    """

    measure: str
    estimate: Estimate
    standing: Standing | None = None
    n_effective: float = 0.0
    error: float = 0.0
    sd: float = 0.0
    about: tuple[str, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is a figure."""
        return self.estimate.value is not None


def unread(measure: str, reason: str, *, n: int = 0) -> Reading:
    """Return the reading that says why there is no figure."""
    return Reading(measure, Estimate.cannot(reason, n=n))


@dataclass(frozen=True)
class Dossier:
    """One wave of a company: what was measured, and the records behind it."""

    measured: MeasuredWave

    @property
    def company(self) -> Company:
        """The company."""
        return self.measured.people.company

    @property
    def wave(self) -> int:
        """Place of the wave."""
        return self.measured.people.wave

    @property
    def gaps(self) -> WaveGaps:
        """Everything measured."""
        return self.measured.gaps

    @cached_property
    def managers(self) -> Managers:
        """The wave's managers; ``unit`` is their cluster, as the release gate has it."""
        rows = self.company.managers
        own = rows.chosen(rows.wave == self.wave)
        return replace(own, unit=self._clusters["managers"][own.unit])

    @cached_property
    def employees(self) -> Employees:
        """The wave's employees; ``unit`` is their cluster, as the release gate has it."""
        rows = self.company.employees
        own = rows.chosen(rows.wave == self.wave)
        return replace(own, unit=self._clusters["employees"][own.unit])

    @cached_property
    def contact_staff(self) -> Employees:
        """The wave's employees who meet customers."""
        return self.employees.chosen(self.employees.role.codes != ROLES.index("support"))

    @cached_property
    def internal_service(self) -> InternalService:
        """The wave's ratings of those support units that may be shown."""
        rows = self.company.internal_service
        own = rows.chosen(rows.wave == self.wave)
        told = told_services(own, self.measured.people.rules)
        return replace(told, unit=self._clusters["employees"][told.unit])

    @cached_property
    def cases(self) -> Cases:
        """Cases opened in the wave's period."""
        rows = self.company.cases
        return rows.chosen(wave_places(rows.opened, self.company.waves) == self.wave)

    @cached_property
    def decisions(self) -> Decisions:
        """Decisions of the wave's period."""
        rows = self.company.decisions
        return rows.chosen(wave_places(rows.date, self.company.waves) == self.wave)

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """The wave's facts."""
        wave = self.company.waves[self.wave].id
        return tuple(one for one in self.company.facts if one.wave in {wave, ""})

    @cached_property
    def _clusters(self) -> dict[Voice, Places]:
        """People's cluster by place of their unit: units too small to be told are one."""
        gate = ReleaseGate.of(self.company, self.measured.people.rules)
        found: dict[Voice, Places] = {}
        voices: tuple[tuple[Voice, Managers | Employees], ...] = (
            ("managers", self.company.managers),
            ("employees", self.company.employees),
        )
        for voice, rows in voices:
            unit = rows.unit[rows.wave == self.wave]
            present = np.arange(len(unit), dtype=np.float64)[:, None]
            found[voice] = gate.cells(voice, present, unit).common.astype(np.int32)
        return found

    def withheld(self, voice: Voice, n: int, *, shown: bool = True) -> str | None:
        """Return why a figure of n people is not shown, or None when it may be.

        ``shown`` is what the release gate says of the cell.
        """
        return self.measured.people.rules.withheld(voice, n if shown or n == 0 else HIDDEN.n)

    def construct_standing(self, voice: Voice, name: str) -> Standing | None:
        """Return how a construct stands among the others of the same people; None: too few."""
        asked = judged_constructs(voice)
        names = [one.id for one in asked]
        return self._construct_standings[voice].get(names.index(name))

    @cached_property
    def _construct_standings(self) -> dict[Voice, dict[int, Standing]]:
        found: dict[Voice, dict[int, Standing]] = {}
        voices: tuple[tuple[Voice, Managers | Employees], ...] = (
            ("managers", self.managers),
            ("employees", self.employees),
        )
        for voice, rows in voices:
            asked = judged_constructs(voice)
            nothing = np.full(rows.n, np.nan)
            scores = [rows.scores.get(one.id, nothing) for one in asked]
            found[voice] = standings(
                np.column_stack(scores),
                rows.unit,
                bad=np.array([one.bad for one in asked]),
                statements=np.array([one.statements for one in asked]),
            )
        return found

    @cached_property
    def audit_standings(self) -> dict[str, Standing]:
        """How each question of the self-audit stands among the others, by question."""
        questions = list(self.managers.audit)
        if not questions:
            return {}
        answers = np.column_stack([self.managers.audit[one] for one in questions])
        found = alike_standings(answers, self.managers.unit)
        return {questions[place]: standing for place, standing in found.items()}

    @cached_property
    def rated_standings(self) -> dict[str, dict[str, Standing]]:
        """How each dimension stands among those that staff rated, by family and dimension."""
        rated = {
            "gap3": (self.contact_staff.delivery, self.contact_staff.unit),
            "gap4": (self.contact_staff.promises, self.contact_staff.unit),
            "internal-service": (self.internal_service.ratings, self.internal_service.unit),
        }
        return {
            family: {
                self.company.dimension_ids[place]: standing
                for place, standing in alike_standings(answers, unit).items()
            }
            for family, (answers, unit) in rated.items()
        }


def alike_standings(answers: Floats, unit: NDArray[np.integer]) -> dict[int, Standing]:
    """Return standings of single questions (n, k), all good when high."""
    k = answers.shape[1]
    return standings(
        answers, unit, bad=np.zeros(k, dtype=np.bool_), statements=np.ones(k, dtype=np.int64)
    )

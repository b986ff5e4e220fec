"""What managers and employees say, as far as it may be told: unit × wave × dimension.

The core's gate decides on every cell of the lattice before a figure is made
(fivegaps.diagnosis.cells, decision 0006). Figures are made once a wave is closed: while answers
still come, what changes from one look to the next would be the answer that came in between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, cast

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.between import voice_mean
from fivegaps.diagnosis.cells import Cells, ReleaseGate, Rules
from fivegaps.diagnosis.people import usable_points
from fivegaps.diagnosis.sampling import half_rule
from fivegaps.io.answers import Categories, MemoryAnswers, Part
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import Sample
from fivegaps.stats.lattice import Lattice
from fivegaps.web.people.models import Unit
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Wave
from fivegaps.web.surveys.own_questions import OwnQuestion, StaffSection
from fivegaps.web.surveys.selectors import extras_in

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
StaffVoice = Literal["managers", "employees"]
# Whether standards and promises can be met is asked of everybody, and told of contact staff.
OF_CONTACT_STAFF = ("d_", "c_")
ROLE, SUPPORT, POINTS = "x_role", "support", "w"


@dataclass(frozen=True, slots=True)
class Heard:
    """A figure of a place: its dimension, or what the 100 points are shared over."""

    section: str
    group: str
    estimate: Estimate


@dataclass(frozen=True)
class VoiceWave:
    """All answers of a closed wave of managers or employees, and the lattice of all units."""

    wave: Wave
    units: Sequence[Unit]

    @property
    def voice(self) -> StaffVoice:
        """Who was asked."""
        return cast(StaffVoice, str(self.wave.survey.voice))

    @cached_property
    def sections(self) -> tuple[StaffSection, ...]:
        """The blocks of the form."""
        return extras_in(self.wave).sections

    @cached_property
    def share(self) -> OwnQuestion | None:
        """The question of the 100 points, when it is asked."""
        own = extras_in(self.wave).own
        return next((one for one in own if one.id == POINTS and one.kind == "points"), None)

    @cached_property
    def answers(self) -> MemoryAnswers:
        """All answers that count."""
        return answers_of(self.wave)

    @cached_property
    def unit(self) -> Places:
        """Each person's place among the units, −1 for none."""
        place = {one.code: number for number, one in enumerate(self.units)}
        return self._labelled("unit", lambda code: place[code])

    @cached_property
    def parents(self) -> NDArray[np.int32]:
        """The place of each unit's parent, −1 at the top."""
        place = {one.pk: number for number, one in enumerate(self.units)}
        return np.array([place.get(one.parent_id or 0, -1) for one in self.units], dtype=np.int32)

    @cached_property
    def _asked(self) -> tuple[list[tuple[str, str]], Floats, Cells]:
        """Return (section, dimension) of each figure, everybody's scores, and what is shown."""
        named, columns = self._scores()
        scores = np.column_stack(columns)
        return named, scores, self._gate.cells(self.voice, scores, self.unit)

    @cached_property
    def _shared(self) -> tuple[list[tuple[str, str]], Floats, Cells] | None:
        if self.share is None:
            return None
        block = self.answers.read(
            Part(0, self.answers.rows), dict.fromkeys(self.share.fields, "numbers")
        )
        columns = [np.asarray(block.columns[name].values) for name in self.share.fields]
        points = usable_points(np.column_stack(columns).astype(np.float64))
        section = next((one.id for one in self.sections if not one.columns), self.share.id)
        named = [(section, one.id) for one in self.share.options]
        return named, points, self._gate.cells_together(self.voice, points, self.unit)

    @cached_property
    def _gate(self) -> ReleaseGate:
        return ReleaseGate(Lattice.of(self.parents), Rules())

    def heard(self, unit: Unit | None) -> tuple[Heard, ...]:
        """Return every figure of a unit with all below it, None: of the whole; or why not."""
        if not self.answers.rows:
            return ()
        return tuple(
            Heard(section, group, voice_mean(self.voice, sample, Rules()))
            for asked in (self._asked, self._shared)
            if asked is not None
            for (section, group), sample in zip(asked[0], self._samples(asked, unit), strict=True)
        )

    def tells(self, unit: Unit) -> bool:
        """Return whether anything is told of a unit."""
        return any(one.estimate.value is not None for one in self.heard(unit))

    def _samples(
        self, asked: tuple[list[tuple[str, str]], Floats, Cells], unit: Unit | None
    ) -> tuple[Sample, ...]:
        _named, values, cells = asked
        if unit is None:
            return cells.samples(values, self.unit)
        inside = [n for n, one in enumerate(self.units) if one.path.startswith(unit.path)]
        rows = np.isin(self.unit, inside)
        place = next(n for n, one in enumerate(self.units) if one.pk == unit.pk)
        return cells.under(place).samples(values[rows], self.unit[rows])

    def _scores(self) -> tuple[list[tuple[str, str]], list[Floats]]:
        answers = self.answers
        codes = answers.read(Part(0, answers.rows), {}).codes.T.astype(np.float64)
        codes[codes == 0] = np.nan
        names = [column.name for column in answers.item_columns]
        lowest = answers.item_columns[0].minimum - 1
        group_of = {item.id: item.dimension or "" for item in answers.instrument.items}
        groups = [group_of[column.item] for column in answers.item_columns]
        named, columns = [], []
        for section in self.sections:
            own = [n for n, name in enumerate(names) if name in section.columns]
            for group in dict.fromkeys(groups[n] for n in own):
                asked = np.array([n in own and groups[n] == group for n in range(len(names))])
                score = half_rule(codes, asked) + lowest
                if names[int(asked.argmax())].startswith(OF_CONTACT_STAFF):
                    score = np.where(self._supports, np.nan, score)
                named.append((section.id, group))
                columns.append(score)
        return named, columns

    @cached_property
    def _supports(self) -> NDArray[np.bool_]:
        if ROLE not in self.answers.column_names:
            return np.zeros(self.answers.rows, dtype=np.bool_)
        supports: NDArray[np.bool_] = self._labelled(ROLE, lambda role: int(role == SUPPORT)) == 1
        return supports

    def _labelled(self, name: str, place: Callable[[str], int]) -> Places:
        block = self.answers.read(Part(0, self.answers.rows), {name: "categories"})
        found = block.columns[name]
        if not isinstance(found, Categories):  # pragma: no cover - asked for as categories
            raise TypeError(found)
        places = np.array([*(place(one) for one in found.values), -1], dtype=np.int64)
        return places[found.codes]

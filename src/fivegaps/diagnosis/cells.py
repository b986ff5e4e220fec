"""Which figures about people may be shown: the one place where the diagnosis asks.

Managers and employees answer in confidence. Before any figure of theirs is made, the
gate decides for the whole lattice, unit × question of a wave, which cells may be
shown; what may not is a sample without n and mean (``HIDDEN``), from which no figure
can come. A combination of questions (an overall mean) is shown where each of its
questions is. Customers, who answer in identified waves, are withheld by their number
alone. Why it is done so: docs/decisions/0006-release-of-cells.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.company.company import Company
from fivegaps.io.company.small_cells import parent_places
from fivegaps.model.company.settings import DEFAULT_CELLS
from fivegaps.stats.intervals import Sample
from fivegaps.stats.lattice import Lattice, Limits

VoiceName = Literal["customers", "managers", "employees"]
Floats: TypeAlias = NDArray[np.float64]
Marks: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.integer]

NOBODY = "not_asked"
SMALL = "small_cell"
HIDDEN = Sample(n=-1, mean=None)  # withheld: neither its mean nor its n is told


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every figure of a diagnosis.

    ``minimum`` maps a voice to the fewest people behind a figure that is shown;
    ``confidence`` is that of every interval; ``census`` tells that all managers were
    asked and were told that answers of one mind may be shown.
    """

    confidence: float = 0.95
    minimum: Mapping[str, int] = field(default_factory=dict)
    census: bool = False

    def withheld(self, voice: VoiceName, n: int) -> str | None:
        """Return why a figure of n people is not shown, or None when it may be."""
        if n == 0:
            return NOBODY
        return SMALL if n < self.minimum.get(voice, 0) else None

    def limits(self, voice: VoiceName) -> Limits:
        """Return when managers or employees may be told; never fewer than the product's own."""
        fewest = max(self.minimum.get(voice, 0), DEFAULT_CELLS[voice])
        return Limits(fewest, unanimous=self.census and voice == "managers")


@dataclass(frozen=True, slots=True)
class Cells:
    """Which cells of c questions may be shown: ``shown`` (units + 1, c).

    ``at`` is the place that is looked at; the whole company is the last.
    """

    shown: Marks
    at: int = -1

    @property
    def here(self) -> Marks:
        """Which questions (c,) may be shown at the place looked at."""
        found: Marks = self.shown[self.at, :]
        return found

    def under(self, unit: int) -> Cells:
        """Return the cells as seen from a unit."""
        return replace(self, at=unit)

    def told(self, samples: Iterable[Sample]) -> tuple[Sample, ...]:
        """Return the samples of c questions, hidden where they may not be shown."""
        return tuple(
            sample if shown or sample.n == 0 else HIDDEN
            for sample, shown in zip(samples, self.here.tolist(), strict=True)
        )

    def all_told(self, values: Floats) -> bool:
        """Tell whether every question of (n, c) that anybody answered may be shown."""
        return bool((self.here | np.isnan(values).all(axis=0)).all())


@dataclass(frozen=True, slots=True)
class ReleaseGate:
    """Decides which figures about a company's managers and employees may be shown.

    Waves are other answers, so each is decided by itself. A unit's figure holds
    everybody below it; people of no unit belong to the whole company alone.
    """

    lattice: Lattice
    rules: Rules

    @classmethod
    def of(cls, company: Company, rules: Rules) -> ReleaseGate:
        """Return the gate over a company's units."""
        return cls(Lattice.of(parent_places(company.units)), rules)

    def cells(self, voice: VoiceName, values: Floats, unit: Places) -> Cells:
        """Return which cells of questions that stand alone may be shown.

        Args:
            voice: Who answered.
            values: (n, c) answers, NaN is not given.
            unit: (n,) places of units, −1 for none.
        """
        return Cells(self.lattice.release(values, unit, self.rules.limits(voice)))

    def cells_together(self, voice: VoiceName, values: Floats, unit: Places) -> Cells:
        """Return the cells of questions whose answers add up: a place shows all or none."""
        shown = self.cells(voice, values, unit).shown
        asked = np.flatnonzero((~np.isnan(values)).any(axis=0))
        every = shown[:, asked].all(axis=1, keepdims=True)
        return Cells(np.logical_and(shown, every))

    def cells_of_subjects(
        self, voice: VoiceName, values: Floats, subject: Places, people: Places
    ) -> Cells:
        """Return the cells of what people rated, a row a subject (a support unit).

        Answers about different subjects are different answers, and no total over them is
        told but that of the subjects shown, so that each stands for itself.

        Args:
            voice: Who answered.
            values: (n, c) ratings, NaN is not given.
            subject: (n,) what each row is about.
            people: (n,) who rated.
        """
        alone = Lattice.of(np.empty(0, dtype=np.intp))
        shown = np.zeros((int(subject.max(initial=-1)) + 1, values.shape[1]), dtype=np.bool_)
        for place in range(len(shown)):
            rows = np.flatnonzero(subject == place)
            first = np.zeros(len(rows), dtype=np.bool_)
            first[np.unique(people[rows], return_index=True)[1]] = True
            nowhere = np.full(len(rows), -1)
            shown[place] = alone.release(
                values[rows], nowhere, self.rules.limits(voice), counted=first[:, None]
            )
        return Cells(shown)

    def linked_cells(
        self,
        voice: VoiceName,
        items: Floats,
        scores: Floats,
        unit: Places,
        *,
        dimension: NDArray[np.integer],
    ) -> tuple[Cells, Cells]:
        """Return which cells of items and of the dimensions scored from them may be shown.

        Args:
            voice: Who answered.
            items: (n, items), NaN is not given; an item that nobody was asked is all NaN.
            scores: (n, dimensions) by the half rule.
            unit: (n,) places of units, −1 for none.
            dimension: (items,) place of each item's dimension, −1 for none.
        """
        limits = self.rules.limits(voice)
        asked = ~np.isnan(items).all(axis=0)
        told = self.lattice.release(items, unit, limits)
        of_dimensions = np.zeros((len(told), scores.shape[1]), dtype=np.bool_)
        for place in range(scores.shape[1]):
            inside = np.flatnonzero(asked & (dimension == place))
            if len(inside):
                told[:, inside], of_dimensions[:, place] = self.lattice.release_linked(
                    items[:, inside], scores[:, place], unit, limits
                )
        return Cells(told), Cells(of_dimensions)

"""Which figures about people may be shown: the one place where the diagnosis asks.

Managers and employees answer in confidence. Before any figure of theirs is made, the
gate decides for the whole lattice, unit × question of a wave, which cells may be
shown; what may not is a sample without n and mean (``HIDDEN``), from which no figure
can come. A combination of questions (an overall mean) is shown where each of its
questions is. Customers, who answer in identified waves, are withheld by their number
alone. Why it is done so: docs/decisions/0006-release-of-cells.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.sampling import SEVERAL, column_samples, mean_sample
from fivegaps.io.company.company import Company
from fivegaps.io.company.small_cells import parent_places
from fivegaps.model.company.settings import DEFAULT_CELLS
from fivegaps.stats.intervals import Sample
from fivegaps.stats.lattice import Lattice, Limits

VoiceName = Literal["customers", "managers", "employees"]
Floats: TypeAlias = NDArray[np.float64]
Marks: TypeAlias = NDArray[np.bool_]
Places: TypeAlias = NDArray[np.integer]
Codes: TypeAlias = NDArray[np.int64]

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
        return SMALL if n < self.fewest(voice) else None

    def fewest(self, voice: VoiceName) -> int:
        """Return the fewest people to be told; of managers and employees not under the usual."""
        usual = 0 if voice == "customers" else DEFAULT_CELLS[voice]
        return max(self.minimum.get(voice, 0), usual)

    def limits(self, voice: VoiceName) -> Limits:
        """Return when managers or employees may be told."""
        return Limits(self.fewest(voice), unanimous=self.census and voice == "managers")


@dataclass(frozen=True, slots=True)
class Cells:
    """Which cells of c questions may be shown: ``shown`` (units + 1, c).

    ``at`` is the place that is looked at; the whole company is the last. ``clusters``
    (units + 1, c) is the cluster that people of a place belong to when the error of a
    mean comes from how units differ, −1 when each stands for himself; ``common``
    (units + 1,) the same for figures of several questions.
    """

    shown: Marks
    clusters: Codes
    common: Codes
    at: int = -1

    @property
    def here(self) -> Marks:
        """Which questions (c,) may be shown at the place looked at."""
        found: Marks = self.shown[self.at, :]
        return found

    def under(self, unit: int) -> Cells:
        """Return the cells as seen from a unit."""
        return replace(self, at=unit)

    def beside(self, other: Cells) -> Cells:
        """Return these questions and others of the same people, as seen from the same place."""
        own = np.append(np.arange(len(self.common) - 1), -1)
        return replace(
            self,
            shown=np.hstack([self.shown, other.shown]),
            clusters=np.hstack([self.clusters, other.clusters]),
            common=np.where(self.common == own, other.common, self.common),
        )

    def samples(self, values: Floats, unit: Places) -> tuple[Sample, ...]:
        """Return the mean of each question, hidden where it may not be shown.

        Args:
            values: (n, c) answers of the people of the place, NaN is not given.
            unit: (n,) their units, −1 for none.
        """
        if len(np.unique(unit[unit >= 0])) >= SEVERAL:
            return tuple(self.sample(values, unit, place) for place in range(values.shape[1]))
        return tuple(
            sample if shown or sample.n == 0 else HIDDEN
            for sample, shown in zip(column_samples(values, unit), self.here.tolist(), strict=True)
        )

    def sample(self, values: Floats, unit: Places, place: int) -> Sample:
        """Return the mean of one question of :meth:`samples`, that at ``place``."""
        found = column_samples(values[:, [place]], self.clusters[unit, place])[0]
        return found if self.here[place] or found.n == 0 else HIDDEN

    def mean(self, values: Floats, unit: Places, weights: Floats | None = None) -> Sample:
        """Return the mean of the questions' means, hidden unless each may be shown.

        Args:
            values: (n, c) answers of the people of the place, NaN is not given.
            unit: (n,) their units, −1 for none.
            weights: (c,) of the questions, 0 leaves one out; equal when None.
        """
        used = np.ones(values.shape[1], np.bool_) if weights is None else weights > 0
        if not (self.here | ~used | np.isnan(values).all(axis=0)).all():
            return HIDDEN
        chosen = None if weights is None else weights[used]
        return mean_sample(values[:, used], self.common[unit], chosen)


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
        limits = self.rules.limits(voice)
        return self._cells(self.lattice.release(values, unit, limits), values, unit, limits)

    def cells_together(self, voice: VoiceName, values: Floats, unit: Places) -> Cells:
        """Return the cells of questions whose answers add up: a place shows all or none."""
        shown = self.cells(voice, values, unit).shown
        asked = np.flatnonzero((~np.isnan(values)).any(axis=0))
        every = shown[:, asked].all(axis=1, keepdims=True)
        return self._cells(np.logical_and(shown, every), values, unit, self.rules.limits(voice))

    def subjects(self, voice: VoiceName, values: Floats, subject: Places, people: Places) -> Marks:
        """Return which subjects' (support units') ratings (s, c) may be shown.

        Answers about different subjects are different answers, and no total over them is
        told but that of the subjects shown, so that each stands for itself.

        Args:
            voice: Who answered.
            values: (n, c) ratings, NaN is not given.
            subject: (n,) what each row is about.
            people: (n,) who rated.
        """
        limits, alone = self.rules.limits(voice), Lattice.of(np.empty(0, dtype=np.intp))
        shown = np.zeros((int(subject.max(initial=-1)) + 1, values.shape[1]), dtype=np.bool_)
        for place in range(len(shown)):
            rows = np.flatnonzero(subject == place)
            first = np.zeros(len(rows), dtype=np.bool_)
            first[np.unique(people[rows], return_index=True)[1]] = True
            nowhere = np.full(len(rows), -1)
            shown[place] = alone.release(values[rows], nowhere, limits, counted=first[:, None])
        return shown

    def linked_cells(
        self,
        voice: VoiceName,
        items: Floats,
        scores: Floats,
        unit: Places,
        *,
        dimension: NDArray[np.integer],
        wanted: Marks | None = None,
    ) -> tuple[Cells, Cells]:
        """Return which cells of items and of the dimensions scored from them may be shown.

        Args:
            voice: Who answered.
            items: (n, items), NaN is not given; an item that nobody was asked is all NaN.
            scores: (n, dimensions) by the half rule.
            unit: (n,) places of units, −1 for none.
            dimension: (items,) place of each item's dimension, −1 for none.
            wanted: (items,) those that other figures need; they are withheld last.
        """
        limits = self.rules.limits(voice)
        asked = ~np.isnan(items).all(axis=0)
        told = np.zeros((self.lattice.whole + 1, items.shape[1]), dtype=np.bool_)
        of_dimensions = np.zeros((len(told), scores.shape[1]), dtype=np.bool_)
        alone = np.flatnonzero(dimension < 0)
        told[:, alone] = self.lattice.release(items[:, alone], unit, limits)
        for place in range(scores.shape[1]):
            inside = np.flatnonzero(asked & (dimension == place))
            if len(inside):
                told[:, inside], of_dimensions[:, place] = self.lattice.release_linked(
                    items[:, inside],
                    scores[:, place],
                    unit,
                    limits,
                    wanted=None if wanted is None else wanted[inside],
                )
        return (
            self._cells(told, items, unit, limits),
            self._cells(of_dimensions, scores, unit, limits),
        )

    def _cells(self, shown: Marks, values: Floats, unit: Places, limits: Limits) -> Cells:
        """Return the cells with the clusters that people of units told together make.

        The error of a mean over clusters holds the sum of squares of theirs. Where fewer
        than k of them are hidden, it would tell each, so that they are taken for one.
        """
        given = ~np.isnan(values)
        places, asked = self.lattice.places(unit), given.any(axis=0)
        answered = np.zeros(shown.shape, dtype=np.int64)
        np.add.at(answered, places, given)
        clusters = [
            self._clusters(shown[:, one], answered[:, one], limits)
            for one in range(values.shape[1])
        ]
        together: Marks = np.logical_and.reduce(shown[:, asked], axis=1)
        return Cells(
            shown=shown,
            clusters=np.stack(clusters, axis=1) if clusters else np.empty(shown.shape, np.intp),
            common=self._clusters(together, answered.max(axis=1, initial=0), limits),
        )

    def _clusters(self, shown: Marks, answered: Codes, limits: Limits) -> Codes:
        whole = self.lattice.whole
        own = np.append(np.arange(whole), -1)
        block = self.lattice.blocks(shown)
        found = np.minimum(answered, 1)
        found[whole] = answered[whole]  # people of no unit are a cluster each
        inside = np.bincount(np.maximum(block, 0), np.where(block < 0, 0, found), whole + 1)[block]
        few = (block >= 0) & (inside > 1) & (inside < limits.minimum)
        return np.where(few, block, own)

"""Standards as observed in one wave: judged by target and tolerance, counted by unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.periods import wave_places
from fivegaps.diagnosis.sampling import samples_of_sums
from fivegaps.io.company.company import Company
from fivegaps.model.company.registers import Standard
from fivegaps.stats.intervals import Sample

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

# A value that misses a limit by no more than floating point does meets it.
ROUNDING = 1e-9


@dataclass(frozen=True)
class Observed:
    """Counts by unit (the last row: of no unit) and standard.

    ``met`` of ``judged`` observations; ``seen`` counts rows of any kind;
    ``differences`` (units + 1, standards, 3) holds n, Σx and Σx² of direction ×
    (value − target).
    """

    met: Floats
    judged: Floats
    seen: Floats
    differences: Floats

    def of_units(self, places: NDArray[np.intp]) -> Observed:
        """Return the counts of some units, rows of ``places`` only."""
        return Observed(
            self.met[places], self.judged[places], self.seen[places], self.differences[places]
        )

    @cached_property
    def conformance(self) -> list[tuple[int, int]]:
        """How many observations of each standard met it, and of how many."""
        met, judged = (np.rint(side.sum(axis=0)).astype(int) for side in (self.met, self.judged))
        return list(zip(met.tolist(), judged.tolist(), strict=True))

    @cached_property
    def difference(self) -> tuple[Sample, ...]:
        """Direction × (value − target) of each standard; several units are clusters."""
        return samples_of_sums(self.differences, clustered=True)


def observed(company: Company, wave: int) -> Observed:
    """Return what was observed in the wave at this place.

    An observation without wave belongs to the one that its date falls in.
    """
    rows = company.observations
    when = np.where(rows.wave >= 0, rows.wave, wave_places(rows.date, company.waves))
    rows = rows.chosen((when == wave) & (rows.standard >= 0))
    limits = _limits(company.standards)
    shape = (len(company.units) + 1, len(company.standards))
    unit = np.where(rows.unit >= 0, rows.unit, shape[0] - 1)
    cell = unit.astype(np.int64) * shape[1] + rows.standard

    def counted(weights: Floats, some: NDArray[np.bool_]) -> Floats:
        size = shape[0] * shape[1]
        found = np.bincount(cell[some], weights[some], minlength=size)
        return found.astype(np.float64).reshape(shape)

    target, direction, slack = (limit[rows.standard] for limit in limits)
    difference = direction * (rows.value - target)
    measured = ~np.isnan(difference)
    enough = ROUNDING * np.maximum(1.0, np.abs(np.nan_to_num(target)))
    met = (difference >= -(slack + enough)).astype(np.float64)
    told = ~np.isnan(rows.met) & ~np.isnan(rows.n_judged)
    everything = np.ones(rows.n, dtype=np.bool_)
    one = np.ones(rows.n)
    return Observed(
        met=counted(met, measured) + counted(rows.met, told),
        judged=counted(one, measured) + counted(rows.n_judged, told),
        seen=counted(one, everything),
        differences=np.stack(
            [counted(one, measured)] + [counted(difference**power, measured) for power in (1, 2)],
            axis=-1,
        ),
    )


def _limits(standards: Sequence[Standard]) -> tuple[Floats, Floats, Floats]:
    """Return target, direction and tolerance of each standard; NaN direction: cannot be judged."""
    way = {"at_least": 1.0, "at_most": -1.0, "": np.nan}
    return (
        np.array([np.nan if one.target is None else one.target for one in standards]),
        np.array([way[one.comparison] for one in standards]),
        np.array([one.tolerance or 0.0 for one in standards]),
    )

"""The customers of one wave: their sums by unit and channel, turned into samples."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.customer_counts import CustomerCounter, CustomerCounts, Floats
from fivegaps.diagnosis.sampling import NOBODY, SEVERAL, samples_of_sums
from fivegaps.diagnosis.voices import Side
from fivegaps.engines.score_sums import ScoreSums
from fivegaps.engines.scores import EVERYONE
from fivegaps.engines.survey import SurveyCounts
from fivegaps.scoring.gaps import terms
from fivegaps.scoring.sums import Sums
from fivegaps.stats.counts import Columns, Histograms
from fivegaps.stats.intervals import Sample

Counts = NDArray[np.int64]

_NOTHING = ScoreSums(np.zeros((0, 0), dtype=np.int64), {}, {}, {})


@dataclass(frozen=True)
class CustomerVoice:
    """Customers of a wave, or of some of its units.

    ``units`` are the ids whose customers belong here, "" for those of no unit.
    Where five units or more answered, they are the clusters of every mean, unless
    ``clustered`` is off.
    """

    counter: CustomerCounter
    counts: CustomerCounts
    units: tuple[str, ...]
    clustered: bool = True

    @classmethod
    def of(
        cls, counter: CustomerCounter, counts: CustomerCounts, *, clustered: bool = True
    ) -> CustomerVoice:
        """Return the whole wave's customers."""
        return cls(counter, counts, (*counter.unit_ids, ""), clustered)

    def of_units(self, units: Sequence[str]) -> CustomerVoice:
        """Return the customers of some units."""
        return CustomerVoice(self.counter, self.counts, tuple(units), self.clustered)

    def unclustered(self) -> CustomerVoice:
        """Return the same customers, who count as independent."""
        return CustomerVoice(self.counter, self.counts, self.units, clustered=False)

    @cached_property
    def sums(self) -> Sums:
        """Sums of the score columns."""
        present = [unit for unit in self.units if unit in self.counts.units]
        width = len(self.counter.columns) + len(self.counter.masks)
        total = np.zeros((width, width), dtype=np.int64)
        for unit in present:
            total += self.counts.units[unit]
        totals = [self.counts.units[unit][:, self._everyone] for unit in present]
        gram = total.astype(np.float64)
        return Sums(
            columns=self.counter.columns,
            masks=self.counter.masks,
            counts=gram,
            once=gram,
            twice=gram,
            clusters=np.array(totals, dtype=np.float64) if self._over_units(present) else None,
        )

    def channel(self, channel: str) -> Sums:
        """Return the sums of one channel's customers, who count as independent."""
        gram = self.counts.channels[channel].astype(np.float64)
        return Sums(self.counter.columns, self.counter.masks, gram, gram, gram)

    @cached_property
    def pairs(self) -> Counts:
        """How often each pair of codes was answered: (units, items, levels + 1, levels + 1)."""
        return self.counts.pairs[self._places]

    @property
    def n(self) -> int:
        """How many customers."""
        return int(self.sums.counts[self._everyone, self._everyone])

    def survey(self) -> SurveyCounts:
        """Return the counts as analyze's scores take them."""
        counts = self.counts
        return SurveyCounts(
            read=counts.n,
            used=counts.n,
            histograms=counts.histograms,
            gap_histograms=self._gap_histograms(),
            moments={},
            tables=counts.tables,
            scores=_NOTHING,
            segments={},
            segment_clusters={},
            segment_weighted={},
            blocks={},
            kano={},
            flags={},
            careless=0,
            flagged=_NOTHING,
            inversions={},
        )

    def _gap_histograms(self) -> Histograms | None:
        """Return how often each whole-number gap of an item occurs."""
        items = self.counter.instrument.items
        paired = [
            place
            for place, item in enumerate(items)
            if "expectation" in item.columns and "perception" in item.columns
        ]
        if not paired:
            return None
        levels = self.counter.instrument.battery("expectation").levels
        columns = Columns(
            names=tuple(f"gap.{items[place].id}" for place in paired),
            levels=(2 * levels - 1,) * len(paired),
        )
        found = np.zeros((len(paired), 2 * levels), dtype=np.int64)
        code = np.arange(1, levels + 1)
        gap = code[None, :] - code[:, None] + levels
        for row, place in enumerate(paired):
            both = self.pairs[:, place, 1 : levels + 1, 1 : levels + 1].sum(axis=0)
            np.add.at(found[row], gap, both)
            found[row, 0] = self.counts.n - both.sum()
        return Histograms(columns, self.counts.n, found)

    def expectation(self) -> Side:
        """Return what they expect, over everybody who said so."""
        return self._side("expectation", "expected", self.counts.item_sums.expectation)

    def perception(self) -> Side:
        """Return what they perceive, over everybody who said so."""
        return self._side("perception", "performance", self.counts.item_sums.perception)

    def points(self) -> dict[str, Sample]:
        """Return the mean share of 100 points by dimension."""
        return {
            dimension: self.mean({f"weight:{dimension}": 1.0}) for dimension in self.dimension_ids
        }

    def mean(self, wanted: Mapping[str, float]) -> Sample:
        """Return the mean of a linear function of score columns; nobody when there is none."""
        if any(self.sums.place(name) is None for name in wanted):
            return NOBODY
        return self.sums.mean(wanted)

    @cached_property
    def set_samples(self) -> tuple[Sample, ...]:
        """The mean perception over each of the counted item sets."""
        if not self.counter.instrument.has("perception"):
            return tuple(NOBODY for _ in range(self.counts.sets.shape[1]))
        minimum = self.counter.instrument.battery("perception").minimum
        return self._of_sums(self.counts.sets[self._places], shift=minimum - 1)

    @property
    def dimension_ids(self) -> tuple[str, ...]:
        """Ids of the dimensions."""
        return tuple(dimension.id for dimension in self.counter.instrument.dimensions)

    def item_pairs(self) -> tuple[tuple[Sample, Sample, Sample], ...]:
        """Return expectation, perception and gap of each item over its complete pairs."""
        instrument = self.counter.instrument
        lowest = [instrument.battery(one).minimum for one in ("expectation", "perception")]
        sums = self.counts.item_sums.pairs[:, self._places]
        expected = self._of_sums(sums[0], shift=lowest[0] - 1)
        perceived = self._of_sums(sums[1], shift=lowest[1] - 1)
        gap = self._of_sums(sums[2], shift=lowest[1] - lowest[0])
        return tuple(zip(expected, perceived, gap, strict=True))

    def _side(self, battery: str, kind: str, sums: Floats) -> Side:
        if not self.counter.instrument.has(battery):
            return Side("customers")
        masks = {
            dimension: f"{kind}:{dimension}"
            for dimension in self.dimension_ids
            if self.sums.place(f"{battery}:{kind}:{dimension}") is not None
        }
        minimum = self.counter.instrument.battery(battery).minimum
        items = self._of_sums(sums[self._places], shift=minimum - 1)
        answered = {
            dimension: self.mean(terms(battery, (mask,))) for dimension, mask in masks.items()
        }
        together = tuple(masks[dimension] for dimension, one in answered.items() if one.n > 0)
        return Side(
            voice="customers",
            overall=self.mean(terms(battery, together)) if together else NOBODY,
            dimensions={name: answered.get(name, NOBODY) for name in self.dimension_ids},
            items={
                item.id: sample
                for item, sample in zip(self.counter.instrument.items, items, strict=True)
            },
        )

    def _of_sums(self, sums: Floats, *, shift: float) -> tuple[Sample, ...]:
        """Return the means of columns from sums by unit: (units here, columns, 3)."""
        return samples_of_sums(sums, shift=shift, clustered=self.clustered)

    def _over_units(self, present: Sequence[str]) -> bool:
        return self.clustered and sum(unit != "" for unit in present) >= SEVERAL

    @cached_property
    def _known(self) -> tuple[str, ...]:
        ids = {*self.counter.unit_ids, ""}
        return tuple(unit for unit in self.units if unit in ids)

    @cached_property
    def _places(self) -> NDArray[np.intp]:
        place = {unit: number for number, unit in enumerate((*self.counter.unit_ids, ""))}
        return np.array([place[unit] for unit in self._known], dtype=np.intp)

    @property
    def _everyone(self) -> int:
        return len(self.counter.columns) + self.counter.masks.index(EVERYONE)

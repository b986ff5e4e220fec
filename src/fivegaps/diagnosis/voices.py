"""What each voice says in one wave: means of dimensions and items, of a company or a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.cells import Cells, ReleaseGate, VoiceName
from fivegaps.diagnosis.sampling import (
    NOBODY,
    Floats,
    Places,
    half_rule,
    known,
)
from fivegaps.model.instrument import Instrument
from fivegaps.stats.intervals import Sample


@dataclass(frozen=True, slots=True)
class Side:
    """One voice's answers on items, as samples; ``overall`` is the mean of dimensions.

    ``census`` tells that everybody answered.
    """

    voice: VoiceName
    overall: Sample = NOBODY
    dimensions: Mapping[str, Sample] = field(default_factory=dict)
    items: Mapping[str, Sample] = field(default_factory=dict)
    census: bool = False

    def as_census(self) -> Side:
        """Return the same answers as those of everybody: without sampling error."""
        return replace(
            self,
            overall=known(self.overall),
            dimensions={name: known(sample) for name, sample in self.dimensions.items()},
            items={name: known(sample) for name, sample in self.items.items()},
            census=True,
        )


@dataclass(frozen=True, slots=True)
class ItemAnswers:
    """Answers of people in a company on its items: ``values`` (n, items), ``unit`` (n,).

    ``scores`` (n, dimensions) are means of at least half of a dimension's items
    that anybody was asked. The whole company's are made once; a unit's are its rows.
    ``dimension`` (items,) is the place of each item's dimension, −1 for none. The cells
    tell which items and dimensions may be shown.
    """

    instrument: Instrument
    values: Floats
    scores: Floats
    unit: Places
    dimension: Places
    item_cells: Cells
    score_cells: Cells

    @classmethod
    def of(
        cls,
        instrument: Instrument,
        values: Floats,
        unit: Places,
        *,
        voice: VoiceName,
        gate: ReleaseGate,
        wanted: NDArray[np.bool_] | None = None,
    ) -> ItemAnswers:
        """Score the dimensions, and ask the gate what may be shown.

        ``wanted`` (items,) are items that other figures need.
        """
        asked = ~np.isnan(values).all(axis=0) if len(values) else np.zeros(values.shape[1], bool)
        dimension = np.array([item.dimension or "" for item in instrument.items])
        scores = _side_by_side(
            [half_rule(values, asked & (dimension == one.id)) for one in instrument.dimensions],
            len(values),
        )
        ids = [one.id for one in instrument.dimensions]
        places = np.array([ids.index(one) if one else -1 for one in dimension], dtype=np.intp)
        items, dimensions = gate.linked_cells(
            voice, values, scores, unit, dimension=places, wanted=wanted
        )
        return cls(instrument, values, scores, unit, places, items, dimensions)

    def chosen(self, mask: NDArray[np.bool_], at: int) -> ItemAnswers:
        """Return the people of the unit at a place, for whom ``mask`` (n,) holds."""
        return replace(
            self,
            values=self.values[mask],
            scores=self.scores[mask],
            unit=self.unit[mask],
            item_cells=self.item_cells.under(at),
            score_cells=self.score_cells.under(at),
        )

    def side(self, voice: VoiceName) -> Side:
        """Return the means of dimensions and items, as far as they may be shown."""
        dimensions = (one.id for one in self.instrument.dimensions)
        items = (item.id for item in self.instrument.items)
        scored = self.score_cells.samples(self.scores, self.unit)
        answered = self.item_cells.samples(self.values, self.unit)
        return Side(
            voice=voice,
            overall=self.score_cells.mean(self.scores, self.unit),
            dimensions=dict(zip(dimensions, scored, strict=True)),
            items=dict(zip(items, answered, strict=True)),
        )

    def weighted(self, weights: Floats) -> Sample:
        """Return the mean of the items' means with ``weights`` (items,); 0 leaves one out.

        A dimension whose items all weigh alike goes in with its scores: these may be
        shown where single items may not.
        """
        if np.count_nonzero(weights) == 1:
            return self.item_cells.mean(self.values, self.unit, weights)
        asked = ~np.isnan(self.values).all(axis=0)
        of_items = np.where(asked, weights, 0.0)
        of_scores = np.zeros(self.scores.shape[1])
        for place in range(len(of_scores)):
            inside = asked & (self.dimension == place)
            each = of_items[inside]
            if len(each) and each[0] > 0 and (each == each[0]).all():
                of_scores[place] = each.sum()
                of_items[inside] = 0.0
        cells = self.score_cells.beside(self.item_cells)
        return cells.mean(
            np.hstack([self.scores, self.values]), self.unit, np.append(of_scores, of_items)
        )


def _side_by_side(columns: list[Floats], n: int) -> Floats:
    return np.stack(columns, axis=1) if columns else np.zeros((n, 0))

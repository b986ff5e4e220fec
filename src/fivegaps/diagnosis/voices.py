"""What each voice says in one wave: means of dimensions and items, of a company or a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.diagnosis.cells import VoiceName
from fivegaps.diagnosis.sampling import (
    NOBODY,
    Floats,
    Places,
    column_samples,
    half_rule,
    known,
    mean_sample,
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
    """

    instrument: Instrument
    values: Floats
    scores: Floats
    unit: Places

    @classmethod
    def of(cls, instrument: Instrument, values: Floats, unit: Places) -> ItemAnswers:
        """Score the dimensions."""
        asked = ~np.isnan(values).all(axis=0) if len(values) else np.zeros(values.shape[1], bool)
        dimension = np.array([item.dimension or "" for item in instrument.items])
        scores = [half_rule(values, asked & (dimension == one.id)) for one in instrument.dimensions]
        return cls(instrument, values, _side_by_side(scores, len(values)), unit)

    def chosen(self, mask: NDArray[np.bool_]) -> ItemAnswers:
        """Return those people only for whom ``mask`` (n,) holds."""
        return replace(
            self, values=self.values[mask], scores=self.scores[mask], unit=self.unit[mask]
        )

    def side(self, voice: VoiceName) -> Side:
        """Return the means of dimensions and items."""
        dimensions = (one.id for one in self.instrument.dimensions)
        items = (item.id for item in self.instrument.items)
        return Side(
            voice=voice,
            overall=mean_sample(self.scores, self.unit),
            dimensions=dict(zip(dimensions, column_samples(self.scores, self.unit), strict=True)),
            items=dict(zip(items, column_samples(self.values, self.unit), strict=True)),
        )


def _side_by_side(columns: list[Floats], n: int) -> Floats:
    return np.stack(columns, axis=1) if columns else np.zeros((n, 0))

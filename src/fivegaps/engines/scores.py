"""Respondents' scores as whole numbers, so that their sums stay exact and additive.

A score (a dimension's mean under the half rule, an overall mean, a weighted
mean) is a fraction. It is kept in units of 1/27,720 of a scale point, the least
common multiple of 1 to 12, so that means of up to twelve answers are exact;
longer means are rounded to that unit. Scores of expectation and perception
share one mask, so that their difference is the gap score.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from fivegaps.engines.filling import Filling
from fivegaps.engines.score_columns import (
    EVERYONE,
    PAIRED,
    UNIT,
    WIDE_SCALE,
    WIDE_UNIT,
    ZONE,
    ScoreColumn,
    Scored,
    ScoredOutcome,
)
from fivegaps.io.answers import Block, Numbers, item_columns
from fivegaps.model.instrument import Instrument, Item

__all__ = ["EVERYONE", "PAIRED", "ScoreColumn", "ScoreLayout", "Scored", "ScoredOutcome"]


class ScoreLayout:
    """Which score columns an instrument gives, and how to fill them from a block."""

    def __init__(
        self,
        instrument: Instrument,
        *,
        outcomes: Collection[ScoredOutcome],
        only: Collection[str] | None = None,
        items: bool = True,
        rows: int = 0,
    ) -> None:
        """Lay the columns out.

        Args:
            instrument: The questionnaire of the answers.
            outcomes: Outcomes to score.
            only: Items to score; all when None.
            items: Whether single items have score columns; without weights and
                clusters their sums are already in the moments.
            rows: How many answers there are; units keep their sums within 64 bits.
        """
        self.items = items
        self.asked = instrument
        self.instrument = _restricted(instrument, only)
        self.outcomes = {outcome.id: outcome for outcome in outcomes}
        self.weighted = bool(instrument.weights)
        self.widest = max((battery.levels for battery in instrument.batteries), default=7)
        self.unit = UNIT if self.widest <= WIDE_SCALE else WIDE_UNIT
        self.outcome_units = {name: outcome.unit(rows) for name, outcome in self.outcomes.items()}
        self.paired = self._asks_together(PAIRED)
        self.zoned = self._asks_together(ZONE)
        self._place = {
            (column.battery, column.item): place
            for place, column in enumerate(item_columns(instrument))
        }
        nothing = Block(
            rows=np.zeros(0, dtype=np.int64),
            codes=np.zeros((len(self._place), 0), dtype=np.uint8),
            columns={name: Numbers(np.zeros(0)) for name in self.number_columns},
        )
        filled = Filling(self, nothing)
        filled.fill()
        self.columns: list[ScoreColumn] = filled.columns
        self.mask_names: list[str] = filled.mask_names
        self.index = {column.name: place for place, column in enumerate(self.columns)}
        self.mask_index = {name: place for place, name in enumerate(self.mask_names)}

    @property
    def number_columns(self) -> tuple[str, ...]:
        """File columns that scores need beside the items, read as numbers."""
        names = [*self.instrument.weights.values()]
        for outcome in self.outcomes.values():
            names.extend(outcome.columns)
        return tuple(dict.fromkeys(names))

    def unit_of(self, column: str) -> float:
        """Return the unit of a score column."""
        return self.columns[self.index[column]].unit

    def minimum(self, battery: str) -> int:
        """Lowest scale point of a battery."""
        return self.instrument.battery(battery).minimum

    def place(self, battery: str, item: Item) -> int | None:
        """Row of an item in ``Block.codes``, or None when it is not asked there."""
        return self._place.get((battery, item.id))

    def scores(self, block: Block) -> Scored:
        """Return the scores of a block's respondents."""
        filled = Filling(self, block)
        filled.fill()
        n = block.codes.shape[1]
        values = np.array(filled.rows, dtype=np.int64).reshape(len(filled.rows), n)
        masks = np.array(filled.masks, dtype=np.bool_).reshape(len(filled.masks), n)
        return Scored(values, masks, filled.differences)

    def _asks_together(self, batteries: tuple[str, ...]) -> bool:
        return any(
            all(battery in item.columns for battery in batteries) for item in self.instrument.items
        )


def _restricted(instrument: Instrument, only: Collection[str] | None) -> Instrument:
    if only is None:
        return instrument
    items = tuple(item for item in instrument.items if item.id in only)
    used = {item.dimension for item in items}
    dimensions = tuple(known for known in instrument.dimensions if known.id in used)
    return replace(instrument, items=items, dimensions=dimensions)

"""One scan of a wave's customers: everything that any gap, unit or channel needs.

The state is additive and does not grow with the answers: sums and products of
score columns by unit and by channel, and how often each pair of expectation and
perception was answered, by unit and item.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.crossing import crossed
from fivegaps.engines.gap_tables import gap_tables
from fivegaps.engines.grams import Gram, added, grouped_grams
from fivegaps.engines.scores import EVERYONE, ScoreColumn, Scored, ScoredOutcome, ScoreLayout
from fivegaps.io.answers import Block, Categories, ColumnKind, Numbers, item_columns
from fivegaps.model.instrument import Instrument
from fivegaps.stats.counts import Columns, Histograms

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

PROBLEM, COMPLAINED = "had_problem", "complained"
UNIT_COLUMN, CHANNEL = "unit", "channel"


@dataclass(frozen=True, slots=True)
class ItemSums:
    """n, Σ code and Σ code² by unit and item, each (units + 1, items, 3).

    ``expectation`` and ``perception`` are of everybody who answered it; ``pairs``
    (3, units + 1, items, 3) of complete pairs: expectation, perception, difference.
    """

    expectation: Floats
    perception: Floats
    pairs: Floats

    @classmethod
    def of(cls, pairs: Counts) -> ItemSums:
        """Reduce counts of code pairs (units + 1, items, levels + 1, levels + 1)."""
        code = np.arange(pairs.shape[2], dtype=np.float64)
        both = pairs[:, :, 1:, 1:].reshape(*pairs.shape[:2], -1).astype(np.float64)
        expected, perceived = (
            grid.ravel() for grid in np.meshgrid(code[1:], code[1:], indexing="ij")
        )
        return cls(
            expectation=_powers(pairs.sum(axis=3)[:, :, 1:].astype(np.float64), code[1:]),
            perception=_powers(pairs.sum(axis=2)[:, :, 1:].astype(np.float64), code[1:]),
            pairs=np.stack(
                [_powers(both, side) for side in (expected, perceived, perceived - expected)]
            ),
        )


def _powers(counts: Floats, values: Floats) -> Floats:
    """Return n, Σx and Σx² (…, 3) of values that were counted (…, values)."""
    return counts @ np.stack([np.ones_like(values), values, values**2], axis=1)


@dataclass(frozen=True)
class CustomerCounts:
    """Additive counts of customers.

    ``units`` and ``channels`` map an id ("" for none) to the Gram matrix of the
    score columns; ``pairs`` (units + 1, items, levels + 1, levels + 1) counts codes
    of expectation and perception, 0 for no answer, the last unit being none;
    ``sets`` (units + 1, item sets, 3) holds n, Σx and Σx² of the mean perception
    over a promise's items; ``troubled`` (3, 3) crosses had_problem with complained
    (no, yes, not given); ``tables`` are frequencies of gap scores.
    """

    n: int
    histograms: Histograms
    units: Mapping[str, Gram]
    channels: Mapping[str, Gram]
    pairs: Counts
    sets: Floats
    troubled: Counts
    tables: Mapping[str, Counts]

    @cached_property
    def item_sums(self) -> ItemSums:
        """Sums of items by unit, made once."""
        return ItemSums.of(self.pairs)

    def __add__(self, other: CustomerCounts) -> CustomerCounts:
        """Return the counts of both."""
        return CustomerCounts(
            n=self.n + other.n,
            histograms=self.histograms + other.histograms,
            units=added(self.units, other.units),
            channels=added(self.channels, other.channels),
            pairs=self.pairs + other.pairs,
            sets=self.sets + other.sets,
            troubled=self.troubled + other.troubled,
            tables=added(self.tables, other.tables),
        )


class CustomerCounter:
    """Reduces blocks of customers' answers to :class:`CustomerCounts`.

    ``columns`` and ``masks`` name the rows of the Gram matrices, columns first.
    """

    def __init__(
        self,
        instrument: Instrument,
        units: Sequence[str],
        *,
        given: Sequence[str],
        item_sets: Sequence[tuple[int, ...]] = (),
        rows: int = 0,
    ) -> None:
        """Lay out what is counted.

        Args:
            instrument: Bound to the customers' columns.
            units: Ids of the company's units.
            given: Columns that the customers' file has.
            item_sets: Places of the items of each promise, each set once.
            rows: How many customers there are.
        """
        outcomes = tuple(
            ScoredOutcome(outcome.id, outcome.columns, outcome.minimum, outcome.maximum)
            for outcome in instrument.outcomes
        )
        self.instrument = instrument
        self.layout = ScoreLayout(instrument, outcomes=outcomes, items=False, rows=rows)
        self.expected = _expectation_layout(instrument) if self.layout.paired else None
        self.unit_ids = tuple(units)
        self.item_sets = tuple(item_sets)
        self.given = frozenset(given)
        self.items = item_columns(instrument)
        self.levels = max((column.levels for column in self.items), default=0)
        self.counted = Columns(
            names=tuple(column.key for column in self.items),
            levels=tuple(column.levels for column in self.items),
        )
        self._place = {(c.battery, c.item): row for row, c in enumerate(self.items)}
        self._expectations = np.array(
            [row for row, c in enumerate(self.items) if c.battery == "expectation"], dtype=np.intp
        )
        more = self.expected
        self.columns: tuple[ScoreColumn, ...] = (
            *self.layout.columns,
            *(more.columns if more else ()),
        )
        self.masks: tuple[str, ...] = (
            *self.layout.mask_names,
            *(name for name in (more.mask_names if more else ()) if name != EVERYONE),
        )

    @property
    def file_columns(self) -> dict[str, ColumnKind]:
        """Columns that the scan reads beside the items."""
        kinds: dict[str, ColumnKind] = {
            UNIT_COLUMN: "categories",
            CHANNEL: "categories",
            PROBLEM: "numbers",
            COMPLAINED: "numbers",
        }
        wanted: dict[str, ColumnKind] = {
            name: kind for name, kind in kinds.items() if name in self.given
        }
        return wanted | dict.fromkeys(self.layout.number_columns, "numbers")

    def __call__(self, block: Block) -> CustomerCounts:
        """Return the counts of one block."""
        scored = self.layout.scores(block)
        z = self._stacked(block, scored)
        unit = self._unit_places(block)
        return CustomerCounts(
            n=block.codes.shape[1],
            histograms=Histograms.of(self.counted, block.codes),
            units=self._grams(block, z, UNIT_COLUMN),
            channels=self._grams(block, z, CHANNEL) if CHANNEL in self.given else {},
            pairs=self._pairs(block, unit),
            sets=self._sets(block, unit),
            troubled=self._troubled(block),
            tables=gap_tables(self.layout, scored),
        )

    def _stacked(self, block: Block, scored: Scored) -> Floats:
        values, masks = [scored.values], [scored.masks]
        if self.expected is not None:
            codes = np.ascontiguousarray(block.codes[self._expectations])
            alone = self.expected.scores(Block(block.rows, codes, {}))
            values.append(alone.values)
            masks.append(alone.masks[1:])
        return np.concatenate([*values, *masks], dtype=np.float64, casting="unsafe")

    def _grams(self, block: Block, z: Floats, column: str) -> dict[str, Gram]:
        if column not in self.given:
            nowhere = np.zeros(block.codes.shape[1], dtype=np.int64)
            return dict(zip(("",), grouped_grams(z, nowhere).values(), strict=False))
        codes, keys = crossed(block, (), optional=(column,))
        return {keys[code][0]: gram for code, gram in grouped_grams(z, codes).items()}

    def _unit_places(self, block: Block) -> NDArray[np.intp]:
        """Return each customer's unit (n,); the number of units for none."""
        nowhere = len(self.unit_ids)
        column = block.columns.get(UNIT_COLUMN)
        if not isinstance(column, Categories):
            return np.full(block.codes.shape[1], nowhere, dtype=np.intp)
        known = {name: place for place, name in enumerate(self.unit_ids)}
        lookup = np.array([*(known.get(name, nowhere) for name in column.values), nowhere])
        return lookup[column.codes].astype(np.intp)

    def _pairs(self, block: Block, unit: NDArray[np.intp]) -> Counts:
        size = self.levels + 1
        shape = (len(self.unit_ids) + 1, len(self.instrument.items), size, size)
        found = np.zeros(shape, dtype=np.int64)
        nothing = np.zeros(block.codes.shape[1], dtype=np.uint8)
        for place, item in enumerate(self.instrument.items):
            expected = self._codes(block, "expectation", item.id, nothing)
            perceived = self._codes(block, "perception", item.id, nothing)
            cell = (unit * size + expected) * size + perceived
            found[:, place] = np.bincount(cell, minlength=shape[0] * size**2).reshape(
                shape[0], size, size
            )
        return found

    def _codes(
        self, block: Block, battery: str, item: str, nothing: NDArray[np.uint8]
    ) -> NDArray[np.uint8]:
        row = self._place.get((battery, item))
        return nothing if row is None else block.codes[row]

    def _sets(self, block: Block, unit: NDArray[np.intp]) -> Floats:
        """Return n, Σx and Σx² of the mean code over each item set, under the half rule."""
        size = len(self.unit_ids) + 1
        found = np.zeros((size, len(self.item_sets), 3))
        items = self.instrument.items
        for place, members in enumerate(self.item_sets):
            rows = [self._place.get(("perception", items[member].id)) for member in members]
            asked = [row for row in rows if row is not None]
            if not asked:
                continue
            codes = block.codes[asked]
            answered = (codes > 0).sum(axis=0)
            scored = (answered * 2 >= len(asked)) & (answered > 0)
            mean = codes.sum(axis=0, dtype=np.int64)[scored] / answered[scored]
            where = unit[scored]
            for power in range(3):
                found[:, place, power] = np.bincount(where, weights=mean**power, minlength=size)
        return found

    def _troubled(self, block: Block) -> Counts:
        sides = [self._yes_no(block, name) for name in (PROBLEM, COMPLAINED)]
        return np.bincount(sides[0] * 3 + sides[1], minlength=9).reshape(3, 3)

    def _yes_no(self, block: Block, name: str) -> NDArray[np.int64]:
        """Return 0 for no, 1 for yes, 2 for not given (n,)."""
        column = block.columns.get(name)
        if not isinstance(column, Numbers):
            return np.full(block.codes.shape[1], 2, dtype=np.int64)
        return np.where(np.isnan(column.values), 2, np.nan_to_num(column.values) > 0).astype(
            np.int64
        )


def _expectation_layout(instrument: Instrument) -> ScoreLayout:
    """Return the layout of the expectation battery alone: its means need no perception."""
    items = tuple(
        replace(item, columns={"expectation": item.columns["expectation"]})
        if "expectation" in item.columns
        else replace(item, columns={})
        for item in instrument.items
    )
    alone = replace(
        instrument,
        batteries=(instrument.battery("expectation"),),
        items=items,
        outcomes=(),
        weights={},
        kano=(),
    )
    return ScoreLayout(alone, outcomes=(), items=False)

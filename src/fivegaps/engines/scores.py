"""Respondents' scores as whole numbers, so that their sums stay exact and additive.

A score (a dimension's mean under the half rule, an overall mean, a weighted
mean) is a fraction. It is kept in units of 1/27,720 of a scale point, the least
common multiple of 1 to 12, so that means of up to twelve answers are exact;
longer means are rounded to that unit. Scores of expectation and perception
share one mask, so that their difference is the gap score.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Block, Numbers, item_columns
from fivegaps.model.instrument import Instrument, Item

UNIT = 27_720
WIDE_UNIT = 2_520
WIDE_SCALE = 20
EVERYONE = "everyone"
ENOUGH_POINTS = 50.0
POINTS = 100.0
LOWEST_TOTAL, HIGHEST_TOTAL = 90.0, 110.0
PAIRED = ("expectation", "perception")
ZONE = ("adequate", "desired", "perception")


@dataclass(frozen=True, slots=True)
class ScoreColumn:
    """One column of scores: its name, the mask it is answered under, and its unit.

    A score s stands for ``s / unit + shift`` scale points.
    """

    name: str
    mask: str
    unit: int
    shift: float


@dataclass(frozen=True, slots=True)
class Scored:
    """Scores of some respondents: ``values`` (c, n) in units, ``masks`` (m, n)."""

    values: NDArray[np.int64]
    masks: NDArray[np.bool_]


class ScoreLayout:
    """Which score columns an instrument gives, and how to fill them from a block."""

    def __init__(
        self,
        instrument: Instrument,
        *,
        outcomes: Mapping[str, tuple[str, ...]],
        only: Collection[str] | None = None,
        items: bool = True,
    ) -> None:
        """Lay the columns out.

        Args:
            instrument: The questionnaire of the answers.
            outcomes: Outcome id to its file columns.
            only: Items to score; all when None.
            items: Whether single items have score columns; without weights and
                clusters their sums are already in the moments.
        """
        self.items = items
        self.asked = instrument
        self.instrument = _restricted(instrument, only)
        self.outcomes = dict(outcomes)
        self.weighted = bool(instrument.weights)
        widest = max((battery.levels for battery in instrument.batteries), default=7)
        self.unit = UNIT if widest <= WIDE_SCALE else WIDE_UNIT
        self.paired = all(instrument.has(battery) for battery in PAIRED)
        self.zoned = all(instrument.has(battery) for battery in ZONE)
        self._place = {
            (column.battery, column.item): place
            for place, column in enumerate(item_columns(instrument))
        }
        self.columns: list[ScoreColumn] = []
        self.mask_names: list[str] = []
        self._rows: list[NDArray[np.int64]] = []
        self._masks: list[NDArray[np.bool_]] = []
        nothing = Block(
            rows=np.zeros(0, dtype=np.int64),
            codes=np.zeros((len(self._place), 0), dtype=np.uint8),
            columns={name: Numbers(np.zeros(0)) for name in self.number_columns},
        )
        filled = _Filling(self, nothing)
        filled.fill()
        self.columns, self.mask_names = filled.columns, filled.mask_names
        self.index = {column.name: place for place, column in enumerate(self.columns)}
        self.mask_index = {name: place for place, name in enumerate(self.mask_names)}

    @property
    def number_columns(self) -> tuple[str, ...]:
        """File columns that scores need beside the items, read as numbers."""
        names = [*self.instrument.weights.values()]
        for columns in self.outcomes.values():
            names.extend(columns)
        return tuple(dict.fromkeys(names))

    def minimum(self, battery: str) -> int:
        """Lowest scale point of a battery."""
        return self.instrument.battery(battery).minimum

    def place(self, battery: str, item: Item) -> int | None:
        """Row of an item in ``Block.codes``, or None when it is not asked there."""
        return self._place.get((battery, item.id))

    def scores(self, block: Block) -> Scored:
        """Return the scores of a block's respondents."""
        filled = _Filling(self, block)
        filled.fill()
        n = block.codes.shape[1]
        values = np.array(filled.rows, dtype=np.int64).reshape(len(filled.rows), n)
        masks = np.array(filled.masks, dtype=np.bool_).reshape(len(filled.masks), n)
        return Scored(values, masks)


class _Filling:
    """Fills the columns of one block, in one order that the layout also takes its names from."""

    def __init__(self, layout: ScoreLayout, block: Block) -> None:
        self.layout = layout
        self.block = block
        self.n = block.codes.shape[1]
        self.columns: list[ScoreColumn] = []
        self.mask_names: list[str] = []
        self.rows: list[NDArray[np.int64]] = []
        self.masks: list[NDArray[np.bool_]] = []

    def fill(self) -> None:
        """Fill items, dimensions, overall, weights, outcomes and zone."""
        self._mask(EVERYONE, np.ones(self.n, dtype=np.bool_))
        if self.layout.paired:
            self._paired()
        elif self.layout.items and self.layout.instrument.has("perception"):
            self._single_items("perception")
        if self.layout.instrument.has("perception"):
            self._performance()
        for battery in ("importance", "satisfaction"):
            if self.layout.items and self.layout.instrument.has(battery):
                self._single_items(battery)
        if self.layout.zoned:
            self._zone()
        if self.layout.weighted:
            self._weighted()
        self._outcomes()

    def _codes(self, battery: str, item: Item) -> NDArray[np.uint8] | None:
        place = self.layout.place(battery, item)
        return None if place is None else self.block.codes[place]

    def _mask(self, name: str, mask: NDArray[np.bool_]) -> None:
        self.mask_names.append(name)
        self.masks.append(mask)

    def _column(
        self, name: str, mask: str, values: NDArray[np.int64], *, unit: int, shift: float
    ) -> None:
        self.columns.append(ScoreColumn(name, mask, unit, shift))
        self.rows.append(values)

    def _together(
        self, items: tuple[Item, ...], batteries: tuple[str, ...]
    ) -> tuple[NDArray[np.int64], list[NDArray[np.int64]], int]:
        """Return how many of the items have all batteries answered, and the sums there."""
        answered = np.zeros(self.n, dtype=np.int64)
        sums = [np.zeros(self.n, dtype=np.int64) for _ in batteries]
        used = 0
        for item in items:
            codes = [self._codes(battery, item) for battery in batteries]
            present = [code for code in codes if code is not None]
            if len(present) < len(batteries):
                continue
            used += 1
            both = np.logical_and.reduce([code > 0 for code in present])
            answered += both
            for total, code in zip(sums, present, strict=True):
                np.add(total, code, out=total, where=both)
        return answered, sums, used

    def _mean(
        self,
        name: str,
        items: tuple[Item, ...],
        batteries: tuple[str, ...],
        *,
        labels: tuple[str, ...],
        half: bool = True,
    ) -> None:
        answered, sums, used = self._together(items, batteries)
        if used == 0:
            return
        scored = answered * 2 >= used if half else answered > 0
        scored &= answered > 0
        self._mask(name, scored)
        for battery, label, total in zip(batteries, labels, sums, strict=True):
            self._column(
                f"{label}:{name}",
                name,
                _rounded(total * self.layout.unit, answered, scored),
                unit=self.layout.unit,
                shift=self.layout.minimum(battery) - 1,
            )

    def _paired_items(self) -> None:
        for item in self.layout.instrument.items:
            codes = [self._codes(battery, item) for battery in PAIRED]
            present = [code for code in codes if code is not None]
            if len(present) < len(PAIRED):
                continue
            name = f"item:{item.id}"
            both = (present[0] > 0) & (present[1] > 0)
            self._mask(name, both)
            for battery, code in zip(PAIRED, present, strict=True):
                self._column(
                    f"{battery}:{name}",
                    name,
                    np.where(both, code, 0).astype(np.int64),
                    unit=1,
                    shift=self.layout.minimum(battery) - 1,
                )

    def _paired(self) -> None:
        if self.layout.items:
            self._paired_items()
        for dimension in self.layout.instrument.dimensions:
            items = self.layout.instrument.items_of(dimension.id)
            self._mean(f"dimension:{dimension.id}", items, PAIRED, labels=PAIRED)
        items = self.layout.instrument.items
        self._mean("all", items, PAIRED, labels=PAIRED, half=False)

    def _single_items(self, battery: str) -> None:
        for item in self.layout.instrument.items_in(battery):
            code = self._codes(battery, item)
            if code is None:
                continue
            name = f"single:{battery}:{item.id}"
            self._mask(name, code > 0)
            self._column(
                f"{battery}:{name}",
                name,
                code.astype(np.int64),
                unit=1,
                shift=self.layout.minimum(battery) - 1,
            )

    def _performance(self) -> None:
        alone = ("perception",)
        for dimension in self.layout.instrument.dimensions:
            items = self.layout.instrument.items_of(dimension.id)
            self._mean(f"performance:{dimension.id}", items, alone, labels=alone)
        items = self.layout.instrument.items
        self._mean("performance", items, alone, labels=alone, half=False)

    def _zone(self) -> None:
        for item in self.layout.instrument.items:
            self._mean(f"zone:item:{item.id}", (item,), ZONE, labels=ZONE)
        for dimension in self.layout.instrument.dimensions:
            items = self.layout.instrument.items_of(dimension.id)
            self._mean(f"zone:dimension:{dimension.id}", items, ZONE, labels=ZONE)

    def _weighted(self) -> None:
        weights, valid = self._points()
        dimensions = [d.id for d in self.layout.instrument.dimensions]
        self._mask("weights", valid)
        for place, dimension in enumerate(dimensions):
            points = np.where(valid, weights[place], 0.0)
            self._column(
                f"weight:{dimension}",
                "weights",
                np.rint(points * self.layout.unit).astype(np.int64),
                unit=self.layout.unit,
                shift=0.0,
            )
        if self.layout.paired:
            self._weighted_mean("weighted", "dimension", PAIRED, weights=weights, valid=valid)
        if self.layout.instrument.has("perception"):
            self._weighted_mean(
                "weighted-performance", "performance", ("perception",), weights=weights, valid=valid
            )

    def _points(self) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
        """Return points (d, n) that total 100 and who gave usable ones.

        Totals of 90 to 110 are rescaled, others are left out (method.md 2.1).
        """
        instrument = self.layout.instrument
        raw = np.array(
            [
                _numbers(self.block, instrument.weights.get(dimension.id), self.n)
                for dimension in instrument.dimensions
            ]
        ).reshape(len(instrument.dimensions), self.n)
        raw = np.where(np.isnan(raw) & ~np.isnan(raw).all(axis=0), 0.0, raw)
        total = raw.sum(axis=0)
        with np.errstate(invalid="ignore"):
            valid = (total >= LOWEST_TOTAL) & (total <= HIGHEST_TOTAL) & (raw >= 0).all(axis=0)
        scaled = raw * (POINTS / np.where(valid, total, POINTS))
        return np.where(valid, scaled, 0.0), valid

    def _weighted_mean(
        self,
        name: str,
        base: str,
        batteries: tuple[str, ...],
        *,
        weights: NDArray[np.float64],
        valid: NDArray[np.bool_],
    ) -> None:
        names = {column.name: place for place, column in enumerate(self.columns)}
        masks = {name: place for place, name in enumerate(self.mask_names)}
        carried = np.zeros(self.n)
        sums = [np.zeros(self.n) for _ in batteries]
        for place, dimension in enumerate(self.layout.instrument.dimensions):
            mask_name = f"{base}:{dimension.id}"
            if mask_name not in masks:
                continue
            scored = self.masks[masks[mask_name]]
            points = np.where(scored, weights[place], 0.0)
            carried += points
            for total, battery in zip(sums, batteries, strict=True):
                np.add(total, points * self.rows[names[f"{battery}:{mask_name}"]], out=total)
        enough = valid & (carried >= ENOUGH_POINTS - 1e-9)
        self._mask(name, enough)
        for battery, total in zip(batteries, sums, strict=True):
            values = np.rint(np.divide(total, carried, out=np.zeros(self.n), where=enough))
            self._column(
                f"{battery}:{name}",
                name,
                values.astype(np.int64),
                unit=self.layout.unit,
                shift=self.layout.minimum(battery) - 1,
            )

    def _outcomes(self) -> None:
        for outcome, columns in self.layout.outcomes.items():
            given = np.array([_numbers(self.block, name, self.n) for name in columns])
            answered = (~np.isnan(given)).sum(axis=0)
            scored = answered > 0
            total = np.nansum(given, axis=0)
            mean = np.divide(total, answered, out=np.zeros(self.n), where=scored)
            name = f"outcome:{outcome}"
            self._mask(name, scored)
            values = np.rint(mean * self.layout.unit).astype(np.int64)
            self._column(name, name, values, unit=self.layout.unit, shift=0.0)


def _restricted(instrument: Instrument, only: Collection[str] | None) -> Instrument:
    if only is None:
        return instrument
    items = tuple(item for item in instrument.items if item.id in only)
    used = {item.dimension for item in items}
    dimensions = tuple(known for known in instrument.dimensions if known.id in used)
    return replace(instrument, items=items, dimensions=dimensions)


def _numbers(block: Block, column: str | None, n: int) -> NDArray[np.float64]:
    if column is None:
        return np.full(n, np.nan)
    found = block.columns[column]
    if not isinstance(found, Numbers):
        message = f"{column} was not read as numbers"
        raise TypeError(message)
    return found.values


def _rounded(
    numerator: NDArray[np.int64], divisor: NDArray[np.int64], where: NDArray[np.bool_]
) -> NDArray[np.int64]:
    """Return numerator / divisor rounded half up, 0 where not wanted."""
    safe = np.where(where, divisor, 1)
    quotient = (2 * numerator + safe) // (2 * safe)
    return np.where(where, quotient, 0)

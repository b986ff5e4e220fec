"""Fill the score columns of one block of answers, respondent by respondent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.score_columns import (
    ENOUGH_POINTS,
    EVERYONE,
    HIGHEST_TOTAL,
    LOWEST_TOTAL,
    PAIRED,
    POINTS,
    WIDE_UNIT,
    ZONE,
    ScoreColumn,
    ScoredOutcome,
)
from fivegaps.errors import Fault, InstrumentRefused
from fivegaps.io.answers import Block, Numbers
from fivegaps.model.instrument import Item

if TYPE_CHECKING:
    from fivegaps.engines.scores import ScoreLayout


class Filling:
    """Fills the columns of one block, in one order that the layout also takes its names from."""

    def __init__(self, layout: ScoreLayout, block: Block) -> None:
        self.layout = layout
        self.block = block
        self.n = block.codes.shape[1]
        self.columns: list[ScoreColumn] = []
        self.mask_names: list[str] = []
        self.rows: list[NDArray[np.int64]] = []
        self.masks: list[NDArray[np.bool_]] = []
        self.differences: dict[str, NDArray[np.int64]] = {}

    def fill(self) -> None:
        """Fill items, dimensions, overall, weights, outcomes and zone."""
        self._mask(EVERYONE, np.ones(self.n, dtype=np.bool_))
        if self.layout.paired:
            self._paired()
        else:
            self._alone()
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
        self, name: str, mask: str, values: NDArray[np.int64], *, unit: float, shift: float
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
        if labels == PAIRED:
            gap = (sums[1] - sums[0]) * self.layout.unit
            size = _rounded(np.abs(gap), answered, scored)
            self.differences[name] = np.where(gap < 0, -size, size)

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
            self._single_items("perception")
        for dimension in self.layout.instrument.dimensions:
            items = self.layout.instrument.items_of(dimension.id)
            self._mean(f"dimension:{dimension.id}", items, PAIRED, labels=PAIRED)
        items = self.layout.instrument.items
        self._mean("all", items, PAIRED, labels=PAIRED, half=False)

    def _alone(self) -> None:
        """Fill single items where there are no pairs, and dimensions of expectation alone."""
        instrument = self.layout.instrument
        for battery in PAIRED:
            if self.layout.items and instrument.has(battery):
                self._single_items(battery)
        if instrument.has("expectation"):
            for dimension in instrument.dimensions:
                items = instrument.items_of(dimension.id)
                only = ("expectation",)
                self._mean(f"expected:{dimension.id}", items, only, labels=only)

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
                np.rint(points * WIDE_UNIT).astype(np.int64),
                unit=WIDE_UNIT,
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
        for name, outcome in self.layout.outcomes.items():
            given = np.array([self._within(outcome, column) for column in outcome.columns])
            answered = (~np.isnan(given)).sum(axis=0)
            scored = answered > 0
            total = np.nansum(given - outcome.lowest, axis=0)
            mean = np.divide(total, answered, out=np.zeros(self.n), where=scored)
            unit = self.layout.outcome_units[name]
            self._mask(f"outcome:{name}", scored)
            self._column(
                f"outcome:{name}",
                f"outcome:{name}",
                np.rint(mean * unit).astype(np.int64),
                unit=unit,
                shift=outcome.lowest,
            )

    def _within(self, outcome: ScoredOutcome, column: str) -> NDArray[np.float64]:
        """Return an outcome's column, what is no finite number as not given."""
        values = _numbers(self.block, column, self.n)
        values = np.where(np.isfinite(values), values, np.nan)
        with np.errstate(invalid="ignore"):
            off = np.flatnonzero((values < outcome.lowest) | (values > outcome.highest))
        if off.size:
            fault = Fault(
                f"is off the outcome's scale, {outcome.lowest:g} to {outcome.highest:g}.",
                "Correct it, or the outcome's minimum and maximum.",
                row=int(self.block.rows[off[0]]) + 2,
                column=column,
                value=f"{values[off[0]]:g}",
            )
            raise InstrumentRefused(self.layout.asked.id, fault)
        return values


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

"""One metric in every unit of one wave: how many answers, their mean, their spread."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.stats.intervals import Sample

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """n answers of a unit with their sum and sum of squares."""

    n: float
    total: float
    squares: float

    def __add__(self, other: Cell) -> Cell:
        """Return the cell over both."""
        return Cell(self.n + other.n, self.total + other.total, self.squares + other.squares)

    def sample(self) -> Sample:
        """Return n, mean and variance."""
        n = int(self.n)
        if n == 0:
            return Sample(0, None)
        mean = self.total / n
        if n < 2:
            return Sample(n, mean)
        return Sample(n, mean, max(0.0, (self.squares - n * mean**2) / (n - 1)))


@dataclass(frozen=True, slots=True)
class UnitCells:
    """Unit to cell, for one metric in one wave."""

    cells: Mapping[str, Cell]

    def known(self) -> tuple[str, ...]:
        """Return the units that have answers."""
        return tuple(unit for unit, cell in self.cells.items() if cell.n > 0)

    def sample(self, unit: str) -> Sample:
        """Return n, mean and variance of one unit."""
        cell = self.cells.get(unit)
        return Sample(0, None) if cell is None else cell.sample()

    def both(self, other: UnitCells, units: Iterable[str]) -> tuple[str, ...]:
        """Return those of the units that have answers in both waves."""
        known, later = set(self.known()), set(other.known())
        return tuple(unit for unit in units if unit in known and unit in later)

    def paired(self, other: UnitCells, units: tuple[str, ...]) -> tuple[Floats, Floats]:
        """Return n (g, 2) and means (g, 2) of units in this and the other wave."""
        samples = [(self.sample(unit), other.sample(unit)) for unit in units]
        n = np.array([[s.n for s in pair] for pair in samples], dtype=np.float64)
        means = np.array([[s.mean for s in pair] for pair in samples], dtype=np.float64)
        return n, means

    def pooled(self, units: Iterable[str]) -> Sample:
        """Return all answers of the units as one sample."""
        total = Cell(0, 0.0, 0.0)
        for unit in units:
            total += self.cells.get(unit, Cell(0, 0.0, 0.0))
        return total.sample()

    def within(self, units: Iterable[str]) -> Sample:
        """Return the mean over all answers of fixed units, with the variance within units.

        Units with one answer have a mean but no variance; where no unit has two,
        the spread between them stands in.
        """
        chosen = [self.cells[unit] for unit in units if unit in self.cells]
        pooled = sum(chosen, Cell(0, 0.0, 0.0)).sample()
        samples = [cell.sample() for cell in chosen]
        parts = [s for s in samples if s.variance is not None]
        df = sum(s.n - 1 for s in parts)
        if df < 1 or pooled.mean is None:
            return pooled
        variance = sum((s.n - 1) * (s.variance or 0.0) for s in parts) / df
        error = math.sqrt(variance / pooled.n)
        return Sample(pooled.n, pooled.mean, variance, error, df)


def cells_of(units: NDArray[np.integer], values: Floats, names: tuple[str, ...]) -> UnitCells:
    """Return the cells of values (n,) by unit place (n,); NaN and place −1 are left out."""
    used = np.isfinite(values) & (units >= 0)
    place, value = units[used], values[used]
    n = np.bincount(place, minlength=len(names))
    total = np.bincount(place, weights=value, minlength=len(names))
    squares = np.bincount(place, weights=value**2, minlength=len(names))
    return UnitCells(
        {
            name: Cell(float(n[at]), float(total[at]), float(squares[at]))
            for at, name in enumerate(names)
            if n[at] > 0
        }
    )

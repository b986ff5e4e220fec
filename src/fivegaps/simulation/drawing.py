"""Draw respondents, a fixed block of rows at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fivegaps.simulation.cells import Cells
from fivegaps.simulation.kano import draw_kano
from fivegaps.simulation.options import SimulationOptions
from fivegaps.simulation.points import allocations
from fivegaps.simulation.population import LATENT_R2, OUTCOME_LOADING, Population
from fivegaps.simulation.streams import BLOCK_ROWS, Purpose, stream

Singles = NDArray[np.float32]
Codes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Draw:
    """Some rows of answers.

    ``codes`` (k, n) of the item columns as in ``io.answers.Block``; ``outcomes``
    and ``kano`` answers as values by column; ``segments`` places of values by
    column; ``points`` by dimension; ``straight`` and ``random`` mark careless
    respondents; ``days`` and ``seconds`` tell when and how fast.
    """

    first: int
    codes: Codes
    outcomes: dict[str, NDArray[np.int64]]
    segments: dict[str, NDArray[np.int32]]
    points: dict[str, NDArray[np.int64]]
    kano: dict[str, Codes]
    straight: NDArray[np.bool_]
    random: NDArray[np.bool_]
    days: NDArray[np.int64]
    seconds: NDArray[np.int64]

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.straight)


@dataclass(frozen=True, slots=True)
class Drawer:
    """Everything that a block needs, made ready once."""

    model: Population
    options: SimulationOptions
    cells: Cells
    _cuts: tuple[Singles, ...] = field(init=False)
    _deltas: Singles = field(init=False)
    _dimension_root: Singles = field(init=False)
    _battery_root: Singles = field(init=False)
    _specific_root: Singles = field(init=False)

    def __post_init__(self) -> None:
        """Turn the model into what a block uses, in single precision."""
        model = self.model
        variables = range(len(model.mean))
        ready = {
            "_cuts": tuple(model.thresholds(v).astype(np.float32) for v in variables),
            "_deltas": self.cells.deltas.astype(np.float32),
            "_dimension_root": _root(model.dimension_correlation),
            "_battery_root": _root(model.battery_correlation),
            "_specific_root": _root(model.specific_correlation),
        }
        for name, value in ready.items():
            object.__setattr__(self, name, value)

    def draws(self) -> Iterator[Draw]:
        """Yield all rows in order, in blocks of at most 8,192."""
        for block, first in enumerate(range(0, self.options.n, BLOCK_ROWS)):
            yield self.draw(block, min(BLOCK_ROWS, self.options.n - first))

    def draw(self, block: int, rows: int) -> Draw:
        """Return the first rows of a block; always the same for the same seed and options."""
        seed = self.options.seed
        segments = self._segments(block)
        cell = self._cell(segments)
        codes, outcomes = self._answers(block, cell)
        straight, random = self._careless(block, codes)
        if self.options.missing:
            chance = stream(seed, block, Purpose.MISSING).random(codes.shape, dtype=np.float32)
            codes[chance < self.options.missing] = 0
        structure = stream(seed, block, Purpose.STRUCTURE)
        days = np.sort(structure.integers(0, 90, BLOCK_ROWS))
        careful = 60 + len(codes) * structure.gamma(6.0, 1.0, BLOCK_ROWS)
        hasty = 10 + len(codes) * 0.6
        seconds = np.where(straight | random, hasty, careful).astype(np.int64)
        kept = slice(0, rows)
        return Draw(
            first=block * BLOCK_ROWS,
            codes=np.ascontiguousarray(codes[:, kept]),
            outcomes={name: values[kept] for name, values in outcomes.items()},
            segments={name: places[kept] for name, places in segments.items()},
            points={name: values[kept] for name, values in self._points(block).items()},
            kano={name: values[kept] for name, values in self._kano(block).items()},
            straight=straight[kept],
            random=random[kept],
            days=days[kept],
            seconds=seconds[kept],
        )

    def _segments(self, block: int) -> dict[str, NDArray[np.int32]]:
        chance = stream(self.options.seed, block, Purpose.SEGMENTS)
        found = {}
        for column in self.options.segments:
            edges = np.cumsum(column.shares)[:-1]
            places = np.searchsorted(edges, chance.random(BLOCK_ROWS), side="right")
            found[column.name] = places.astype(np.int32)
        return found

    def _cell(self, segments: dict[str, NDArray[np.int32]]) -> NDArray[np.int64]:
        cell = np.zeros(BLOCK_ROWS, dtype=np.int64)
        for column in self.cells.columns:
            cell = cell * len(column.values) + segments[column.name]
        return cell

    def _answers(
        self, block: int, cell: NDArray[np.int64]
    ) -> tuple[Codes, dict[str, NDArray[np.int64]]]:
        model, seed = self.model, self.options.seed
        factors = self._factors(stream(seed, block, Purpose.FACTORS))
        specific = self._specifics(stream(seed, block, Purpose.SPECIFICS))
        codes = np.empty((len(model.items), BLOCK_ROWS), dtype=np.uint8)
        for v, column in enumerate(model.items):
            loading = np.float32(model.loading[v])
            z = loading * factors[model.factor[v]]
            z += np.float32(np.sqrt(1.0 - model.loading[v] ** 2)) * specific[column.key]
            codes[v] = self._cut(v, z, cell)
        wide = len(model.dimensions)
        driven = factors[model.driving * wide : (model.driving + 1) * wide]
        chance = stream(seed, block, Purpose.OUTCOMES)
        latent = np.float32(np.sqrt(1.0 - LATENT_R2)) * _normal(chance)
        for weight, scores in zip(model.drives, driven, strict=True):
            latent += np.float32(weight) * scores
        outcomes = {}
        for v, outcome in enumerate(model.outcomes, start=len(model.items)):
            noise = np.float32(np.sqrt(1.0 - OUTCOME_LOADING**2)) * _normal(chance)
            z = np.float32(OUTCOME_LOADING) * latent + noise
            outcomes[outcome.name] = self._cut(v, z, cell).astype(np.int64) + outcome.minimum - 1
        return codes, outcomes

    def _cut(self, variable: int, z: Singles, cell: NDArray[np.int64]) -> Codes:
        if self.cells.columns:
            z = z + self._deltas[cell, variable]
        code = np.ones(BLOCK_ROWS, dtype=np.uint8)
        for cut in self._cuts[variable]:
            code += z > cut
        return code

    def _factors(self, chance: np.random.Generator) -> list[Singles]:
        """Return the factors, battery by battery: plain sums, so no BLAS decides about bits."""
        wide = len(self.model.dimensions)
        raw = [[_normal(chance) for _ in range(wide)] for _ in self.model.batteries]
        found = []
        for by_battery in self._battery_root:
            mixed = [_weighted(by_battery, [battery[d] for battery in raw]) for d in range(wide)]
            found += [_weighted(by_dimension, mixed) for by_dimension in self._dimension_root]
        return found

    def _specifics(self, chance: np.random.Generator) -> dict[str, Singles]:
        model = self.model
        found: dict[str, Singles] = {}
        for item in model.instrument.items:
            raw = [_normal(chance) for _ in model.batteries]
            for battery, row in zip(model.batteries, self._specific_root, strict=True):
                if battery in item.columns:
                    found[f"{battery}.{item.id}"] = _weighted(row, raw)
        return found

    def _careless(self, block: int, codes: Codes) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Overwrite the answers of careless respondents; return who they are."""
        nobody = np.zeros(BLOCK_ROWS, dtype=np.bool_)
        if not self.options.careless:
            return nobody, nobody
        chance = stream(self.options.seed, block, Purpose.CARELESS)
        draw = chance.random(BLOCK_ROWS)
        straight = draw < self.options.careless / 2
        random = (draw < self.options.careless) & ~straight
        turned = {item.id for item in self.model.instrument.items if item.reversed}
        one_point = {battery: chance.random(BLOCK_ROWS) for battery in self.model.batteries}
        for v, column in enumerate(self.model.items):
            levels = column.levels
            any_point = chance.integers(1, levels + 1, BLOCK_ROWS, dtype=np.uint8)
            line = (one_point[column.battery] * levels).astype(np.uint8) + np.uint8(1)
            if column.item in turned and column.battery != "importance":
                line = np.uint8(levels + 1) - line  # a straight line on paper, recoded
            codes[v, straight] = line[straight]
            codes[v, random] = any_point[random]
        return straight, random

    def _points(self, block: int) -> dict[str, NDArray[np.int64]]:
        weighted = tuple(self.model.instrument.weights)
        if not weighted:
            return {}
        table = allocations(weighted)
        chosen = stream(self.options.seed, block, Purpose.POINTS).integers(
            0, len(table), BLOCK_ROWS
        )
        return {dimension: table[chosen, d] for d, dimension in enumerate(weighted)}

    def _kano(self, block: int) -> dict[str, Codes]:
        chance = stream(self.options.seed, block, Purpose.KANO)
        found: dict[str, Codes] = {}
        for place, pair in enumerate(self.model.instrument.kano):
            drawn = draw_kano(place, chance.random(BLOCK_ROWS))
            found[pair.functional], found[pair.dysfunctional] = drawn
        return found


def _normal(chance: np.random.Generator) -> Singles:
    return chance.standard_normal(BLOCK_ROWS, dtype=np.float32)


def _weighted(weights: Singles, parts: list[Singles]) -> Singles:
    total = np.zeros(BLOCK_ROWS, dtype=np.float32)
    for weight, part in zip(weights, parts, strict=True):
        if weight:
            total += weight * part
    return total


def _root(correlation: NDArray[np.float64]) -> Singles:
    return np.asarray(np.linalg.cholesky(correlation), dtype=np.float32)

"""The cells of the population: combinations of segments whose service differs.

Segment columns are independent of each other. A shift moves what a segment's
respondents perceive (and, through it, the outcome); expectations stay.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import OptionRefused
from fivegaps.simulation.options import SegmentColumn, SimulationOptions
from fivegaps.simulation.population import DRIVING, OUTCOME_LOADING, Population
from fivegaps.simulation.streams import Purpose, stream

Floats = NDArray[np.float64]
MOST_CELLS = 5_000


@dataclass(frozen=True, slots=True)
class Cells:
    """Shifts by segment, and the cells that they make.

    ``effects`` maps a column to its values' shifts (values, D) in points of the
    perception scale. ``columns`` are the columns that shift anything; a cell is
    one value of each: ``values`` (C, columns) are places of values, ``shares``
    (C,) add up to 1 and ``deltas`` (C, V) is what is added to every variable's z.
    """

    effects: dict[str, Floats]
    columns: tuple[SegmentColumn, ...]
    values: NDArray[np.int64]
    shares: Floats
    deltas: Floats


def cells(model: Population, options: SimulationOptions) -> Cells:
    """Return the cells of an order.

    Raises:
        OptionRefused: More than 5,000 cells would differ.
    """
    effects = {column.name: _effects(model, options, column) for column in options.segments}
    moving = tuple(column for column in options.segments if effects[column.name].any())
    number = int(np.prod([len(column.values) for column in moving], dtype=np.int64))
    if number > MOST_CELLS:
        raise OptionRefused("--segments", f"{number:,} combinations would differ; at most 5,000")
    values = np.array(
        list(product(*(range(len(column.values)) for column in moving))), dtype=np.int64
    ).reshape(number, len(moving))
    shares = np.ones(number)
    shift = np.zeros((number, len(model.dimensions)))
    for place, column in enumerate(moving):
        shares *= np.array(column.shares)[values[:, place]]
        shift += effects[column.name][values[:, place]]
    return Cells(effects, moving, values, shares, _deltas(model, shift))


def _effects(model: Population, options: SimulationOptions, column: SegmentColumn) -> Floats:
    effects = np.zeros((len(column.values), len(model.dimensions)))
    sd = options.spread.get(column.name, 0.0)
    if sd:
        place = [known.name for known in options.segments].index(column.name)
        chance = stream(options.seed, place, Purpose.UNITS)
        effects += sd * chance.standard_normal((len(column.values), 1))
    for shift in options.shifts:
        if shift.column == column.name:
            row = column.values.index(shift.value)
            if shift.dimension is None:
                effects[row] += shift.size
            else:
                effects[row, model.dimensions.index(shift.dimension)] += shift.size
    return effects


def _deltas(model: Population, shift: Floats) -> Floats:
    """Turn shifts (C, D) in points of the driving scale into shifts of z (C, V)."""
    deltas = np.zeros((len(shift), len(model.mean)))
    wide = len(model.dimensions)
    driving = [v for v in range(len(model.items)) if model.factor[v] // wide == model.driving]
    points = float(model.levels[driving[0]] - 1)
    for v, column in enumerate(model.items):
        if column.battery in DRIVING or model.factor[v] // wide == model.driving:
            scale = (column.levels - 1) / points
            deltas[:, v] = shift[:, model.factor[v] % wide] * scale / model.sd[v]
    sd = float(np.mean(model.sd[driving]))
    deltas[:, len(model.items) :] = (OUTCOME_LOADING * (shift / sd) @ model.drives)[:, None]
    return deltas

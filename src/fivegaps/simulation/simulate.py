"""Simulated answers with known truth: in memory, or streamed to a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Categories, MemoryAnswers, Numbers
from fivegaps.knowledge.instruments import instrument as find_instrument
from fivegaps.model.instrument import Instrument
from fivegaps.simulation.cells import Cells, cells
from fivegaps.simulation.drawing import Draw, Drawer
from fivegaps.simulation.options import (
    SegmentColumn,
    SimulationOptions,
    equal_units,
    parse_segments,
    parse_shift,
    parse_spread,
)
from fivegaps.simulation.population import Population, population
from fivegaps.simulation.truth import TruthMaker
from fivegaps.simulation.truths import Truth

DEFAULT_UNITS = 8
DEFAULT_SEGMENTS = 4


@dataclass(frozen=True, slots=True)
class Simulated:
    """Simulated answers and what is true of the population they come from."""

    answers: MemoryAnswers
    truth: Truth


@dataclass(frozen=True, slots=True)
class Simulation:
    """An order made ready: draws its rows block by block, the same every time."""

    instrument: Instrument
    options: SimulationOptions
    model: Population
    cells: Cells

    def draws(self) -> Iterator[Draw]:
        """Yield all rows in order, a fixed block at a time."""
        yield from Drawer(self.model, self.options, self.cells).draws()

    def truth(self) -> Truth:
        """Return what is true of the population."""
        return TruthMaker(self.model, self.options, self.cells).truth()


def prepare(instrument: Instrument, options: SimulationOptions) -> Simulation:
    """Return an order made ready; segment columns that the instrument names are added.

    Raises:
        OptionRefused: The order does not fit the instrument.
    """
    taken = _taken(instrument)
    for column in options.segments:
        if column.name in taken:
            raise OptionRefused("--segments", f"{column.name!r} is a column of the instrument")
    segments = (*options.segments, *_named_by(instrument, options.segments))
    whole = SimulationOptions(
        n=options.n,
        seed=options.seed,
        missing=options.missing,
        careless=options.careless,
        segments=segments,
        shifts=options.shifts,
        spread=options.spread,
    )
    model = population(instrument)
    if not model.items:
        raise OptionRefused("--instrument", f"{instrument.id} has no scale column to simulate")
    return Simulation(instrument, whole, model, cells(model, whole))


def simulate(
    instrument: Instrument | str,
    *,
    n: int,
    seed: int = 1,
    missing: float = 0.0,
    careless: float = 0.0,
    segments: str = "",
    shifts: Sequence[str] = (),
    spread: Sequence[str] = (),
    profile: str | None = None,
) -> Simulated:
    """Return n simulated answers, held in memory, and the truth behind them.

    Args:
        instrument: An instrument, or the id or path of one.
        n: Respondents.
        seed: The same seed gives the same bits.
        missing: Share of item answers left out completely at random.
        careless: Share of respondents who answer without reading.
        segments: Such as ``branch=24,channel=phone:.3;counter:.7``.
        shifts: Such as ``Riga=-0.5`` or ``Riga.empathy=-0.5``, in points of the
            perception scale before it is cut.
        spread: Such as ``branch=0.3``: SD of random shifts of the branches.
        profile: Industry profile of a shipped instrument.

    Raises:
        OptionRefused: An option is out of range or names what is not there.
        InstrumentRefused: The instrument is not valid.
    """
    if isinstance(instrument, str):
        instrument = find_instrument(instrument, profile=profile)
    options = written_options(
        instrument,
        n=n,
        seed=seed,
        missing=missing,
        careless=careless,
        segments=segments,
        shifts=shifts,
        spread=spread,
    )
    order = prepare(instrument, options)
    return Simulated(_in_memory(order), order.truth())


def written_options(
    instrument: Instrument,
    *,
    n: int,
    seed: int,
    missing: float,
    careless: float,
    segments: str,
    shifts: Sequence[str],
    spread: Sequence[str],
) -> SimulationOptions:
    """Return the options from their written forms.

    Raises:
        OptionRefused: One of them is not of its form.
    """
    columns = parse_segments(segments) if segments else ()
    known = (*columns, *_named_by(instrument, columns))
    dimensions = [dimension.id for dimension in instrument.dimensions]
    return SimulationOptions(
        n=n,
        seed=seed,
        missing=missing,
        careless=careless,
        segments=known,
        shifts=tuple(parse_shift(text, known, dimensions) for text in shifts),
        spread=dict(parse_spread(text) for text in spread),
    )


def _named_by(instrument: Instrument, given: Sequence[SegmentColumn]) -> tuple[SegmentColumn, ...]:
    """Return columns for the segments and the cluster that the instrument names by itself."""
    structure = instrument.structure
    names = {column.name for column in given}
    added = {}
    if structure.cluster and structure.cluster not in names:
        added[structure.cluster] = equal_units(structure.cluster, DEFAULT_UNITS)
    for name in structure.segments:
        if name not in names and name not in added:
            added[name] = equal_units(name, DEFAULT_SEGMENTS)
    return tuple(added.values())


def _taken(instrument: Instrument) -> set[str]:
    structure = instrument.structure
    columns = {name for item in instrument.items for name in item.columns.values()}
    columns |= {name for outcome in instrument.outcomes for name in outcome.columns}
    columns |= {name for pair in instrument.kano for name in (pair.functional, pair.dysfunctional)}
    columns |= set(instrument.weights.values())
    single = (structure.respondent, structure.date, structure.seconds)
    return columns | {name for name in single if name}


def _in_memory(order: Simulation) -> MemoryAnswers:
    instrument, n = order.instrument, order.options.n
    codes = np.empty((len(order.model.items), n), dtype=np.uint8)
    places = {c.name: np.empty(n, dtype=np.int32) for c in order.options.segments}
    numbers: dict[str, NDArray[np.float64]] = {}
    for draw in order.draws():
        rows = slice(draw.first, draw.first + draw.rows)
        codes[:, rows] = draw.codes
        for name, found in draw.segments.items():
            places[name][rows] = found
        for name, values in number_columns(instrument, draw).items():
            numbers.setdefault(name, np.empty(n))[rows] = values
    columns: dict[str, Categories | Numbers] = {
        column.name: Categories(places[column.name], column.values)
        for column in order.options.segments
    }
    columns |= {name: Numbers(values) for name, values in numbers.items()}
    return MemoryAnswers(
        instrument, codes, columns=columns, file_name=f"simulated, seed {order.options.seed}"
    )


def number_columns(instrument: Instrument, draw: Draw) -> dict[str, NDArray[np.int64]]:
    """Return the columns of numbers beside the items: outcomes, points, Kano pairs, seconds."""
    found = dict(draw.outcomes)
    found |= {instrument.weights[dimension]: points for dimension, points in draw.points.items()}
    found |= {name: answers.astype(np.int64) for name, answers in draw.kano.items()}
    if instrument.structure.seconds:
        found[instrument.structure.seconds] = draw.seconds
    return found

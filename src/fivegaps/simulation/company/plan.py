"""The company before anybody is asked: units, waves, and the true level of everything."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.knowledge.instruments import instrument
from fivegaps.model.instrument import Instrument
from fivegaps.simulation.company.options import ALL, DIMENSIONS, CompanyOptions
from fivegaps.simulation.company.planted import World, states_of, world
from fivegaps.simulation.company.scale import Floats, stream

# What a planted cause of 1 SD opens its own gap by, in scale points, in all dimensions
# or in those alone that it names; and the part of any gap 1 to 4 that reaches customers:
# people do not pass on all they suffer from.
TO_GAP, TO_ONE, TO_CUSTOMERS = 0.5, 1.0, 0.7
# What customers expect more, in points, where nobody tells them what is possible.
EXPECTING = 0.4
# How far units lie apart in the eyes of customers: in everything, in one dimension, and
# from wave to wave; SD in points.
GENERAL, SPECIAL, DRIFT = 0.12, 0.08, 0.05
LAST_YEAR = 2026
# An action that works raises what customers perceive by so many SD of respondents.
ACTION_EFFECT = 0.5
PERCEIVED_SD, EXPECTED_SD = 1.1, 0.8
WORKING, IDLE = "reliability", "assurance"


@dataclass(frozen=True, slots=True)
class Plan:
    """True levels before answers are cut; W waves, U units, I items, D dimensions.

    ``perceived`` (W, U, I) and ``expected`` (I,) are customers' means in points,
    ``untreated`` what they would perceive without actions, ``central`` (I,) in the middle
    of all units that there might be;
    ``dimension_of`` (I,) is each item's dimension. ``shift`` (5, D) is how far gaps
    1 to 5 are opened, negative is worse.
    """

    options: CompanyOptions
    world: World
    instrument: Instrument
    wave_dates: tuple[dt.date, ...]
    dimension_of: NDArray[np.intp]
    shift: Floats
    perceived: Floats
    untreated: Floats
    expected: Floats
    treated: tuple[int, ...]
    central: Floats

    @property
    def wave_ids(self) -> tuple[str, ...]:
        """Ids of the waves: their years."""
        return tuple(str(date.year) for date in self.wave_dates)

    @property
    def unit_ids(self) -> tuple[str, ...]:
        """Ids of the units that serve customers."""
        return tuple(f"unit-{number:02d}" for number in range(1, self.options.units + 1))

    @property
    def item_ids(self) -> tuple[str, ...]:
        """Ids of the items."""
        return tuple(item.id for item in self.instrument.items)

    def spread(self, figures: Floats) -> dict[str, float]:
        """Return figures of items (…, I) as means of dimensions, and their overall mean."""
        means = [float(figures[..., self.dimension_of == d].mean()) for d in range(5)]
        return {**dict(zip(DIMENSIONS, means, strict=True)), ALL: float(np.mean(means))}


def plan_company(options: CompanyOptions) -> Plan:
    """Return the true company of these options."""
    shipped = instrument(options.instrument)
    names = {item.id: item.dimension for item in shipped.items}
    dimension_of = np.array([DIMENSIONS.index(str(names[item.id])) for item in shipped.items])
    chance = stream(options.seed, "plan")
    units, items = options.units, len(shipped.items)
    shift = _shifts(options)
    made = world(options.plants, options.effect)
    expected = 6.1 + chance.normal(0, 0.15, items) + EXPECTING * made.of("customers.expecting")
    item_level = 5.4 + chance.normal(0, 0.2, items)
    general = chance.normal(0, GENERAL, (units, 1))
    special = chance.normal(0, SPECIAL, (units, 5))[:, dimension_of]
    drift = chance.normal(0, DRIFT, (options.waves, units, 1))
    felt = TO_CUSTOMERS * np.minimum(shift[:4], 0.0).sum(axis=0) + shift[4]
    central = item_level + felt[dimension_of]
    perceived = central + general + special + drift
    treated = tuple(range(0, units, 2)) if options.waves > 1 and units >= 4 else ()
    untreated = perceived.copy()
    if treated:
        working = np.flatnonzero(dimension_of == DIMENSIONS.index(WORKING))
        perceived[-1][np.ix_(np.array(treated), working)] += ACTION_EFFECT * PERCEIVED_SD
    dates = tuple(dt.date(LAST_YEAR - back, 5, 31) for back in reversed(range(options.waves)))
    return Plan(
        options,
        made,
        shipped,
        dates,
        dimension_of,
        shift,
        perceived,
        untreated,
        expected,
        treated,
        central,
    )


def _shifts(options: CompanyOptions) -> Floats:
    """Return how far gaps 1 to 5 (5, D) are opened, in points before answers are cut."""
    shift = np.zeros((5, 5))
    for cause in options.plants:
        able = [state[5:] for state in states_of(cause) if state.startswith("able.")]
        if able:
            shift[2, [DIMENSIONS.index(name) for name in able]] -= TO_ONE * options.effect
        else:
            shift[int(cause[3]) - 1] -= TO_GAP * options.effect
    for opened in options.gaps:
        chosen = [opened.dimension in {ALL, name} for name in DIMENSIONS]
        shift[opened.gap - 1, chosen] += opened.size
    return shift

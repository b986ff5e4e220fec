"""What customers answer: expectations, perceptions, points, outcomes."""

from __future__ import annotations

import datetime as dt

import numpy as np
from numpy.typing import NDArray

from fivegaps.simulation.company.plan import EXPECTED_SD, PERCEIVED_SD, Plan
from fivegaps.simulation.company.scale import Floats, answered, cut, stream

CHANNELS = ("counter", "phone", "web")
BY_CHANNEL = (0.5, 0.3, 0.2)
# Parts of the SD of one answer: halo over everything, its dimension, the item alone.
HALO, DIMENSION, ITEM = 0.55, 0.45, (1 - 0.55**2 - 0.45**2) ** 0.5
HAD_PROBLEM = 0.25
# Points by which channels lie apart for each SD of a cause that keeps them apart; the mean
# over customers stays.
CHANNELS_APART = (0.4, -0.2, -0.7)
OUTCOMES = ("satisfaction", "recommend", "repurchase", "trust", "worry", "heard", "image")
POINTS = np.array([11.0, 32.0, 22.0, 19.0, 16.0])


def customer_columns(plan: Plan) -> dict[str, object]:
    """Return the columns of ``customers``, waves and units in order."""
    options = plan.options
    waves, units, each = options.waves, options.units, options.customers
    n = waves * units * each
    wave = np.repeat(np.arange(waves), units * each)
    unit = np.tile(np.repeat(np.arange(units), each), waves)
    chance = stream(options.seed, "customers")
    halo = chance.normal(size=n)
    state_p, state_e = chance.normal(size=(n, 5)), chance.normal(size=(n, 5))
    k = len(plan.item_ids)
    perceived = _answers(chance, halo, state_p, plan)
    expected = _answers(chance, 0.5 * halo + 0.75**0.5 * chance.normal(size=n), state_e, plan)
    latent = np.hstack([
        plan.expected + EXPECTED_SD * expected,
        plan.perceived[wave, unit] + PERCEIVED_SD * perceived,
    ])  # fmt: skip
    channel = chance.choice(3, n, p=BY_CHANNEL)
    latent[:, k:] += channels_apart(plan)[channel][:, None]
    both = answered(chance, latent, careless=options.careless, missing=options.missing)
    columns: dict[str, object] = {
        "respondent": [f"c{number:07d}" for number in range(1, n + 1)],
        "wave": [plan.wave_ids[place] for place in wave],
        "unit": [plan.unit_ids[place] for place in unit],
        "channel": [CHANNELS[place] for place in channel],
        "date": _dates(plan, wave, chance),
    }
    for place, item in enumerate(plan.item_ids):
        columns[f"e_{item}"] = both[:, place]
    for place, item in enumerate(plan.item_ids):
        columns[f"p_{item}"] = both[:, k + place]
    for place, points in enumerate(allocations(chance, n).T):
        columns[f"w_{plan.instrument.dimensions[place].id}"] = points
    level = plan.perceived[wave, unit].mean(axis=1) - 5.4
    for outcome in OUTCOMES:
        good = 0.8 * level + 0.7 * halo + 0.8 * chance.normal(size=n)
        columns[f"o_{outcome}"] = cut(3.0 - good if outcome == "worry" else 5.2 + good)
    problem = chance.random(n) < HAD_PROBLEM
    voiced = chance.random(n) >= plan.world.share("customers.silent")
    columns["had_problem"] = np.where(problem, "yes", "no")
    columns["complained"] = np.where(problem & voiced, "yes", "no")
    return columns


def channels_apart(plan: Plan) -> Floats:
    """Return how far each channel (3,) serves better or worse, in points."""
    return plan.world.of("channels.differ") * np.array(CHANNELS_APART)


def allocations(chance: np.random.Generator, n: int, *, wrong: float = 0.0) -> Floats:
    """Return 100 points shared out over the dimensions by n people (n, 5).

    ``wrong`` is how far, from 0 to 1, they take the first for the last.
    """
    part = min(max(wrong, 0.0), 1.0)
    points = (1 - part) * POINTS + part * POINTS[::-1]
    return np.asarray(chance.multinomial(100, points / points.sum(), n), dtype=np.float64)


def _answers(chance: np.random.Generator, halo: Floats, state: Floats, plan: Plan) -> Floats:
    """Return standard normal states (n, I): halo, dimension, item."""
    own = chance.normal(size=(len(halo), len(plan.item_ids)))
    return np.asarray(HALO * halo[:, None] + DIMENSION * state[:, plan.dimension_of] + ITEM * own)


def _dates(plan: Plan, wave: NDArray[np.intp], chance: np.random.Generator) -> list[str]:
    back = chance.integers(0, 28, len(wave))
    return [
        (plan.wave_dates[place] - dt.timedelta(days=int(days))).isoformat()
        for place, days in zip(wave, back, strict=True)
    ]

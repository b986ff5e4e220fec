"""What is true of a simulated company (schema fivegaps.company-truth/1)."""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from fivegaps.simulation.company.customers import BY_CHANNEL, channels_apart
from fivegaps.simulation.company.options import ALL, DIMENSIONS
from fivegaps.simulation.company.plan import (
    ACTION_EFFECT,
    DRIFT,
    EXPECTED_SD,
    GENERAL,
    IDLE,
    PERCEIVED_SD,
    SPECIAL,
    WORKING,
    Plan,
)
from fivegaps.simulation.company.planted import states_of
from fivegaps.simulation.company.scale import HIGHEST, Floats, true_mean

SCHEMA = "fivegaps.company-truth/1"
Figures = dict[str, float]


def company_truth(
    plan: Plan,
    managers: Mapping[str, object],
    employees: Mapping[str, object],
    conformance: Mapping[str, float],
    kept: Mapping[str, float],
) -> dict[str, object]:
    """Return true means of the answers as cut, by wave and unit, and what was planted.

    Means count careless people in, as a survey does. In ``units``, and in what
    customers perceive, units are fixed: their true levels are those of this seed.
    ``over_units`` is true of all units that there might be, and so is what staff
    feel. Managers are a census, so what they answered (``managers.answered``) is its
    own truth beside what made them answer (``managers.beliefs``).
    """
    perceived = _perceived(plan, plan.perceived)
    expected = true_mean(plan.expected, EXPECTED_SD, careless=plan.options.careless)
    return {
        "schema": SCHEMA,
        "seed": plan.options.seed,
        "planted": [
            {
                "cause": cause,
                "gap": int(cause[3]),
                "effect": plan.options.effect,
                "states": list(states_of(cause)),
            }
            for cause in plan.options.plants
        ],
        "waves": {
            wave: _wave(plan, perceived[place], expected, managers[wave], employees[wave])
            | {"over_units": _over_units(plan, expected, last=place == plan.options.waves - 1)}
            for place, wave in enumerate(plan.wave_ids)
        },
        "conformance": dict(conformance),
        "kept": dict(kept),
        "actions": _actions(plan, perceived),
    }


def _wave(
    plan: Plan, perceived: Floats, expected: Floats, managers: object, employees: object
) -> dict[str, object]:
    if not isinstance(managers, dict) or not isinstance(employees, dict):
        raise TypeError("truths of people are tables")
    believed, answered = managers["beliefs"], managers["answered"]
    wanted = plan.spread(expected)
    return {
        "gaps": {
            "gap1": _less(answered, wanted),
            "gap2": _under_top(managers["standards"]),
            "gap3": _under_top(employees["able"]),
            "gap4": _under_top(employees["keeps"]),
            "gap5": plan.spread(perceived - expected),
        },
        "customers": {"expectation": wanted, "perception": plan.spread(perceived)},
        "managers": {"beliefs": believed, "answered": answered},
        "constructs": {
            "managers": managers["constructs"],
            "employees": employees["constructs"],
        },
        "units": {
            unit: {
                "perception": plan.spread(perceived[place]),
                "gap5": plan.spread(perceived[place] - expected),
            }
            for place, unit in enumerate(plan.unit_ids)
        },
    }


def _actions(plan: Plan, perceived: Floats) -> dict[str, object]:
    """Return the true effect of each action: difference in differences of true means."""
    if not plan.treated:
        return {}
    treated = np.isin(np.arange(plan.options.units), plan.treated)
    return {
        f"action-{number}": {
            "metric": f"perception.{dimension}",
            **_difference(plan, perceived[-2], perceived[-1], treated, dimension),
        }
        for number, dimension in enumerate((WORKING, IDLE), start=1)
    }


def _difference(
    plan: Plan, before: Floats, after: Floats, treated: NDArray[np.bool_], dimension: str
) -> Figures:
    items = plan.dimension_of == DIMENSIONS.index(dimension)
    change = (after - before)[:, items].mean(axis=1)
    without = _perceived(plan, plan.untreated[-1][:, items]).mean(axis=1)
    caused = (after[:, items].mean(axis=1) - without)[treated].mean()
    return {
        "effect": float(caused),
        "difference_in_differences": float(change[treated].mean() - change[~treated].mean()),
    }


def _over_units(plan: Plan, expected: Floats, *, last: bool) -> dict[str, Figures]:
    """Return what is true of all units that there might be, as many of them treated."""
    sd = math.hypot(PERCEIVED_SD, GENERAL, SPECIAL, DRIFT)
    lifted = plan.central + ACTION_EFFECT * PERCEIVED_SD * (
        plan.dimension_of == DIMENSIONS.index(WORKING)
    )
    share = len(plan.treated) / plan.options.units if last else 0.0
    perceived = (1 - share) * _perceived(plan, plan.central, sd)
    perceived = perceived + share * _perceived(plan, lifted, sd)
    return {"perception": plan.spread(perceived), "gap5": plan.spread(perceived - expected)}


def _perceived(plan: Plan, latent: Floats, sd: float = PERCEIVED_SD) -> Floats:
    """Return true means of perceptions, those of each channel by its share."""
    careless = plan.options.careless
    means = [
        share * true_mean(latent + apart, sd, careless=careless)
        for share, apart in zip(BY_CHANNEL, channels_apart(plan), strict=True)
    ]
    return np.asarray(sum(means))


def _less(one: Figures, other: Figures) -> Figures:
    return {name: one[name] - other[name] for name in (*DIMENSIONS, ALL)}


def _under_top(ratings: Figures) -> Figures:
    return {name: rating - HIGHEST for name, rating in ratings.items()}

"""What a company calls its units, standards, promises and actions: results hold ids alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.company.company import Company
from fivegaps.model.company.action import Action

MINIMUM: Mapping[str, int] = {"customers": 5, "employees": 5, "managers": 3}


@dataclass(frozen=True, slots=True)
class Registered:
    """An action as it was registered: metric (``gap5.reliability``), remedy, target, dates."""

    metric: str
    remedy: str = ""
    target: float | None = None
    units: int = 0
    comparison_units: int = 0
    wave_before: str = ""
    wave_after: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """One register: how many rows it has, and the last day in it."""

    rows: int
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Names:
    """Names by id, the least size of a cell by voice, and how old each register is.

    All of it may be empty: then ids are shown, and what is missing is left out.
    """

    units: Mapping[str, str] = field(default_factory=dict)
    standards: Mapping[str, str] = field(default_factory=dict)
    promises: Mapping[str, str] = field(default_factory=dict)
    actions: Mapping[str, Registered] = field(default_factory=dict)
    minimum: Mapping[str, int] = field(default_factory=lambda: dict(MINIMUM))
    registers: Mapping[str, Kept] = field(default_factory=dict)


def names_of(company: Company) -> Names:
    """Return the names that a company's folder holds."""
    return Names(
        units={one.id: one.name or one.id for one in company.units},
        standards={one.id: one.text or one.id for one in company.standards},
        promises={one.id: one.text or one.id for one in company.promises},
        actions={one.id: _registered(one) for one in company.actions},
        minimum={**MINIMUM, **company.settings.minimum_cell},
        registers={
            "observations": _kept(company.observations.date),
            "promise_outcomes": _kept(company.promise_outcomes.date),
            "cases": _kept(company.cases.opened),
        },
    )


def _registered(action: Action) -> Registered:
    return Registered(
        metric=str(action.metric),
        remedy=action.remedy,
        target=action.target,
        units=len(action.units),
        comparison_units=len(action.comparison_units),
        wave_before=action.wave_before,
        wave_after=action.wave_after,
    )


def _kept(days: NDArray[np.datetime64]) -> Kept:
    known = days[~np.isnat(days)]
    last = known.max().astype("datetime64[D]").item() if len(known) else None
    return Kept(len(days), last)

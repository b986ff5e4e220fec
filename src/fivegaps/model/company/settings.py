"""``company.toml``: who the company is, its waves and its limits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

FORMAT = 2
VOICES = ("customers", "managers", "employees")
DEFAULT_CELLS = {"customers": 5, "employees": 5, "managers": 3}


@dataclass(frozen=True, slots=True)
class Wave:
    """One round of asking; ``date`` is the day it ended."""

    id: str
    date: dt.date


@dataclass(frozen=True, slots=True)
class CompanySettings:
    """The settings of a company folder.

    ``minimum_cell`` maps a voice (customers, managers, employees) to the fewest
    people behind a figure that is shown. ``managers_census`` tells that all
    managers were asked and answered. ``targets`` maps a dimension to the gap 5
    that is wanted, in scale points.
    """

    name: str
    instrument: str
    waves: tuple[Wave, ...]
    profile: str = ""
    lang: str = "en"
    minimum_cell: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_CELLS))
    managers_census: bool = False
    targets: Mapping[str, float] = field(default_factory=dict)

    @property
    def wave_ids(self) -> tuple[str, ...]:
        """Ids of the waves, in order of date."""
        return tuple(wave.id for wave in self.waves)

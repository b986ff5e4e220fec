"""To which wave a dated record belongs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fivegaps.model.company.settings import Wave

Dates = NDArray[np.datetime64]


def wave_places(dates: Dates, waves: Sequence[Wave]) -> NDArray[np.intp]:
    """Return the place of the wave that each record belongs to (n,).

    A wave takes what happened after the wave before it and up to its own day; the
    last one also what came later, and what has no date.
    """
    ends = np.array([wave.date for wave in waves], dtype="datetime64[D]")
    days = dates.astype("datetime64[D]")
    found = np.searchsorted(ends, days, side="left")
    found[np.isnat(days)] = len(waves)
    return np.minimum(found, len(waves) - 1)


def runs_on(day: dt.date, start: dt.date | None, until: dt.date | None) -> bool:
    """Tell whether something that has a beginning and an end, each optional, runs on a day."""
    return (start is None or start <= day) and (until is None or day <= until)

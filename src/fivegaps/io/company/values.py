"""From array elements to the values of frozen rows: NaN and NaT become None."""

from __future__ import annotations

import datetime as dt

import numpy as np


def number_or_none(value: float) -> float | None:
    """Return a number; None for NaN."""
    return None if np.isnan(value) else float(value)


def whole_or_none(value: float) -> int | None:
    """Return a whole number; None for NaN."""
    return None if np.isnan(value) else int(value)


def flag_or_none(value: float) -> bool | None:
    """Return yes or no; None for NaN."""
    return None if np.isnan(value) else bool(value)


def day_or_none(value: np.datetime64) -> dt.date | None:
    """Return a day; None for NaT."""
    return None if np.isnat(value) else dt.date.fromisoformat(str(value.astype("datetime64[D]")))

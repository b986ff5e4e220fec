"""Frequencies of gap scores in whole units, for rank tests that rounding must not disturb."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.engines.scores import Scored, ScoreLayout

DIMENSIONS = "dimensions"


def gap_tables(layout: ScoreLayout, scored: Scored) -> dict[str, NDArray[np.int64]]:
    """Return how often each gap score occurs, by mask, and that of the mean of dimensions.

    Tables are centred: place p holds the gap of p − (length − 1) / 2 units.
    """
    span = (layout.widest - 1) * int(layout.unit)
    tables: dict[str, NDArray[np.int64]] = {}
    dimensions = []
    for name, gap in scored.differences.items():
        mask = scored.masks[layout.mask_index[name]]
        tables[name] = np.bincount(gap[mask] + span, minlength=2 * span + 1)
        if name != "all":
            dimensions.append((gap, mask))
    if dimensions:
        everywhere = np.logical_and.reduce([mask for _, mask in dimensions])
        total = np.sum([gap[everywhere] for gap, _ in dimensions], axis=0)
        mean = np.rint(total / len(dimensions)).astype(np.int64)
        tables[DIMENSIONS] = np.bincount(mean + span, minlength=2 * span + 1)
    return tables

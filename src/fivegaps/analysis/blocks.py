"""Block sums for the bootstrap, from the counts of a scan."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fivegaps.engines.survey import SurveyCounts
from fivegaps.stats.resampling import BlockSums


def block_sums(
    counts: SurveyCounts, label: str, names: Sequence[str], *, unit: Sequence[float] | None = None
) -> BlockSums:
    """Return the block sums of one set of columns.

    Args:
        counts: Counts of a scan.
        label: Name of the set (``engines.block_sets``).
        names: Names of its columns, in order.
        unit: What each column is divided by; whole numbers as counted when None.
    """
    found = counts.blocks.get(label)
    if found is None or not found.keys:
        return BlockSums.empty(names, blocks=1)
    grams = found.grams
    scale = np.ones(len(names)) if unit is None else 1 / np.asarray(unit, dtype=np.float64)
    return BlockSums(
        names=tuple(names),
        n=grams[:, 0, 0],
        sums=grams[:, 0, 1:] * scale,
        products=grams[:, 1:, 1:] * np.outer(scale, scale),
    )

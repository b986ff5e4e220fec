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
    grams = counts.blocks.get(label, {})
    if not grams:
        return BlockSums.empty(names, blocks=1)
    stacked = np.array([grams[key] for key in sorted(grams)], dtype=np.float64)
    scale = np.ones(len(names)) if unit is None else 1 / np.asarray(unit, dtype=np.float64)
    return BlockSums(
        names=tuple(names),
        n=stacked[:, 0, 0],
        sums=stacked[:, 0, 1:] * scale,
        products=stacked[:, 1:, 1:] * np.outer(scale, scale),
    )

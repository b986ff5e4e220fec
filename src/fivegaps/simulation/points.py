"""Simulated 100-point weights: each respondent holds one of 64 allocations."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fivegaps.simulation.population import points_shares
from fivegaps.simulation.streams import Purpose, stream

ALLOCATIONS = 64
_CHIPS = 20


def allocations(dimensions: tuple[str, ...]) -> NDArray[np.int64]:
    """Return the allocations (64, D): multiples of 5 that add up to 100, whatever the seed."""
    chance = stream(0, 0, Purpose.ALLOCATIONS)
    chips = chance.multinomial(_CHIPS, points_shares(dimensions), size=ALLOCATIONS)
    return np.asarray(chips * (100 // _CHIPS), dtype=np.int64)

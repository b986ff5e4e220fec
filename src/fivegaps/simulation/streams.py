"""Random numbers by counter: the same for a block of rows whatever is drawn around it."""

from __future__ import annotations

from enum import IntEnum

import numpy as np

BLOCK_ROWS = 8_192


class Purpose(IntEnum):
    """What a stream is drawn for; each has numbers of its own, so options do not disturb others."""

    SEGMENTS = 0
    FACTORS = 1
    SPECIFICS = 2
    OUTCOMES = 3
    CARELESS = 4
    MISSING = 5
    POINTS = 6
    KANO = 7
    STRUCTURE = 8
    UNITS = 9
    ALLOCATIONS = 10


def stream(seed: int, block: int, purpose: Purpose) -> np.random.Generator:
    """Return the generator of one block of rows for one purpose (Philox 4x64, by key and counter).

    Source: salmon-2011.
    """
    return np.random.Generator(np.random.Philox(counter=[0, 0, 0, int(purpose)], key=[seed, block]))

"""Merge units with few people into the unit above them, until no cell is small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.company.rows import Marks, Places
from fivegaps.model.company.registers import Unit

NOT_GIVEN = -1
WITHHELD = -2


def parent_places(units: Sequence[Unit]) -> Places:
    """Return the place (units) of each unit's parent; −1 for a unit at the top."""
    place = {unit.id: number for number, unit in enumerate(units)}
    return np.array([place.get(unit.parent, -1) for unit in units], dtype=np.int32)


def merged_units(unit: Places, wave: Places, parents: Places, *, fewest: int) -> Places:
    """Return units (n,) of people so that each unit and wave has ``fewest`` of them or none.

    Args:
        unit: Places (n,) of people's units; −1 is not given.
        wave: Places (n,) of their waves.
        parents: Place of each unit's parent; −1 at the top.
        fewest: The smallest cell that may stand.

    Returns:
        Places (n,): a small unit's people stand under its parent; where there is
        none, under ``len(parents)``, which means "other"; −2 withholds a wave
        that has fewer than ``fewest`` people altogether.
    """
    result = unit.copy()
    for one in np.unique(wave):
        inside = wave == one
        if inside.sum() < fewest:
            result[inside] = WITHHELD
        else:
            result[inside] = _merged(unit[inside], parents, fewest)
    return result


def _merged(unit: Places, parents: Places, fewest: int) -> Places:
    other = len(parents)
    depth = _depths(parents)
    result = unit.copy()
    while True:
        named = result[result >= 0]
        counts = np.bincount(named, minlength=other + 1)
        # People without a unit are told apart from "other" by nobody: one cell.
        counts[other] += (result == NOT_GIVEN).sum() if counts[other] else 0
        small = np.flatnonzero((counts > 0) & (counts < fewest))
        below = small[small < other]
        if below.size:
            deepest = below[np.argmax(depth[below])]
            above = int(parents[deepest])
            result[result == deepest] = above if above >= 0 else other
        elif small.size:
            left = np.flatnonzero(counts[:other])
            if not left.size:  # the wave as a whole has enough
                result[result == other] = NOT_GIVEN
                return result
            result[result == left[np.argmin(counts[left])]] = other
        else:
            return result


def _depths(parents: Places) -> NDArray[np.int64]:
    depth = np.zeros(len(parents), dtype=np.int64)
    for place in range(len(parents)):
        above = int(parents[place])
        while above >= 0:
            depth[place] += 1
            above = int(parents[above])
    return depth


def small_labels(keys: Sequence[Places], *, fewest: int) -> Marks:
    """Return which rows (n,) lie in a cell of fewer than ``fewest``, cells by all keys (n,)."""
    whole = np.column_stack(keys)
    _, where, counts = np.unique(whole, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[where.reshape(-1)] < fewest)

"""Merge units with few people into the unit above them, so that no cell is small."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from fivegaps.io.company.rows import Marks, Places
from fivegaps.model.company.registers import Unit
from fivegaps.stats.lattice import Lattice, Limits

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
        Places (n,): a small unit's people stand under the nearest unit above that is
        told, as the release gate decides (:mod:`fivegaps.stats.lattice`); where there is
        none, under ``len(parents)``, which means "other", or under −1, no unit; −2
        withholds a wave that has fewer than ``fewest`` people altogether.
    """
    lattice = Lattice.of(parents)
    result = unit.copy()
    for one in np.unique(wave):
        inside = np.flatnonzero(wave == one)
        # Whole rows are told, so that people count, whatever they answered.
        people = np.arange(len(inside), dtype=np.float64)[:, None]
        limits = Limits(fewest, unanimous=True)
        shown = lattice.release(people, unit[inside], limits)[:, 0]
        told = lattice.blocks(shown)[lattice.places(unit[inside])]
        left = told == lattice.whole
        named = left & (unit[inside] >= 0)
        sizes = (named.sum(), left.sum() - named.sum())
        if not shown[: lattice.whole].any() or 0 < min(sizes) < fewest:
            named[:] = False  # "other" and no unit would tell a few apart: nobody has a unit
        told[left] = np.where(named[left], lattice.whole, NOT_GIVEN)
        result[inside] = told if shown[lattice.whole] else WITHHELD
    return result


def small_labels(keys: Sequence[Places], *, fewest: int) -> Marks:
    """Return which rows (n,) lie in a cell of fewer than ``fewest``, cells by all keys (n,)."""
    whole = np.column_stack(keys)
    _, where, counts = np.unique(whole, axis=0, return_inverse=True, return_counts=True)
    return np.asarray(counts[where.reshape(-1)] < fewest)


def hidden_labels(keys: Sequence[Places], label: Places, *, fewest: int) -> Marks:
    """Return whose label (n,) is left out, so that no cell is small, nor those without a label.

    Where only a few would be left without, the label that the next few share goes too.

    Args:
        keys: What makes a cell, each (n,): unit and wave.
        label: (n,) the codes of a label, −1 is not given.
        fewest: The smallest cell that may stand.
    """
    _, cell = np.unique(np.column_stack(keys), axis=0, return_inverse=True)
    order = np.argsort(cell.reshape(-1), kind="stable")
    ends = np.cumsum(np.bincount(cell.reshape(-1)))
    hidden = np.zeros(len(label), dtype=np.bool_)
    for rows in np.split(order, ends[:-1]):
        labels, sizes = np.unique(label[rows], return_counts=True)
        left = (labels < 0) | (sizes < fewest)
        for place in np.argsort(sizes, kind="stable"):
            if not 0 < sizes[left].sum() < fewest:
                break
            left[place] = True
        hidden[rows] = np.isin(label[rows], labels[left])
    return hidden

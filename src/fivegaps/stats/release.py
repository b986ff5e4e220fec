"""Release figures about people: one gate for screens, files and reports.

A mean over a group of people tells about each of them when the group is small,
when all answered alike, or when it can be combined with other released means to
single out a few. The gate refuses all three. What is released for one question
is remembered; a new group is only released when nobody who solves the linear
system of everything released so far learns anything about fewer than k people.
Groups may overlap in any way here. Where they are units in a tree, as in a diagnosis,
:mod:`fivegaps.stats.lattice` decides the same without solving anything.
Source: hundepool-2012 (complementary suppression); dinur-2003.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
People = NDArray[np.int64]

SMALL_CELL = "small_cell"
_ZERO = 1e-9


@dataclass(slots=True)
class Gate:
    """Decides which groups of people a figure may be shown for.

    ``minimum`` is k, counted in people who answered. ``unanimous`` may be allowed
    for a census of people who were told beforehand.
    """

    minimum: int
    unanimous: bool = False
    _released: dict[str, list[People]] = field(default_factory=dict)

    def release(
        self,
        question: str,
        groups: Mapping[str, ArrayLike],
        values: Mapping[str, ArrayLike] | None = None,
    ) -> dict[str, str | None]:
        """Return for each group None when it may be shown, else the reason why not.

        Larger groups come first, so that totals are kept and the smallest
        complement is withheld. What may be shown is remembered as released.

        Args:
            question: What was asked; every question has its own memory.
            groups: Name to the ids of the people who answered.
            values: Name to their answers in the same order, to find groups that
                are of one mind.
        """
        arrays = {name: np.unique(np.asarray(ids, dtype=np.int64)) for name, ids in groups.items()}
        answered = values or {}
        decided: dict[str, str | None] = {}
        known = self._released.setdefault(question, [])
        system = _System.of([*known, *arrays.values()], self.minimum)
        for ids in known:
            system.add(ids)
        for name in sorted(arrays, key=lambda one: (-len(arrays[one]), one)):
            ids = arrays[name]
            if len(ids) < self.minimum or self._of_one_mind(answered.get(name)):
                decided[name] = SMALL_CELL
            elif system.allows(ids):
                system.add(ids)
                known.append(ids)
                decided[name] = None
            else:
                decided[name] = SMALL_CELL
        return {name: decided[name] for name in groups}

    def _of_one_mind(self, answers: ArrayLike | None) -> bool:
        if self.unanimous or answers is None:
            return False
        given = np.asarray(answers, dtype=np.float64)
        given = given[np.isfinite(given)]
        return given.size > 0 and bool((given == given[0]).all())


class _System:
    """The linear system of everything released: which sums of answers are known.

    People who are in the same groups are one atom. The rows are kept in reduced
    echelon form with the atoms of k people or more first, so that the rows
    without any of these tell what is known about small atoms alone.
    """

    def __init__(self, atoms: Mapping[int, int], sizes: NDArray[np.int64], minimum: int) -> None:
        self._atoms = atoms
        self._sizes = sizes
        self._minimum = minimum
        self._large = int((sizes >= minimum).sum())
        self._rows = np.zeros((0, len(sizes)))
        self._pivots: list[int] = []

    @classmethod
    def of(cls, groups: list[People], minimum: int) -> _System:
        """Return an empty system over the atoms of these groups, large atoms first."""
        people = np.unique(np.concatenate([*groups, np.zeros(0, dtype=np.int64)]))
        member = np.zeros((len(people), len(groups)), dtype=np.bool_)
        for place, ids in enumerate(groups):
            member[np.searchsorted(people, ids), place] = True
        _, atom, sizes = np.unique(
            np.packbits(member, axis=1), axis=0, return_inverse=True, return_counts=True
        )
        order = np.argsort(-sizes, kind="stable")
        rank = np.empty(len(sizes), dtype=np.int64)
        rank[order] = np.arange(len(sizes))
        atoms = dict(zip(people.tolist(), rank[np.ravel(atom)].tolist(), strict=True))
        return cls(atoms, sizes[order].astype(np.int64), minimum)

    def allows(self, ids: People) -> bool:
        """Tell whether releasing this group keeps every small set of people unknown."""
        row = self._reduced(self._indicator(ids))
        if row is None:
            return True
        pivot = int(np.flatnonzero(np.abs(row) > _ZERO)[0])
        if pivot < self._large:
            return True  # what is known of small atoms alone stays as it was
        rows, pivots = self._with(row, pivot)
        return self._safe(rows[[place >= self._large for place in pivots]])

    def add(self, ids: People) -> None:
        """Add a released group."""
        row = self._reduced(self._indicator(ids))
        if row is not None:
            pivot = int(np.flatnonzero(np.abs(row) > _ZERO)[0])
            self._rows, self._pivots = self._with(row, pivot)

    def _indicator(self, ids: People) -> Floats:
        row = np.zeros(len(self._sizes))
        row[[self._atoms[int(person)] for person in ids]] = 1.0
        return row

    def _reduced(self, row: Floats) -> Floats | None:
        """Return what the row adds to the system, or None when it is known already."""
        if self._pivots:
            row = row - row[self._pivots] @ self._rows
        return row if np.abs(row).max(initial=0.0) > _ZERO else None

    def _with(self, row: Floats, pivot: int) -> tuple[Floats, list[int]]:
        """Return the reduced echelon form with one more row."""
        row = row / row[pivot]
        rows = self._rows - np.outer(self._rows[:, pivot], row)
        return np.vstack([rows, row]), [*self._pivots, pivot]

    def _safe(self, rows: Floats) -> bool:
        """Tell whether no combination of rows over small atoms is about fewer than k people."""
        if len(rows) == 0:
            return True
        known = np.abs(rows) > _ZERO
        for block in _blocks(known):
            part = rows[block]
            atoms = np.flatnonzero(known[block].any(axis=0))
            if not self._block_safe(part, atoms):
                return False
        return True

    def _block_safe(self, rows: Floats, atoms: NDArray[np.intp]) -> bool:
        """Look for a set of fewer than k people whose answers the rows determine together."""
        sizes = self._sizes[atoms]
        matrix = rows[:, atoms]
        for count in range(1, self._minimum):
            for chosen in combinations(range(len(atoms)), count):
                if sizes[list(chosen)].sum() >= self._minimum:
                    continue
                others = np.delete(matrix, list(chosen), axis=1)
                if np.linalg.matrix_rank(others, tol=_ZERO) < len(matrix):
                    return False
        return True


def _blocks(known: NDArray[np.bool_]) -> list[list[int]]:
    """Return rows grouped so that rows of different groups share no atom."""
    left = set(range(len(known)))
    blocks = []
    while left:
        block, edge = [], [left.pop()]
        while edge:
            row = edge.pop()
            block.append(row)
            near = [other for other in left if (known[other] & known[row]).any()]
            left.difference_update(near)
            edge += near
        blocks.append(sorted(block))
    return blocks

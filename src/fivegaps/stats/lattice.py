"""Which cells of a fixed lattice, units in a tree × questions, may be shown.

A unit's figure holds everybody below it. Take the units shown for one question:
each person belongs to the nearest of them upwards, and so the people fall into
blocks that do not overlap. Figures of the units shown are sums of blocks, and the
blocks follow from the figures by subtraction; so whatever an attacker combines is
about whole blocks. A question is safe when each block has k people or more who did
not all answer alike, which is far quicker to see than by solving the linear system
(:mod:`fivegaps.stats.release`); the tests hold both against each other.

Means of several questions (a dimension of items) are linked to these: one who left
an item out has other weights in the dimension than the rest, and the difference
between the dimension and its items tells of those few.
Source: hundepool-2012 (complementary suppression).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Marks = NDArray[np.bool_]
Places = NDArray[np.integer]
Counts = NDArray[np.int64]

SAME = 1e-9  # means of answers that differ by less are the same


@dataclass(frozen=True, slots=True)
class Limits:
    """When a block of people may be told: ``minimum`` is k.

    ``unanimous`` allows people of one mind, as in a census of people who were told.
    """

    minimum: int
    unanimous: bool = False


@dataclass(frozen=True, slots=True)
class Lattice:
    """Units in a tree: ``parents`` (u,) are places of units, −1 for a unit at the top.

    The whole company is the place after the last. ``levels`` are the places of units
    by depth, the deepest first.
    """

    parents: Places
    levels: tuple[Places, ...]
    children: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, parents: Places) -> Lattice:
        """Return the lattice over units with these parents (u,)."""
        whole = len(parents)
        above = np.where(parents < 0, whole, parents).astype(np.intp)
        depth = np.zeros(whole, dtype=np.int64)
        step = above
        while whole and (step < whole).any():
            depth += step < whole
            step = np.append(above, whole)[step]
        children: list[list[int]] = [[] for _ in range(whole + 1)]
        for place, parent in enumerate(above.tolist()):
            children[parent].append(place)
        levels = [np.flatnonzero(depth == one) for one in range(int(depth.max(initial=0)), -1, -1)]
        return cls(above, tuple(levels), tuple(tuple(one) for one in children))

    @property
    def whole(self) -> int:
        """Place of the whole company."""
        return len(self.parents)

    def places(self, unit: Places) -> NDArray[np.intp]:
        """Return people's places (n,) from their units (n,), −1 for none."""
        return np.where(unit < 0, self.whole, unit).astype(np.intp)

    def release(
        self, values: Floats, unit: Places, limits: Limits, *, counted: Marks | None = None
    ) -> Marks:
        """Return which cells may be shown, (u + 1, c); the whole company is the last row.

        Totals come first: where a rest of few people would be left, the smallest unit
        beside them is withheld.

        Args:
            values: (n, c) answers to c questions that have nothing to do with each
                other; NaN is not given.
            unit: (n,) places of units, −1 for none.
            limits: When a block may be told.
            counted: (n, c) who counts towards k; all who answered when None.
        """
        cells = _Cells.of(self, values, self.places(unit), counted)
        return self._chosen(cells, limits, None)

    def release_linked(
        self,
        items: Floats,
        scores: Floats,
        unit: Places,
        limits: Limits,
        *,
        wanted: Marks | None = None,
    ) -> tuple[Marks, Marks]:
        """Return which cells of items (u + 1, j) and of their dimension (u + 1,) may be shown.

        Where everybody answered all items or none, an item may be shown wherever the
        dimension is. Otherwise items are told for the whole company alone; and when
        those who left something out are fewer than k, one item is not told at all,
        so that nothing follows from the others.

        Args:
            items: (n, j) answers that were asked; NaN is not given.
            scores: (n,) each person's mean over at least half of the items, else NaN.
            unit: (n,) places of units, −1 for none.
            limits: When a block may be told.
            wanted: (j,) items that other figures need; they are withheld last.
        """
        answered = (~np.isnan(items)).sum(axis=1)
        many, scored = answered * 2 > items.shape[1], ~np.isnan(scores)
        dimension = self.release(scores[:, None], unit, limits, counted=many[:, None])[:, 0]
        if not dimension[self.whole]:
            return self.release(items, unit, limits), dimension
        if ((answered == 0) | (answered == items.shape[1])).all():
            cells = _Cells.of(self, items, self.places(unit), None)
            return self._chosen(cells, limits, dimension), dimension
        told = self.release(items, unit, limits)
        told[: self.whole] = False
        block = self.blocks(dimension)[self.places(unit)]
        odd = _not_like_most(block, answered, many)
        given = (~np.isnan(items[scored])).sum(axis=0)
        if not (odd == 0 or odd >= limits.minimum) or (given < limits.minimum).any():
            enough = np.flatnonzero(told[self.whole] & (given >= limits.minimum))
            hidden_already = (~told[self.whole]) & (given >= limits.minimum)
            if not hidden_already.any():
                last = np.zeros(len(given), np.bool_) if wanted is None else wanted
                order = enough[np.lexsort((given[enough], last[enough]))]
                spared = order[0] if len(order) else slice(None)
                told[self.whole, spared] = False
        return told, dimension

    def blocks(self, shown: Marks) -> NDArray[np.intp]:
        """Return the nearest shown unit upwards of each place (u + 1,); −1 where there is none."""
        found = np.full(self.whole + 1, -1, dtype=np.intp)
        found[self.whole] = self.whole if shown[self.whole] else -1
        for level in reversed(self.levels):
            found[level] = np.where(shown[level], level, found[self.parents[level]])
        return found

    def _chosen(self, cells: _Cells, limits: Limits, within: Marks | None) -> Marks:
        allowed = cells.whole_units.good(limits)
        if within is not None:
            allowed &= within[:, None]
        shown = allowed.copy()
        for level in reversed(self.levels):
            shown[level] &= shown[self.parents[level]]
        rest = cells.rest(self, shown)
        bad = shown & rest.anybody & ~rest.good(limits)
        for column in np.flatnonzero(bad.any(axis=0)).tolist():
            shown[:, column] = self._settled(
                cells.own.column(column),
                cells.whole_units.column(column),
                allowed[:, column],
                limits,
            )
        return shown

    def _settled(
        self, own: list[_Block], units: list[_Block], allowed: Marks, limits: Limits
    ) -> Marks:
        """Return the units shown of one question, so that no block is left that may not be told."""
        shown = np.zeros(self.whole + 1, dtype=np.bool_)
        todo = [self.whole] if allowed[self.whole] else []
        while todo:
            node = todo.pop()
            shown[node] = True
            told = sorted(
                (one for one in self.children[node] if allowed[one]),
                key=lambda one: (units[one].n, one),
            )
            hidden = [one for one in self.children[node] if not allowed[one]]
            rest = _merged([own[node], *(units[one] for one in hidden)])
            if rest.anybody and not rest.good(limits) and told:
                smallest = told.pop(0)  # with it the rest is as good as the unit itself
                rest = _merged([own[node], own[smallest], *(units[one] for one in hidden)])
                told += self._reclaimed(smallest, rest, units, allowed, limits=limits)
            todo += told
        return shown

    def _reclaimed(
        self, node: int, rest: _Block, units: list[_Block], allowed: Marks, *, limits: Limits
    ) -> list[int]:
        """Return which units of a withheld one may be shown after all: the largest that leave k."""
        hidden, found = list(self.children[node]), []
        for one in sorted(self.children[node], key=lambda one: (-units[one].n, one)):
            left = _merged([rest, *(units[other] for other in hidden if other != one)])
            if allowed[one] and left.good(limits):
                hidden.remove(one)
                found.append(one)
        return found


@dataclass(frozen=True, slots=True)
class _Block:
    """People who are told together: how many, how many count, and the ends of their answers."""

    n: int
    counted: int
    low: float
    high: float

    @property
    def anybody(self) -> bool:
        return self.n > 0

    def good(self, limits: Limits) -> bool:
        apart = self.high - self.low > SAME
        return self.counted >= limits.minimum and (limits.unanimous or apart)


def _merged(blocks: Sequence[_Block]) -> _Block:
    return _Block(
        sum(one.n for one in blocks),
        sum(one.counted for one in blocks),
        min(one.low for one in blocks),
        max(one.high for one in blocks),
    )


@dataclass(frozen=True, slots=True)
class _Blocks:
    """Blocks of every place and question: arrays (u + 1, c)."""

    n: Counts
    counted: Counts
    low: Floats
    high: Floats

    @property
    def anybody(self) -> Marks:
        return self.n > 0

    def good(self, limits: Limits) -> Marks:
        apart = limits.unanimous | (self.high - self.low > SAME)
        found: Marks = (self.counted >= limits.minimum) & apart
        return found

    def column(self, place: int) -> list[_Block]:
        parts = (self.n, self.counted, self.low, self.high)
        return [
            _Block(*one) for one in zip(*(part[:, place].tolist() for part in parts), strict=True)
        ]

    def gathered(self, lattice: Lattice, levels: Iterable[Places], hidden: Marks | None) -> _Blocks:
        """Return blocks with those of the units below added; with ``hidden`` of these alone."""
        n, counted, low, high = (
            self.n.copy(), self.counted.copy(), self.low.copy(), self.high.copy(),
        )  # fmt: skip
        for level in levels:
            above = lattice.parents[level]
            passes = (
                np.ones((len(level), n.shape[1]), np.bool_) if hidden is None else hidden[level]
            )
            np.add.at(n, above, np.where(passes, n[level], 0))
            np.add.at(counted, above, np.where(passes, counted[level], 0))
            np.minimum.at(low, above, np.where(passes, low[level], np.inf))
            np.maximum.at(high, above, np.where(passes, high[level], -np.inf))
        return replace(self, n=n, counted=counted, low=low, high=high)


@dataclass(frozen=True, slots=True)
class _Cells:
    """What is known of every place and question: of its own people, and with all below it."""

    own: _Blocks
    whole_units: _Blocks

    @classmethod
    def of(
        cls, lattice: Lattice, values: Floats, place: NDArray[np.intp], counted: Marks | None
    ) -> _Cells:
        given = ~np.isnan(values)
        shape = (lattice.whole + 1, values.shape[1])
        n, raters = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        low, high = np.full(shape, np.inf), np.full(shape, -np.inf)
        np.add.at(n, place, given)
        np.add.at(raters, place, given if counted is None else given & counted)
        np.minimum.at(low, place, np.where(given, values, np.inf))
        np.maximum.at(high, place, np.where(given, values, -np.inf))
        own = _Blocks(n, raters, low, high)
        return cls(own, own.gathered(lattice, lattice.levels, None))

    def rest(self, lattice: Lattice, shown: Marks) -> _Blocks:
        """Return each place's block: its own people, and those of units below not shown."""
        return self.own.gathered(lattice, lattice.levels, ~shown)


def _not_like_most(block: Places, answered: Counts, many: Marks) -> int:
    """Return how many people answered another number of items than most of their block.

    Args:
        block: (n,) the block of each person, −1 for none.
        answered: (n,) how many items each answered.
        many: (n,) who answered more than half; most are sought among these.
    """
    some = (answered > 0) & (block >= 0)
    if not some.any():
        return 0
    table = np.zeros((int(block.max()) + 1, int(answered.max()) + 1), dtype=np.int64)
    np.add.at(table, (block[some & many], answered[some & many]), 1)
    return int(some.sum()) - int(table.max(axis=1).sum())

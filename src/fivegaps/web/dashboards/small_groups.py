"""Which places have results to be shown: none of fewer than five, and none by subtraction.

Figures are shown of units with all that is below them, of a unit's own answers beside its
children, and of the whole. Each answer belongs to the nearest of these that is shown; what
belongs to one place makes a block, and blocks are what somebody can work out by subtraction.
So places are hidden, the smallest first, until no block holds one to four answers.
Source: hundepool-2012 (complementary suppression); fivegaps.stats.lattice does the same for
employees' answers, question by question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

FEWEST = 5


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Answers of a place: with ``below`` those of its units below too. No unit: the whole."""

    unit: int = 0
    below: bool = True


WHOLE = Group()
WITHOUT_UNIT = Group(below=False)


def shown_groups(
    paths: Mapping[int, str], answered: Mapping[int, int], fewest: int = FEWEST
) -> frozenset[Group]:
    """Return the groups whose figures may be shown.

    Args:
        paths: Path of every unit by its id.
        answered: Answers by the unit whose link they came through, 0 for none.
        fewest: How many answers a group must have.
    """
    chains = {unit: _chain(paths.get(unit, ""), unit) for unit in answered}
    sizes: dict[Group, int] = {}
    for unit, chain in chains.items():
        for group in chain:
            sizes[group] = sizes.get(group, 0) + answered[unit]
    shown = {group for group, n in sizes.items() if n >= fewest}
    while True:
        blocks: dict[Group, int] = {}
        above: dict[Group, Group] = {}
        for unit, chain in chains.items():
            upwards = [group for group in chain if group in shown]
            above |= dict(pairwise(upwards))
            if upwards:
                blocks[upwards[0]] = blocks.get(upwards[0], 0) + answered[unit]
        small = sorted(group for group, n in blocks.items() if 0 < n < fewest)
        if not small:
            return frozenset(shown)
        # A shown group of five or more with a small block has a shown one below it.
        below = [group for group, parent in above.items() if parent == small[0]]
        shown.remove(min(below, key=lambda group: (sizes[group], group)))


def _chain(path: str, unit: int) -> tuple[Group, ...]:
    """Return the groups that answers of a unit are in, the nearest first."""
    ids = [int(part) for part in path.strip("/").split("/") if part]
    return (Group(unit, below=False), *(Group(one) for one in reversed(ids)), WHOLE)

"""Which places have results to be shown: none of fewer than five, and none by subtraction.

Figures are shown of units with all that is below them, of a unit's own answers beside its
children, and of the whole. Each answer belongs to the nearest of these that is shown; what
belongs to one place makes a block, and blocks are what somebody can work out by subtraction.
So places are hidden until no block holds one to four answers: the smallest of a place's parts,
or the place itself where it has but one; then what need not be hidden is shown again.
Source: hundepool-2012 (complementary suppression); fivegaps.stats.lattice does the same for
employees' answers, question by question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

FEWEST = 5


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """Answers of a place: with ``below`` those of its units below too. No unit: the whole."""

    unit: int = 0
    below: bool = True


Chains = Sequence[tuple[tuple[Group, ...], int]]
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
    chains = [(_chain(paths.get(unit, ""), unit), n) for unit, n in answered.items()]
    sizes: dict[Group, int] = {}
    for chain, n in chains:
        for group in chain:
            sizes[group] = sizes.get(group, 0) + n
    large = {group for group, n in sizes.items() if n >= fewest}
    shown = set(large)
    while small := _small_blocks(chains, shown, fewest):
        # A shown group of five or more with a small block has a shown one below it.
        below = _below(chains, shown, small[0])
        only = len(below) == 1 and small[0] != WHOLE
        shown.remove(small[0] if only else min(below, key=lambda group: (sizes[group], group)))
    for group in sorted(large - shown, key=lambda group: (-sizes[group], group)):
        if not _small_blocks(chains, shown | {group}, fewest):
            shown.add(group)
    return frozenset(shown)


def _small_blocks(chains: Chains, shown: set[Group], fewest: int) -> list[Group]:
    """Return the shown groups whose block holds too few."""
    blocks: dict[Group, int] = {}
    for chain, n in chains:
        nearest = next((group for group in chain if group in shown), None)
        if nearest is not None:
            blocks[nearest] = blocks.get(nearest, 0) + n
    return sorted(group for group, n in blocks.items() if 0 < n < fewest)


def _below(chains: Chains, shown: set[Group], above: Group) -> set[Group]:
    """Return the shown groups of which ``above`` is the next shown one."""
    steps = (pairwise([group for group in chain if group in shown]) for chain, _ in chains)
    return {group for step in steps for group, parent in step if parent == above}


def _chain(path: str, unit: int) -> tuple[Group, ...]:
    """Return the groups that answers of a unit are in, the nearest first."""
    ids = [int(part) for part in path.strip("/").split("/") if part]
    return (Group(unit, below=False), *(Group(one) for one in reversed(ids)), WHOLE)

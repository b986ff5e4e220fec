"""What customers wrote, beside the figures: searched, in leaves, in an order without time."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

LEAF = 50
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Leaf:
    """One leaf of remarks; ``found`` of ``all`` fit the search."""

    remarks: tuple[str, ...]
    found: int
    all: int
    number: int
    leaves: int

    @property
    def before(self) -> int:
        """Number of the leaf before, 0: this is the first."""
        return self.number - 1

    @property
    def after(self) -> int:
        """Number of the next leaf, 0: this is the last."""
        return self.number + 1 if self.number < self.leaves else 0


def leaf_of(remarks: list[str], *, search: str, number: int) -> Leaf:
    """Return a leaf of the remarks that hold each word of a search; capitals do not matter."""
    words = _spelt(search).split()
    fit = [one for one in remarks if all(word in _spelt(one) for word in words)]
    leaves = max(-(-len(fit) // LEAF), 1)
    here = min(max(number, 1), leaves)
    shown = fit[(here - 1) * LEAF : here * LEAF]
    return Leaf(tuple(shown), len(fit), len(remarks), here, leaves)


def _spelt(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()

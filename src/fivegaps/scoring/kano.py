"""Kano's classification: what a feature does to satisfaction when it is there or not.

A functional question ("how do you feel if it has it?") and a dysfunctional one ("if
it has not?"), each 1 like, 2 must be, 3 neutral, 4 live with, 5 dislike, are read
in Kano's table: A attractive, O one-dimensional, M must-be, I indifferent, R
reverse, Q questionable.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from fivegaps.scoring.results import KanoElement
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import share_estimate

# Rows: functional 1 to 5; columns: dysfunctional 1 to 5. The variant with Q at
# (2, 2) and (4, 4) is not used.
TABLE = ("QAAAO", "RIIIM", "RIIIM", "RIIIM", "RRRRQ")
CATEGORIES = "AOMIRQ"
# On a tie the category that hurts most when it is missed comes first; R and Q last.
_PRECEDENCE = "MOAIRQ"

BETTER = "(A + O) / (A + O + M + I), Wilson interval"
WORSE = "−(O + M) / (A + O + M + I), Wilson interval"


def kano(tables: Mapping[str, ArrayLike], *, confidence: float = 0.95) -> dict[str, KanoElement]:
    """Return the classification of each pair of questions, in the order given.

    Args:
        tables: Item id to its (5, 5) counts; see :func:`kano_element`.
        confidence: Of better and worse.
    """
    return {item: kano_element(counts, confidence=confidence) for item, counts in tables.items()}


def kano_element(counts: ArrayLike, *, confidence: float = 0.95) -> KanoElement:
    """Return how a feature works, by the commonest category of Kano's table.

    Ties go to M, then O, A, I. ``z`` = |a − b| / √(a + b) of the two commonest
    categories tells how clear the choice is. (Fong's bound treats the two counts as
    independent and is too liberal.) ``better`` and ``worse`` are Berger's
    coefficients; R and Q are left out of them.

    Args:
        counts: (5, 5) answers by functional (rows) and dysfunctional (columns) level.
        confidence: Of better and worse.

    Returns:
        The element; reason ``too_few`` and no category when nobody answered both.

    Raises:
        ValueError: The table is not 5 × 5.

    Source: kano-1984, berger-1993.
    """
    table = np.asarray(counts, dtype=np.int64)
    if table.shape != (5, 5):
        raise ValueError(f"a Kano table has 5 × 5 counts, not {table.shape}")
    n = int(table.sum())
    letters = np.array([list(row) for row in TABLE])
    found = {letter: int(table[letters == letter].sum()) for letter in CATEGORIES}
    if n == 0:
        return KanoElement(
            counts=found,
            category=None,
            better=Estimate.cannot("too_few", method=BETTER),
            worse=Estimate.cannot("too_few", method=WORSE),
            n=0,
            reason="too_few",
        )
    # Sorting keeps the order of precedence among equals.
    first, second = sorted(_PRECEDENCE, key=lambda letter: -found[letter])[:2]
    a, b = found[first], found[second]
    clear = found["A"] + found["O"] + found["M"] + found["I"]
    return KanoElement(
        counts=found,
        category=first,
        better=share_estimate(found["A"] + found["O"], clear, confidence=confidence, method=BETTER),
        worse=_negative(
            share_estimate(found["O"] + found["M"], clear, confidence=confidence, method=WORSE)
        ),
        n=n,
        z=abs(a - b) / math.sqrt(a + b),
    )


def _negative(share: Estimate) -> Estimate:
    """Return a share with its sign turned: worse is what a missing feature costs."""
    if share.value is None or share.low is None or share.high is None:
        return share
    # 0.0 − x avoids a negative zero in the file.
    return Estimate(
        value=0.0 - share.value,
        low=0.0 - share.high,
        high=0.0 - share.low,
        n=share.n,
        method=share.method,
    )

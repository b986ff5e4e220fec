"""Which outcome the drivers explain: the instrument's, or any column of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fivegaps.engines.local import run
from fivegaps.engines.scores import ScoredOutcome
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Answers, Block, Numbers


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest number met; infinite the wrong way round when none was."""

    lowest: float = math.inf
    highest: float = -math.inf

    def __add__(self, other: Range) -> Range:
        """Return the range of both."""
        return Range(min(self.lowest, other.lowest), max(self.highest, other.highest))


def scored_outcomes(
    answers: Answers, wanted: str | None
) -> tuple[tuple[ScoredOutcome, ...], str | None]:
    """Return every outcome to score, and the id of the one that is to be explained.

    That is the one asked for, else the instrument's first, else None. The range of
    a column that is no outcome of the instrument is read from the answers: a pass
    of its own.

    Raises:
        OptionRefused: It is neither an outcome nor a column, or the column holds no numbers.
    """
    known = tuple(
        ScoredOutcome(outcome.id, outcome.columns, outcome.minimum, outcome.maximum)
        for outcome in answers.instrument.outcomes
    )
    ids = [outcome.id for outcome in known]
    if wanted is None:
        return known, ids[0] if ids else None
    if wanted in ids:
        return known, wanted
    if wanted not in answers.column_names:
        raise OptionRefused(
            "--outcome",
            f"{wanted!r} is neither an outcome of the instrument ({', '.join(ids) or 'none'})"
            " nor a column",
        )
    found = _range_of(answers, wanted)
    if found.lowest > found.highest:
        raise OptionRefused("--outcome", f"column {wanted!r} holds no numbers")
    return (*known, ScoredOutcome(wanted, (wanted,), found.lowest, found.highest)), wanted


def _range_of(answers: Answers, column: str) -> Range:
    def reduce(block: Block) -> Range:
        found = block.columns[column]
        values = found.values if isinstance(found, Numbers) else np.zeros(0)
        finite = values[np.isfinite(values)]
        return Range(float(finite.min()), float(finite.max())) if finite.size else Range()

    return run(answers, reduce, columns={column: "numbers"})

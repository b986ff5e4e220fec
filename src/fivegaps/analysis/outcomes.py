"""Which outcome the drivers explain: the instrument's, or any column of numbers."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from fivegaps.engines.local import run
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Answers, Block, Numbers
from fivegaps.model.instrument import Outcome


@dataclass(frozen=True, slots=True)
class Range:
    """The lowest and the highest number met; infinite the wrong way round when none was."""

    lowest: float = math.inf
    highest: float = -math.inf

    def __add__(self, other: Range) -> Range:
        """Return the range of both."""
        return Range(min(self.lowest, other.lowest), max(self.highest, other.highest))


def chosen_outcome(answers: Answers, wanted: str | None) -> Outcome | None:
    """Return the outcome asked for, else the instrument's first, else None.

    The range of a column that is no outcome of the instrument is read from the
    answers: a pass of its own.

    Raises:
        OptionRefused: It is neither an outcome nor a column, or the column holds no numbers.
    """
    outcomes = answers.instrument.outcomes
    if wanted is None:
        return outcomes[0] if outcomes else None
    for outcome in outcomes:
        if outcome.id == wanted:
            return outcome
    if wanted not in answers.column_names:
        known = ", ".join(outcome.id for outcome in outcomes) or "none"
        raise OptionRefused(
            "--outcome",
            f"{wanted!r} is neither an outcome of the instrument ({known}) nor a column",
        )
    found = _range_of(answers, wanted)
    if found.lowest > found.highest:
        raise OptionRefused("--outcome", f"column {wanted!r} holds no numbers")
    return Outcome(
        id=wanted,
        columns=(wanted,),
        minimum=math.floor(found.lowest),
        maximum=math.ceil(found.highest),
    )


def _range_of(answers: Answers, column: str) -> Range:
    def reduce(block: Block) -> Range:
        found = block.columns[column]
        values = found.values if isinstance(found, Numbers) else np.zeros(0)
        finite = values[np.isfinite(values)]
        return Range(float(finite.min()), float(finite.max())) if finite.size else Range()

    return run(answers, reduce, columns={column: "numbers"})

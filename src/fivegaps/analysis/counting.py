"""Plan the scan of one analysis, run it, and read again what one scan cannot hold."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fivegaps.analysis.options import Options
from fivegaps.analysis.outcomes import scored_outcomes
from fivegaps.engines.crossing import Key, chosen
from fivegaps.engines.flags import flag
from fivegaps.engines.grams import stacked
from fivegaps.engines.local import run
from fivegaps.engines.score_sums import Sampling, ScoreSums
from fivegaps.engines.scores import ScoreLayout
from fivegaps.engines.survey import Counter, CountPlan, SurveyCounts
from fivegaps.errors import OptionRefused
from fivegaps.io.answers import Answers, Block

Advance = Callable[[int], None]
Start = Callable[[str, int | None], Advance]
S = TypeVar("S")


@dataclass(frozen=True, slots=True)
class Counted:
    """Counts of one scan, the plan that made them, and what came of the second pass."""

    plan: CountPlan
    counts: SurveyCounts
    duplicates: int
    without_flagged: ScoreSums
    flagged: int


def plan_scan(
    answers: Answers, options: Options, *, items: Collection[str] | None = None
) -> tuple[CountPlan, str | None]:
    """Return what to count, and the id of the outcome to explain if there is one.

    Args:
        answers: The source.
        options: What the person chose.
        items: Items to score; all when None.

    Raises:
        OptionRefused: An option names a column that is not in the file.
    """
    instrument = answers.instrument
    for column in (
        *options.by,
        options.cluster,
        options.weight,
        *(m.column for m in options.margins),
    ):
        if column is not None:
            _known(answers, column)
    outcomes, outcome = scored_outcomes(answers, options.outcome)
    segments: list[Key] = [(column,) for column in options.by]
    segments += list(combinations(options.by, 2))
    plan = CountPlan(
        layout=ScoreLayout(
            instrument,
            outcomes=outcomes,
            only=items,
            items=bool(options.cluster or options.weight or options.margins),
            rows=answers.rows,
        ),
        segments=tuple(segments),
        sampling=Sampling(
            cluster=options.cluster,
            weight=options.weight,
            margins=tuple(margin.column for margin in options.margins),
        ),
        complete=options.missing == "complete",
        outcome=outcome,
        rows=answers.rows,
        seed=options.seed,
    )
    return plan, outcome


def count(answers: Answers, plan: CountPlan, *, start: Start) -> Counted:
    """Run the scan; read the duplicates' own rows again when there are any."""
    counter = Counter(plan)
    counts = run(
        answers,
        watched(counter, start("Counting answers", answers.rows)),
        columns=plan.columns,
    )
    duplicates = duplicate_rows(counts)
    flagged = counts.flagged
    if duplicates.size:
        places = np.sort(duplicates)

        def sums_of_duplicates(block: Block) -> ScoreSums:
            if plan.complete:
                block = chosen(block, np.asarray((block.codes > 0).all(axis=0)))
            who = np.isin(block.rows, places) & ~flag(plan.instrument, block).careless
            return counter.sums_of(block, stacked(plan.layout.scores(block)), who)

        flagged += run(
            answers,
            watched(sums_of_duplicates, start("Looking at duplicates", answers.rows)),
            columns=plan.columns,
        )
    return Counted(
        plan=plan,
        counts=counts,
        duplicates=int(duplicates.size),
        without_flagged=counts.scores.at(counter.main).without(flagged),
        flagged=counts.careless + int(duplicates.size),
    )


def duplicate_rows(counts: SurveyCounts) -> NDArray[np.int64]:
    """Return the rows whose item answers repeat those of an earlier row."""
    if not counts.fingerprints:
        return np.zeros(0, dtype=np.int64)
    rows = np.concatenate([part[0] for part in counts.fingerprints])
    hashes = np.concatenate([part[1] for part in counts.fingerprints])
    order = np.lexsort((rows, hashes))
    repeated = np.zeros(len(rows), dtype=np.bool_)
    repeated[1:] = hashes[order][1:] == hashes[order][:-1]
    return rows[order][repeated]


def watched(reduce: Callable[[Block], S], advance: Advance) -> Callable[[Block], S]:
    """Return the same reduction, which tells how many rows it has seen."""

    def reduced(block: Block) -> S:
        state = reduce(block)
        advance(len(block.rows))
        return state

    return reduced


def silent(_text: str, _total: int | None) -> Advance:
    """Start no progress bar."""
    return lambda _amount: None


def _known(answers: Answers, column: str) -> None:
    if column in answers.column_names:
        return
    near = difflib.get_close_matches(column, answers.column_names, n=3)
    hint = f"; did you mean {', '.join(near)}?" if near else ""
    raise OptionRefused(column, f"there is no such column in {answers.file_name}{hint}")

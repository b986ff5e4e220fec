"""The figures of a place, from the core: what ``fivegaps analyze`` finds in the same answers.

Models of measurement (reliability, factors) are left to the whole report: they take seconds,
and no figure of the page is made of them.
"""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Results
from fivegaps.io.answers import Answers, Categories, ColumnKind, MemoryAnswers, Part
from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.selectors import Counted, Place
from fivegaps.web.surveys.answers import answers_of

# The column of the step below a place: the child unit that an answer belongs to.
STEP = "step"
OWN = "own"
_KEPT = 64


def results_of(wave_id: UUID, place: Place, known: Counted) -> Results:
    """Return the figures of a place; kept until an answer of the wave comes or goes."""
    units = None if place.units is None else frozenset(unit.pk for unit in place.units)
    own = 0 if place.unit is None else place.unit.pk
    stamp = (sum(known.answered.values()), known.last)
    return _kept(wave_id, units, own, place.group.below, stamp)


@lru_cache(maxsize=_KEPT)
def _kept(
    wave_id: UUID,
    units: frozenset[int] | None,
    own: int,
    below: bool,
    stamp: tuple[int, datetime | None],  # noqa: ARG001 - a part of the key
) -> Results:
    wave = selectors.wave_with(wave_id)
    chosen = None if units is None else selectors.units_with(units)
    answers = answers_of(wave, chosen)
    if not below:
        return scored(answers)
    steps = {unit.code: _step(unit.path, own) for unit in selectors.all_units()}
    return scored(_with_steps(answers, steps), by=(STEP,))


def _step(path: str, own: int) -> str:
    """Return the id of the unit that follows ``own`` on a path; OWN where none does."""
    ids = path.strip("/").split("/")
    after = ids[ids.index(str(own)) + 1 :] if str(own) in ids else ids if not own else []
    return after[0] if after else OWN


def _with_steps(answers: MemoryAnswers, steps: dict[str, str]) -> MemoryAnswers:
    """Return the answers with the column of the step below."""
    kinds: dict[str, ColumnKind] = dict.fromkeys(answers.column_names, "numbers")
    kinds |= dict.fromkeys(("respondent", "unit", "channel", "date", "lang"), "categories")
    block = answers.read(Part(0, answers.rows), kinds)
    unit = block.columns["unit"]
    if not isinstance(unit, Categories):  # pragma: no cover - asked for as categories
        raise TypeError
    labels = [steps.get(code, OWN) for code in unit.values]
    names = tuple(sorted({*labels, OWN}))
    codes = np.array([names.index(label) for label in [*labels, OWN]], dtype=np.int32)[unit.codes]
    columns = {**block.columns, STEP: Categories(codes, names)}
    return MemoryAnswers(
        answers.instrument, block.codes, columns=columns, file_name=answers.file_name
    )


def scored(answers: Answers, *, by: tuple[str, ...] = ()) -> Results:
    """Return what ``fivegaps.analyze`` finds, split by columns, without models of measurement."""
    return analyze(answers, Options(by=by), measuring=False)

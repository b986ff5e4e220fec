"""The figures of a place, from the core: what ``fivegaps analyze`` finds in the same answers.

Models of measurement (reliability, factors) are left out unless asked for: they take seconds,
and no figure of the page is made of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import numpy as np

from fivegaps.analysis.analyze import analyze
from fivegaps.analysis.options import Options
from fivegaps.analysis.results import Results
from fivegaps.io.answers import (
    Answers,
    Block,
    Categories,
    ColumnKind,
    MemoryAnswers,
    Numbers,
    Part,
)
from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.selectors import Counted, Place
from fivegaps.web.surveys.answers import LABELS, answers_of

# The column of the step below a place: the child unit that an answer belongs to.
STEP = "step"
OWN = "own"
_KEPT = 64


def results_of(wave_id: UUID, place: Place, known: Counted, *, measuring: bool = False) -> Results:
    """Return the figures of a place; kept until an answer of the wave comes or goes.

    ``measuring`` adds reliability, validity and factors, which takes seconds.
    """
    return _kept(
        _Wanted(
            wave_id=wave_id,
            units=None if place.units is None else frozenset(unit.pk for unit in place.units),
            channel=place.channel,
            own=0 if place.unit is None else place.unit.pk,
            below=place.group.below,
            measuring=measuring,
            stamp=(sum(known.answered.values()), known.last),
        )
    )


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What figures are kept under; ``stamp`` changes when an answer of the wave comes or goes."""

    wave_id: UUID
    units: frozenset[int] | None
    channel: int
    own: int
    below: bool
    measuring: bool
    stamp: tuple[int, datetime | None]


@lru_cache(maxsize=_KEPT)
def _kept(wanted: _Wanted) -> Results:
    wave = selectors.wave_with(wanted.wave_id)
    chosen = None if wanted.units is None else selectors.units_with(wanted.units)
    answers = answers_of(wave, chosen)
    if wanted.channel:
        answers = _through(answers, selectors.channel_code(wanted.channel))
    if not wanted.below:
        return scored(answers, measuring=wanted.measuring)
    steps = {unit.code: _step(unit.path, wanted.own) for unit in selectors.all_units()}
    return scored(_with_steps(answers, steps), by=(STEP,), measuring=wanted.measuring)


def _step(path: str, own: int) -> str:
    """Return the id of the unit that follows ``own`` on a path; OWN where none does."""
    ids = path.strip("/").split("/")
    after = ids[ids.index(str(own)) + 1 :] if str(own) in ids else ids if not own else []
    return after[0] if after else OWN


def _columns(answers: MemoryAnswers) -> Block:
    """Return every answer with all its columns."""
    kinds: dict[str, ColumnKind] = dict.fromkeys(answers.column_names, "numbers")
    kinds |= dict.fromkeys(LABELS, "categories")
    return answers.read(Part(0, answers.rows), kinds)


def _through(answers: MemoryAnswers, channel: str) -> MemoryAnswers:
    """Return the answers that came through a channel."""
    block = _columns(answers)
    told = block.columns["channel"]
    if not isinstance(told, Categories):  # pragma: no cover - asked for as categories
        raise TypeError
    rows = told.codes == (told.values.index(channel) if channel in told.values else -2)
    columns: dict[str, Categories | Numbers] = {}
    for name, one in block.columns.items():
        if isinstance(one, Categories):
            columns[name] = Categories(one.codes[rows], one.values)
        else:
            columns[name] = Numbers(one.values[rows])
    codes = np.ascontiguousarray(block.codes[:, rows])
    return MemoryAnswers(answers.instrument, codes, columns=columns, file_name=answers.file_name)


def _with_steps(answers: MemoryAnswers, steps: dict[str, str]) -> MemoryAnswers:
    """Return the answers with the column of the step below."""
    block = _columns(answers)
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


def scored(answers: Answers, *, by: tuple[str, ...] = (), measuring: bool = False) -> Results:
    """Return what ``fivegaps.analyze`` finds, split by columns."""
    return analyze(answers, Options(by=by), measuring=measuring)

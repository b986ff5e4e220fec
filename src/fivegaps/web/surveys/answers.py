"""The answers of a wave as the core reads them: the same as from the file that is exported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import Categories, MemoryAnswers, Numbers, item_columns
from fivegaps.io.kept import is_reversed
from fivegaps.model.instrument import Instrument
from fivegaps.web.people.models import Unit
from fivegaps.web.surveys.models import AnonymousAnswer, Identification, Response, Wave
from fivegaps.web.surveys.own_questions import OwnQuestion
from fivegaps.web.surveys.selectors import extras_in, instrument_of

# What a row of the query holds before the answers.
_ROW = ("receipt", "unit__code", "channel__code", "submitted_at", "lang", "codes", "other")
LABELS = ("respondent", "unit", "channel", "date", "lang")
WORDS = frozenset({"single", "date"})
FREE_TEXTS = frozenset({"short", "long"})
_KEPT_OF_ANONYMOUS = ("unit__code", "lang", "codes", "other")


def answers_of(wave: Wave, units: Sequence[Unit] | None = None) -> MemoryAnswers:
    """Return the answers of a wave that count, trial ones left out.

    Beside the items it has the columns respondent (the receipt), unit, channel (their codes),
    date (of sending, UTC), lang, one for each outcome and share of the 100 points, and those
    of the survey's own questions that are no free text: numbers and scales as numbers, several
    choices as 1 or 0 each, one choice as the id of its answer, days. Rows
    stand in the order of the responses' random ids, so the same answers give the same bits.
    Anonymous ones have no respondent, channel or date, and are here once they were let go.

    Args:
        wave: The wave; its frozen questionnaire is the instrument.
        units: Only answers through links of these; None for all, also those without unit.
    """
    instrument = instrument_of(wave)
    found = _rows(wave, units)
    columns: dict[str, Categories | Numbers] = {
        "respondent": _labels([row[0] for row in found]),
        "unit": _labels([row[1] for row in found]),
        "channel": _labels([row[2] for row in found]),
        "date": _labels([row[3] and row[3].date().isoformat() for row in found]),
        "lang": _labels([row[4] for row in found]),
    }
    others = [column for outcome in instrument.outcomes for column in outcome.columns]
    for name in (*others, *instrument.weights.values()):
        columns[name] = _numbers([row[6].get(name) for row in found])
    given = [row[6] for row in found]
    for question in extras_in(wave).own:
        columns |= _own(question, given)
    codes = _codes(instrument, [bytes(row[5]) for row in found])
    return MemoryAnswers(instrument, codes, columns=columns, file_name=wave.name)


def label_columns(wave: Wave) -> tuple[str, ...]:
    """Return the columns of a wave's answers that hold words, not numbers."""
    own = [one.column for one in extras_in(wave).own if one.kind in WORDS]
    return (*LABELS, *own)


def _own(
    question: OwnQuestion, given: Sequence[Mapping[str, Any]]
) -> dict[str, Categories | Numbers]:
    """Return the columns of an own question; free texts stay in the office."""
    column = question.column
    if question.kind in FREE_TEXTS:
        return {}
    if question.kind in WORDS:
        return {column: _labels([one.get(column) for one in given])}
    if question.kind == "multiple":
        chosen = [one.get(column) for one in given]
        return {
            f"{column}_{option.id}": _numbers(
                [None if one is None else int(option.id in one) for one in chosen]
            )
            for option in question.options
        }
    return {name: _numbers([one.get(name) for one in given]) for name in question.fields}


def _rows(wave: Wave, units: Sequence[Unit] | None) -> list[tuple[Any, ...]]:
    """Return what ``_ROW`` names of each answer that counts."""
    chosen = {"wave": wave, "is_test": False} | ({} if units is None else {"unit__in": units})
    if wave.survey.identification == Identification.ANONYMOUS:
        rows = AnonymousAnswer.objects.filter(**chosen).order_by("id")
        return [
            (None, unit, None, None, lang, codes, other)
            for unit, lang, codes, other in rows.values_list(*_KEPT_OF_ANONYMOUS)
        ]
    return list(Response.objects.filter(**chosen).order_by("id").values_list(*_ROW))


def _codes(instrument: Instrument, stored: Sequence[bytes]) -> NDArray[np.uint8]:
    """Return zero-coded answers (k, n), reversed items recoded as every reader does."""
    columns = item_columns(instrument)
    flat = np.frombuffer(b"".join(stored), dtype=np.uint8)
    codes = np.ascontiguousarray(flat.reshape(len(stored), len(columns)).T)
    turned = {item.id for item in instrument.items if item.reversed}
    for place, column in enumerate(columns):
        if is_reversed(column.item in turned, column.battery):
            row = codes[place]
            codes[place] = np.where(row > 0, column.levels + 1 - row, 0)
    return codes


def _labels(values: Sequence[str | None]) -> Categories:
    names = sorted({value for value in values if value})
    place = {name: number for number, name in enumerate(names)}
    codes = [place[value] if value else -1 for value in values]
    return Categories(np.array(codes, dtype=np.int32), tuple(names))


def _numbers(values: Sequence[object]) -> Numbers:
    given = [float(value) if isinstance(value, int | float) else np.nan for value in values]
    return Numbers(np.array(given, dtype=np.float64))

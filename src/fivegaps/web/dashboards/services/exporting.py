"""Answers of a wave as a file that ``fivegaps analyze`` reads, and who took it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import datetime

import numpy as np
from django.db import transaction

from fivegaps.io.answers import Categories, ColumnKind, MemoryAnswers, Part
from fivegaps.io.kept import is_reversed
from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.selectors import Place
from fivegaps.web.people.members import Member
from fivegaps.web.shared import audit
from fivegaps.web.surveys.answers import answers_of, label_columns
from fivegaps.web.surveys.models import Wave


@transaction.atomic
def export_answers(*, actor: Member, wave: Wave, place: Place, at: datetime) -> str:
    """Return the answers of a place as CSV, and record who took them.

    One row an answer in the stored order, so that the same rows are drawn together by the
    bootstrap; scale points as they were given. No name, contact or remark.
    """
    answers = answers_of(wave, place.units)
    audit.record(actor=actor, verb="exported", kind="answers", subject=wave.id, at=at)
    return "".join(_lines(answers, label_columns(wave)))


@transaction.atomic
def export_questionnaire(*, actor: Member, wave: Wave, at: datetime) -> str:
    """Return the instrument file of a wave, with which its answers are read."""
    audit.record(actor=actor, verb="exported", kind="questionnaire", subject=wave.id, at=at)
    return selectors.questionnaire_of(wave)


def _lines(answers: MemoryAnswers, labels: Sequence[str]) -> Iterator[str]:
    numbers = [name for name in answers.column_names if name not in labels]
    kinds: dict[str, ColumnKind] = dict.fromkeys(labels, "categories")
    kinds |= dict.fromkeys(numbers, "numbers")
    block = answers.read(Part(0, answers.rows), kinds)
    columns: list[list[str]] = []
    for name in labels:
        told = block.columns[name]
        values = told.values if isinstance(told, Categories) else ()
        codes = told.codes if isinstance(told, Categories) else ()
        columns.append([values[code] if code >= 0 else "" for code in codes])
    turned = {item.id for item in answers.instrument.items if item.reversed}
    for column, row in zip(answers.item_columns, block.codes, strict=True):
        given = row.astype(np.int64)
        if is_reversed(column.item in turned, column.battery):
            given = np.where(given > 0, column.levels + 1 - given, 0)
        columns.append([str(code + column.minimum - 1) if code else "" for code in given])
    for name in numbers:
        found = block.columns[name]
        given = () if isinstance(found, Categories) else found.values
        columns.append(["" if np.isnan(value) else _written(value) for value in given])
    names = [*labels, *(column.name for column in answers.item_columns), *numbers]
    for row_of_cells in (names, *zip(*columns, strict=True)):
        line = io.StringIO()
        csv.writer(line, lineterminator="\r\n").writerow(row_of_cells)
        yield line.getvalue()


def _written(value: float) -> str:
    """Return a number with every digit that it has."""
    return f"{value:.0f}" if float(value).is_integer() else repr(float(value))

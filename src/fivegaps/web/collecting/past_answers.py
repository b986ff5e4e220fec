"""Read a file of past answers, row by row, as the office stores answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from uuid import UUID, uuid5

import numpy as np
from django.utils.translation import gettext as _
from numpy.typing import NDArray

from fivegaps.errors import Fault
from fivegaps.io.answers import Answers, Categories, ColumnKind, Numbers
from fivegaps.io.kept import is_reversed
from fivegaps.io.open_raw import open_raw
from fivegaps.io.raw import RawTable
from fivegaps.io.read import answers_in, wanted_columns
from fivegaps.model.instrument import Instrument, Structure
from fivegaps.web.shared.text import has_unseen_signs, tidy_lines
from fivegaps.web.surveys.questionnaire import REMARK
from fivegaps.web.surveys.sheet import LONGEST_REMARK, Sheet
from fivegaps.web.surveys.strict import ALL_POINTS

# What may stand beside the answers, and the column that each is looked for in.
BESIDE = ("respondent", "unit", "channel", "date", "lang", REMARK)
MOST_FAULTS = 50
EARLIEST = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class PastRow:
    """A row as it will be stored: its place from 0, its places as the file's words."""

    place: int
    submission_id: UUID
    sheet: Sheet
    unit: str
    channel: str
    day: date | None
    lang: str


class PastFile:
    """A file of answers to a questionnaire; ``faults`` fills while its rows are read."""

    def __init__(
        self, path: Path, asked: Instrument, columns: Mapping[str, str], *, today: date
    ) -> None:
        """Open a file.

        Args:
            path: Any format that ``fivegaps analyze`` reads.
            asked: The questionnaire of the survey.
            columns: Which of the file's columns holds what stands beside the answers.
            today: No answer is of a later day.

        Raises:
            FileRefused: It is no table, or an answer is off its scale, with row and column.
            InstrumentRefused: It lacks columns of the questionnaire.
        """
        plain = replace(asked, structure=Structure())
        self.today = today
        self.raw: RawTable = open_raw(path, expected=frozenset(wanted_columns(plain)))
        names = frozenset(self.raw.names)
        self.columns = {key: name for key, name in columns.items() if name in names}
        # Columns that were named by hand must be there; those looked for by habit need not.
        self.missing = tuple(
            name for key, name in columns.items() if name not in names and name != key
        )
        self.answers: Answers = answers_in(path, self.raw, plain)
        self.faults: list[Fault] = []
        self.more_faults = 0
        self.bad: set[int] = set()

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.answers.rows

    def fault(
        self,
        what: str,
        advice: str = "",
        *,
        place: int,
        column: str | None,
        value: str | None = None,
    ) -> None:
        """Note what is wrong with a row; only so many are told in full, the rest are counted."""
        self.bad.add(place)
        if len(self.faults) < MOST_FAULTS:
            # To name a row of a delimited file its lines are counted anew: only where it is told.
            row = self.raw.row(place)
            self.faults.append(Fault(what, advice, row, column, value))
        else:
            self.more_faults += 1

    def read(self, wave_id: UUID) -> Iterator[PastRow]:
        """Give every row; the same file gives the same ids in the same wave."""
        bound = self.answers.instrument
        others = {
            column: (one.minimum, one.maximum) for one in bound.outcomes for column in one.columns
        }
        points = dict.fromkeys(bound.weights.values(), (0, ALL_POINTS))
        kinds: dict[str, ColumnKind] = dict.fromkeys(self.columns.values(), "categories")
        kinds |= dict.fromkeys([*others, *points], "numbers")
        seen: Counter[str] = Counter()
        for part in self.answers.parts():
            block = self.answers.read(part, kinds)
            given = np.ascontiguousarray(_as_given(self.answers, block.codes).T)
            places = block.rows.tolist()
            words = {key: _words(block.columns[name]) for key, name in self.columns.items()}
            numbers = {
                name: self._numbers(name, block.columns[name], ends, places)
                for name, ends in (others | points).items()
            }
            for index, place in enumerate(places):
                told = {key: texts[index] for key, texts in words.items()}
                other: dict[str, object] = {
                    name: values[index]
                    for name, values in numbers.items()
                    if values[index] is not None
                }
                if remark := self._remark(told.get(REMARK, ""), place):
                    other[REMARK] = remark
                sheet = Sheet(given[index].tobytes(), other)
                yield PastRow(
                    place=place,
                    submission_id=_id(wave_id, told, sheet, seen),
                    sheet=sheet,
                    unit=told.get("unit", ""),
                    channel=told.get("channel", ""),
                    day=self._day(told.get("date", ""), place),
                    lang=told.get("lang", ""),
                )

    def _numbers(
        self,
        name: str,
        column: Categories | Numbers,
        ends: tuple[int, int],
        places: Sequence[int],
    ) -> list[int | None]:
        """Return whole numbers, None where none is given; what is out of range is a fault."""
        if isinstance(column, Categories):
            return [None] * len(places)
        values, (lowest, highest) = column.values, ends
        given = ~np.isnan(values)
        safe = np.where(given, values, lowest)
        wrong = (safe != np.floor(safe)) | (safe < lowest) | (safe > highest)
        for index in np.flatnonzero(wrong).tolist():
            what = _("is no whole number from %(lowest)s to %(highest)s.")
            told = what % {"lowest": lowest, "highest": highest}
            self.fault(told, place=places[index], column=name, value=f"{values[index]:g}")
        kept = (given & ~wrong).tolist()
        return [int(one) if good else None for one, good in zip(safe.tolist(), kept, strict=True)]

    def _remark(self, text: str, place: int) -> str:
        remark = tidy_lines(text)
        if has_unseen_signs(remark) or len(remark) > LONGEST_REMARK:
            advice = _("At most %(n)s signs, all visible.") % {"n": LONGEST_REMARK}
            column = self.columns[REMARK]
            self.fault(_("cannot be used."), advice, place=place, column=column, value=remark[:40])
            return ""
        return remark

    def _day(self, text: str, place: int) -> date | None:
        if not text:
            return None
        try:
            day = _day(text[:10])
        except ValueError:
            day = None
        if day is None or not EARLIEST <= day <= self.today:
            advice = _("Write days as 2026-07-31.")
            column = self.columns["date"]
            self.fault(_("is no day."), advice, place=place, column=column, value=text[:40])
            return None
        return day


_day = lru_cache(maxsize=4096)(date.fromisoformat)


def _as_given(answers: Answers, codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return codes (k, n) as they were answered: readers turn reversed items, we store them."""
    given = codes.copy()
    turned = {item.id for item in answers.instrument.items if item.reversed}
    for place, column in enumerate(answers.item_columns):
        if is_reversed(column.item in turned, column.battery):
            row = given[place]
            given[place] = np.where(row > 0, column.levels + 1 - row, 0)
    return given


def _words(column: Categories | Numbers) -> list[str]:
    if not isinstance(column, Categories):
        return []
    values = [*(text.strip() for text in column.values), ""]
    return [values[code] for code in column.codes.tolist()]


def _id(wave_id: UUID, told: Mapping[str, str], sheet: Sheet, seen: Counter[str]) -> UUID:
    """Return the id of a row: by its respondent, else by what it says and how often before."""
    who = told.get("respondent", "")
    name = f"respondent:{who}"
    if not who:
        beside = "|".join(f"{key}={told[key]}" for key in sorted(told))
        name = f"row:{sheet.sha256('', beside)}"
    seen[name] += 1
    return uuid5(wave_id, name if who else f"{name}:{seen[name]}")

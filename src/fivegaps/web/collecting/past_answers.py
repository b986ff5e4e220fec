"""Read a file of past answers, row by row, as the office stores answers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
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
MOST_FAULTS = 200


@dataclass(frozen=True, slots=True)
class PastRow:
    """One row as it will be stored; ``unit`` and ``channel`` are words of the file."""

    place: int
    row: int
    submission_id: UUID
    sheet: Sheet
    unit: str
    channel: str
    day: date | None
    lang: str


class PastFile:
    """A file of answers to a questionnaire; ``faults`` fills while its rows are read."""

    def __init__(self, path: Path, asked: Instrument, columns: Mapping[str, str]) -> None:
        """Open a file.

        Args:
            path: Any format that ``fivegaps analyze`` reads.
            asked: The questionnaire of the survey.
            columns: Which of the file's columns holds what stands beside the answers.

        Raises:
            FileRefused: It is no table, or an answer is off its scale, with row and column.
            InstrumentRefused: It lacks columns of the questionnaire.
        """
        plain = replace(asked, structure=Structure())
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
        self.bad_rows: set[int] = set()

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return self.answers.rows

    def fault(self, fault: Fault) -> None:
        """Note what is wrong; only so many are kept, the rest are counted."""
        if fault.row is not None:
            self.bad_rows.add(fault.row)
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(fault)
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
            given = _as_given(self.answers, block.codes)
            words = {key: block.columns[name] for key, name in self.columns.items()}
            numbers = {name: block.columns[name] for name in (*others, *points)}
            for index, place in enumerate(block.rows.tolist()):
                row = self.raw.row(place)
                told = {key: _word(column, index) for key, column in words.items()}
                other = self._others(numbers, others | points, index, row)
                if remark := self._remark(told.get(REMARK, ""), row):
                    other[REMARK] = remark
                sheet = Sheet(given[:, index].tobytes(), other)
                yield PastRow(
                    place=place,
                    row=row,
                    submission_id=_id(wave_id, told, sheet, seen),
                    sheet=sheet,
                    unit=told.get("unit", ""),
                    channel=told.get("channel", ""),
                    day=self._day(told.get("date", ""), row),
                    lang=told.get("lang", ""),
                )

    def _others(
        self,
        numbers: Mapping[str, Categories | Numbers],
        ranges: Mapping[str, tuple[int, int]],
        index: int,
        row: int,
    ) -> dict[str, object]:
        found: dict[str, object] = {}
        for name, (lowest, highest) in ranges.items():
            column = numbers[name]
            value = float("nan") if isinstance(column, Categories) else column.values[index]
            if np.isnan(value):
                continue
            if value != int(value) or not lowest <= value <= highest:
                what = _("is no whole number from %(lowest)s to %(highest)s.")
                told = what % {"lowest": lowest, "highest": highest}
                self.fault(Fault(told, "", row, name, f"{value:g}"))
                continue
            found[name] = int(value)
        return found

    def _remark(self, text: str, row: int) -> str:
        remark = tidy_lines(text)
        if has_unseen_signs(remark) or len(remark) > LONGEST_REMARK:
            advice = _("At most %(n)s signs, all visible.") % {"n": LONGEST_REMARK}
            self.fault(Fault(_("cannot be used."), advice, row, self.columns[REMARK], remark[:40]))
            return ""
        return remark

    def _day(self, text: str, row: int) -> date | None:
        if not text:
            return None
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            advice = _("Write days as 2026-07-31.")
            self.fault(Fault(_("is no day."), advice, row, self.columns["date"], text[:40]))
            return None


def _as_given(answers: Answers, codes: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return codes (k, n) as they were answered: readers turn reversed items, we store them."""
    given = codes.copy()
    turned = {item.id for item in answers.instrument.items if item.reversed}
    for place, column in enumerate(answers.item_columns):
        if is_reversed(column.item in turned, column.battery):
            row = given[place]
            given[place] = np.where(row > 0, column.levels + 1 - row, 0)
    return given


def _word(column: Categories | Numbers, index: int) -> str:
    if not isinstance(column, Categories):
        return ""
    code = int(column.codes[index])
    return column.values[code].strip() if code >= 0 else ""


def _id(wave_id: UUID, told: Mapping[str, str], sheet: Sheet, seen: Counter[str]) -> UUID:
    """Return the id of a row: by its respondent, else by what it says and how often before."""
    who = told.get("respondent", "")
    name = f"respondent:{who}"
    if not who:
        beside = "|".join(f"{key}={told[key]}" for key in sorted(told))
        name = f"row:{sheet.sha256('', beside)}"
    seen[name] += 1
    return uuid5(wave_id, name if who else f"{name}:{seen[name]}")

"""Files of people and places: their columns, and their rows as text with line numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.open_raw import open_raw
from fivegaps.web.people.hour_words import NoHours, hours_in
from fivegaps.web.shared.text import has_unseen_signs, tidy

MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a kind of file."""

    needed: tuple[str, ...]
    possible: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every column."""
        return self.needed + self.possible


COLUMNS = {
    "units": Columns(("code", "name"), ("parent", "opened_on", "closed_on")),
    "employees": Columns(("code", "name", "unit"), ("joined_on", "moved_on", "left_on")),
    "touchpoints": Columns(("code", "name"), ("channel", "closed_on")),
    "holidays": Columns(("day", "name"), ("unit", "hours")),
}
DAYS = {"opened_on", "closed_on", "joined_on", "moved_on", "left_on", "day"}
CODES = {"code", "parent", "unit", "channel"}
KEYS = {"holidays": ("unit", "day")}  # what names a row; elsewhere its code


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: dict[str, str]

    def day(self, column: str) -> date | None:
        """Return the day in a cell that was checked; None when it is empty."""
        text = self.cells.get(column, "")
        return date.fromisoformat(text) if text else None


def read_lines(path: Path, kind: str, *, name: str) -> list[Line]:
    """Return the rows of a CSV, XLSX or ODS file.

    Raises:
        FileRefused: It is no table, lacks a column, or has too many rows.
    """
    try:
        table = open_raw(path, expected=frozenset(COLUMNS[kind].names))
    except FileRefused as refused:
        raise FileRefused(name, *refused.faults) from None
    if table.faults:
        raise FileRefused(name, *table.faults)
    columns = {tidy(column).casefold(): column for column in table.names}
    missing = [column for column in COLUMNS[kind].needed if column not in columns]
    if missing:
        wanted = ", ".join(COLUMNS[kind].names)
        what = _("lacks the column %(column)s.") % {"column": missing[0]}
        advice = _("The first row names the columns: %(columns)s.") % {"columns": wanted}
        raise FileRefused(name, Fault(what, advice))
    wanted_columns = {key: columns[key] for key in COLUMNS[kind].names if key in columns}
    lines: list[Line] = []
    for batch in table.batches():
        cells = {key: batch.column(column).to_pylist() for key, column in wanted_columns.items()}
        for index in range(batch.num_rows):
            texts = {key: _text(key, values[index]) for key, values in cells.items()}
            if any(texts.values()):
                lines.append(Line(table.row(len(lines)), texts))
            if len(lines) > MOST_ROWS:
                raise FileRefused(name, Fault(_("has more than %(n)s rows.") % {"n": MOST_ROWS}))
    if not lines:
        raise FileRefused(name, Fault(_("has no rows below the first.")))
    return lines


def plain_faults(line: Line, kind: str) -> list[Fault]:
    """Return what is wrong with the cells of a row by themselves."""
    found = []
    for column, text in line.cells.items():
        if column in COLUMNS[kind].needed and not text:
            found.append(Fault(_("is empty."), "", line.number, column))
        elif column in DAYS and text and not _is_day(text):
            advice = _("Write days as 2026-07-31.")
            found.append(Fault(_("is no day."), advice, line.number, column, text))
        elif column == "hours" and not _tells_hours(text):
            advice = _("Write hours as 9:00-12:00, 13:00-17:00; nothing means closed.")
            found.append(Fault(_("are no hours."), advice, line.number, column, text[:40]))
        elif len(text) > 120 or has_unseen_signs(text):
            advice = _("At most 120 signs, all visible.")
            found.append(Fault(_("cannot be used."), advice, line.number, column, text[:40]))
    return found


def _text(column: str, value: object) -> str:
    text = "" if value is None else tidy(str(value))
    if column in DAYS:
        return text.removesuffix(" 00:00:00").removesuffix("T00:00:00")
    return text.lower() if column in CODES else text


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _tells_hours(text: str) -> bool:
    try:
        hours_in(text)
    except NoHours:
        return False
    return True


def as_json(lines: Sequence[Line]) -> list[list[object]]:
    """Return rows as they are staged."""
    return [[line.number, line.cells] for line in lines]


def from_json(rows: Sequence[Sequence[object]]) -> list[Line]:
    """Return staged rows."""
    lines = []
    for number, cells in rows:
        if isinstance(number, int) and isinstance(cells, dict):
            lines.append(Line(number, {str(key): str(text) for key, text in cells.items()}))
    return lines

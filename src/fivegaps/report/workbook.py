"""The tables of the report as a workbook: typed cells, a sheet a table, a dictionary.

Figures are written unrounded with a number format; an estimate takes a column
each for value, low, high, n and method. Text is always written as text: what
begins with ``=``, ``+``, ``-`` or ``@`` never becomes a formula.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from fivegaps.report.document import Document
from fivegaps.report.drawing.lettering import width_of
from fivegaps.report.method_words import told
from fivegaps.report.tables import Cell, Column, Named, Table, reason_in_words
from fivegaps.report.words import Words
from fivegaps.stats.estimate import Estimate, GapEstimate

_FORMATS = {
    "count": "#,##0.##",
    "mean": "0.00",
    "signed": "+0.00;-0.00;0.00",
    "coefficient": "0.00",
    "share": "0.0%",
    "p": "0.000",
    "statistic": "0.00",
    "index": "0.000",
}
_KINDS = {"name": "text", "text": "text", "count": "count", "share": "share", "p": "p"}
_LONGEST_SHEET_NAME = 31
_WIDEST = 48
# A fixed date keeps two workbooks of the same figures the same, byte for byte.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC)

Value = str | float | None


@dataclass(frozen=True, slots=True)
class _Field:
    """One column of a sheet: its heading, the kind of its values and what they mean."""

    heading: str
    kind: str
    meaning: str


def sheet_name(table: str, taken: set[str]) -> str:
    """Return a sheet name that Excel takes and that is not taken yet."""
    clean = re.sub(r"[\[\]:*?/\\']", "_", table)[:_LONGEST_SHEET_NAME] or "table"
    name, number = clean, 2
    while name.casefold() in taken:
        end = f"_{number}"
        name, number = clean[: _LONGEST_SHEET_NAME - len(end)] + end, number + 1
    taken.add(name.casefold())
    return name


def _fields(column: Column, cells: Sequence[Cell], words: Words) -> list[_Field]:
    """Return the sheet's columns for one column of a table."""
    if any(isinstance(cell, Named) for cell in cells):
        identifier = f"{column.title}: {words.say('workbook.id')}"
        return [
            _Field(identifier, "text", column.meaning),
            _Field(column.title, "text", column.meaning),
        ]
    value = _Field(column.title, column.kind, column.meaning)
    if not any(isinstance(cell, Estimate | GapEstimate) for cell in cells):
        return [value]

    def part(name: str, kind: str) -> _Field:
        heading = f"{column.title}: {words.say(f'workbook.{name}') if name != 'n' else 'n'}"
        return _Field(heading, kind, column.meaning)

    return [
        value,
        part("low", column.kind),
        part("high", column.kind),
        part("n", "count"),
        part("method", "text"),
    ]


def _values(cell: Cell, width: int, words: Words) -> list[Value]:
    """Return the sheet's values for one cell, as many as its column has fields."""
    match cell:
        case Named():
            values: list[Value] = [cell.id, cell.name]
        case Estimate() | GapEstimate():
            method = told(cell.method, words)
            if cell.value is None and cell.reason:
                reason = reason_in_words(cell.reason, words)
                method = f"{method} – {reason}" if method else reason
            values = [cell.value, cell.low, cell.high, cell.n, method]
        case _:
            # A plain text in a column of names (a total's row) is its name, without an id.
            values = [None, cell] if width == 2 and isinstance(cell, str) else [cell]
    return [*values, *[None] * (width - len(values))][:width]


class _Sheets:
    """Writes sheets into one workbook with shared formats."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self.book = book
        self.words = words
        self.taken: set[str] = set()
        base = {"valign": "top"}
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E9EEF4"}
        )
        self.plain: Format = book.add_format({**base, "num_format": "@"})
        self.wrapped: Format = book.add_format({**base, "num_format": "@", "text_wrap": True})
        self.title: Format = book.add_format({"bold": True, "font_size": 14})
        self.numbers = {
            kind: book.add_format({**base, "num_format": form}) for kind, form in _FORMATS.items()
        }

    def sheet(self, name: str) -> tuple[str, Worksheet]:
        """Add a sheet and return its name and itself."""
        name = sheet_name(name, self.taken)
        return name, self.book.add_worksheet(name)

    def write(self, sheet: Worksheet, row: int, column: int, value: Value, kind: str) -> None:
        """Write one value, typed; None and what is not finite stay empty."""
        if value is None:
            return
        if isinstance(value, str):
            sheet.write_string(row, column, value, self.plain)
        elif math.isfinite(value):
            sheet.write_number(row, column, value, self.numbers.get(kind, self.plain))

    def table(self, table: Table) -> tuple[str, list[_Field]]:
        """Write a table on a sheet of its own; return the sheet's name and columns."""
        name, sheet = self.sheet(table.id)
        fields: list[_Field] = []
        widths: list[int] = []
        for at, column in enumerate(table.columns):
            new = _fields(column, [row[at] for row in table.rows], self.words)
            widths.append(len(new))
            fields += new
        for at, field in enumerate(fields):
            sheet.write_string(0, at, field.heading, self.head)
        longest = [_characters(field.heading) for field in fields]
        for number, row in enumerate(table.rows, start=1):
            at = 0
            for cell, width in zip(row, widths, strict=True):
                for value in _values(cell, width, self.words):
                    self.write(sheet, number, at, value, fields[at].kind)
                    if isinstance(value, str):
                        longest[at] = max(longest[at], _characters(value))
                    at += 1
        for at, length in enumerate(longest):
            sheet.set_column(at, at, min(max(9, length + 2), _WIDEST))
        frozen = 2 if table.columns and table.columns[0].kind == "name" else 1
        sheet.freeze_panes(1, frozen)
        if fields:
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(fields) - 1)
        return name, fields


def _characters(text: str) -> float:
    """Return the width of a text in characters of Excel's default font."""
    return width_of(text, 1.0) / 0.56


def workbook(document: Document) -> bytes:
    """Return the workbook of a report.

    Sheets: a page to read first, one for each table, and a dictionary of columns.
    """
    words = Words(document.lang)
    buffer = io.BytesIO()
    book = Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    book.set_properties({"title": document.title, "created": _CREATED})
    sheets = _Sheets(book, words)
    _, readme = sheets.sheet(words.say("workbook.readme"))
    listed: list[tuple[str, Table, list[_Field]]] = []
    for table in document.tables():
        if table.rows:
            name, fields = sheets.table(table)
            listed.append((name, table, fields))
    _dictionary(sheets, listed)
    _readme(sheets, readme, document, listed)
    book.close()
    return buffer.getvalue()


def _readme(
    sheets: _Sheets,
    sheet: Worksheet,
    document: Document,
    listed: list[tuple[str, Table, list[_Field]]],
) -> None:
    say = sheets.words.say
    sheet.write_string(0, 0, document.title, sheets.title)
    sheet.write_string(1, 0, document.subtitle, sheets.plain)
    sheet.merge_range(3, 0, 3, 2, say("workbook.about"), sheets.wrapped)
    sheet.set_row(3, 80)
    for at, key in enumerate(("sheet", "contents", "about_note")):
        heading = say("page.note") if key == "about_note" else say(f"workbook.{key}")
        sheet.write_string(5, at, heading, sheets.head)
    for row, (name, table, _) in enumerate(listed, start=6):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(row, 1, table.title, sheets.wrapped)
        sheet.write_string(row, 2, table.note, sheets.wrapped)
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 52)
    sheet.set_column(2, 2, 90)
    sheet.activate()


def _dictionary(sheets: _Sheets, listed: list[tuple[str, Table, list[_Field]]]) -> None:
    say = sheets.words.say
    _, sheet = sheets.sheet(say("workbook.dictionary"))
    for at, key in enumerate(("sheet", "column", "meaning", "kind")):
        sheet.write_string(0, at, say(f"workbook.{key}"), sheets.head)
    row = 1
    for name, _, fields in listed:
        for field in fields:
            kind = say(f"workbook.kind_{_KINDS.get(field.kind, 'number')}")
            for at, text in enumerate((name, field.heading, field.meaning, kind)):
                sheet.write_string(row, at, text, sheets.plain)
            row += 1
    sheet.set_column(0, 1, 30)
    sheet.set_column(2, 2, 80)
    sheet.set_column(3, 3, 18)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(row - 1, 1), 3)

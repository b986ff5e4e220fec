"""Write tables to an Excel workbook: typed cells, and text that stays text."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping

import xlsxwriter

from fivegaps.errors import OptionRefused
from fivegaps.io.atomic import atomic_file
from fivegaps.io.table import Column, Table

_MOST_ROWS = 1_048_575
_LONGEST_TEXT = 32_767
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_xlsx(
    path: str | os.PathLike[str],
    sheets: Table | Mapping[str, Table],
    *,
    number_formats: Mapping[str, str] | None = None,
) -> None:
    """Write one sheet a table: bold header, frozen and filtered, columns as wide as needed.

    Text is written as text whatever it begins with: ``=1+1`` is three signs and
    never a formula, ``http://…`` no link, ``007`` no number. Null and NaN are
    empty cells. ``number_formats`` maps a column's name to an Excel format such
    as ``0.00``. Cells hold every digit; formats only show fewer.

    Raises:
        OptionRefused: A table has more rows than a sheet holds (1,048,575 and a header).
    """
    tables = {"answers": sheets} if isinstance(sheets, Table) else dict(sheets)
    for name, table in tables.items():
        if table.rows > _MOST_ROWS:
            raise OptionRefused(
                str(path),
                f"sheet {name!r} would need {table.rows:,} rows and Excel holds {_MOST_ROWS:,};"
                " write .csv or .parquet",
            )
    with atomic_file(path) as temporary:
        book = xlsxwriter.Workbook(
            temporary,
            {
                "constant_memory": sum(table.rows for table in tables.values()) > 50_000,
                "strings_to_formulas": False,
                "strings_to_urls": False,
                "strings_to_numbers": False,
                "default_date_format": "yyyy-mm-dd",
            },
        )
        taken: set[str] = set()
        for name, table in tables.items():
            sheet = book.add_worksheet(_sheet_name(name, taken))
            _fill(book, sheet, table, number_formats or {})
        book.close()


def _fill(
    book: xlsxwriter.Workbook,
    sheet: xlsxwriter.worksheet.Worksheet,
    table: Table,
    number_formats: Mapping[str, str],
) -> None:
    heading = book.add_format({"bold": True, "bottom": 1, "valign": "top", "text_wrap": True})
    columns = [column.arrow().to_pylist() for column in table.columns]
    formats = []
    for place, (column, values) in enumerate(zip(table.columns, columns, strict=True)):
        pattern = number_formats.get(column.name)
        style = book.add_format({"num_format": pattern}) if pattern else None
        formats.append(style)
        sheet.set_column(place, place, _width(column, values), style)
    for place, column in enumerate(table.columns):
        sheet.write_string(0, place, column.name, heading)
    for row, values in enumerate(zip(*columns, strict=True), start=1):
        for place, value in enumerate(values):
            _write(sheet, row, place, value, formats[place])
    if table.columns:
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(table.rows, 1), len(table.columns) - 1)


def _write(
    sheet: xlsxwriter.worksheet.Worksheet,
    row: int,
    place: int,
    value: object,
    style: xlsxwriter.format.Format | None,
) -> None:
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value, style)
    elif isinstance(value, (int, float)):
        if value == value and abs(value) != float("inf"):  # noqa: PLR0124  # NaN differs from itself
            sheet.write_number(row, place, value, style)
    elif isinstance(value, (dt.datetime, dt.date)):
        sheet.write_datetime(row, place, value, style)
    else:
        sheet.write_string(row, place, str(value)[:_LONGEST_TEXT], style)


def _width(column: Column, values: list[object]) -> float:
    longest = max((len(_shown(value)) for value in values[:200]), default=0)
    return float(min(max(len(column.name), longest, 6) + 2, 60))


def _shown(value: object) -> str:
    return f"{value:.6g}" if isinstance(value, float) else "" if value is None else str(value)


def _sheet_name(name: str, taken: set[str]) -> str:
    r"""Return a name Excel allows: 31 signs, none of []:*?/\\, no apostrophe at the ends."""
    legal = name.translate(_NOT_IN_NAMES).strip("' ")[:31] or "sheet"
    unique, count = legal, 1
    while unique.casefold() in taken:
        count += 1
        unique = f"{legal[: 31 - len(str(count)) - 1]} {count}"
    taken.add(unique.casefold())
    return unique

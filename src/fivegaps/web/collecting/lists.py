"""Lists of people to invite: pasted lines, or the rows of a CSV, XLSX or ODS file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parseaddr
from pathlib import Path

from django.utils.translation import gettext as _

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.open_raw import open_raw
from fivegaps.web.shared.text import tidy

COLUMNS = ("email", "name", "language", "unit", "channel", "employee", "external_id")
CODES = {"language", "unit", "channel", "employee"}
MOST_ROWS = 50_000
LONGEST_CELL = 300
BETWEEN = re.compile(r"[\n;,]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a list: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]


def read_pasted(text: str) -> list[Row]:
    """Return the addresses in a pasted text, one a line or parted by commas or semicolons.

    ``Anna Liepa <anna@example.org>`` gives the name as well.

    Raises:
        FileRefused: There are none, or too many.
    """
    rows = []
    for number, part in enumerate(_parts(text), start=1):
        name, address = parseaddr(part) if "<" in part else ("", part)
        rows.append(Row(number, {"email": tidy(address or part), "name": tidy(name)}))
    return _checked(rows, _("the pasted text"))


def read_file(path: Path, *, name: str) -> list[Row]:
    """Return the rows of a file whose first row names the columns.

    Raises:
        FileRefused: It is no table, has no column ``email``, or too many rows.
    """
    try:
        table = open_raw(path, expected=frozenset(COLUMNS))
    except FileRefused as refused:
        raise FileRefused(name, *refused.faults) from None
    if table.faults:
        raise FileRefused(name, *table.faults)
    columns = {tidy(column).casefold().replace("-", ""): column for column in table.names}
    if "email" not in columns:
        what = _("lacks the column %(column)s.") % {"column": "email"}
        advice = _("The first row names the columns: %(columns)s.") % {
            "columns": ", ".join(COLUMNS)
        }
        raise FileRefused(name, Fault(what, advice))
    wanted = {key: columns[key] for key in COLUMNS if key in columns}
    rows: list[Row] = []
    n = 0
    for batch in table.batches():
        cells = {key: batch.column(column).to_pylist() for key, column in wanted.items()}
        for index in range(batch.num_rows):
            texts = {key: _text(key, values[index]) for key, values in cells.items()}
            if any(texts.values()):
                rows.append(Row(table.row(n), texts))
            n += 1
        if len(rows) > MOST_ROWS:
            break
    return _checked(rows, name)


def _parts(text: str) -> Iterator[str]:
    quoted = re.sub(r'"[^"\n]*"', lambda match: match[0].replace(",", " ").replace(";", " "), text)
    return (part.strip() for part in BETWEEN.split(quoted) if part.strip())


def _checked(rows: list[Row], name: str) -> list[Row]:
    if not rows:
        raise FileRefused(name, Fault(_("holds no address.")))
    if len(rows) > MOST_ROWS:
        raise FileRefused(name, Fault(_("has more than %(n)s rows.") % {"n": MOST_ROWS}))
    return rows


def _text(column: str, value: object) -> str:
    if isinstance(value, float) and value.is_integer():  # a number of a spreadsheet
        value = int(value)
    text = "" if value is None else tidy(str(value)[:LONGEST_CELL])
    return text.lower() if column in CODES else text

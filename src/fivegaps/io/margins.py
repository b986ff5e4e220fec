"""Read known margins of a population from a small CSV file.

One row per value: ``column,value,share`` (0 to 1, or percentages) or
``column,value,count``; columns in any order, comma or semicolon, UTF-8::

    column,value,share
    channel,branch,0.6
    channel,phone,0.4
    age,under 40,0.45
    age,40 and over,0.55
"""

from __future__ import annotations

import csv
import math
from pathlib import Path

from fivegaps.errors import Fault, FileRefused
from fivegaps.stats.weights import Margin

_AMOUNTS = ("share", "count")


def read_margins(path: str | Path) -> tuple[Margin, ...]:
    """Return the margins of a file, one per column, in the file's order.

    Raises:
        FileRefused: The file cannot be read, or has rows that make no sense; every
            such row is named.
    """
    path = Path(path)
    rows = _rows(path)
    header = [name.strip().lower() for name in rows[0]] if rows else []
    amount = next((name for name in _AMOUNTS if name in header), None)
    if amount is None or "column" not in header or "value" not in header:
        raise FileRefused(
            path.name,
            Fault(
                "needs the columns column, value and share (or count).",
                "For instance: column,value,share",
                row=1,
            ),
        )
    targets: dict[str, dict[str, float]] = {}
    faults: list[Fault] = []
    for number, row in enumerate(rows[1:], start=2):
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(header):
            faults.append(Fault(f"has {len(row)} cells, the header {len(header)}.", row=number))
            continue
        column, value, told = (
            row[header.index(name)].strip() for name in ("column", "value", amount)
        )
        target = _number(told)
        if not column:
            faults.append(Fault("names no column.", row=number))
        elif target is None:
            faults.append(Fault("is not a number above 0.", row=number, column=amount, value=told))
        elif value in targets.get(column, {}):
            faults.append(Fault("is given twice.", row=number, column=column, value=value))
        else:
            targets.setdefault(column, {})[value] = target
    if not targets and not faults:
        faults.append(Fault("holds no margin.", "Add a row for each value."))
    if faults:
        raise FileRefused(path.name, *faults)
    return tuple(Margin(column, values) for column, values in targets.items())


def _rows(path: Path) -> list[list[str]]:
    """Return the cells of the file, split at commas or at semicolons."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise FileRefused(path.name, Fault("is not UTF-8.", "Save it as UTF-8.")) from None
    except OSError as error:
        raise FileRefused(path.name, Fault(f"{error.strerror or error}.")) from None
    lines = text.splitlines()
    delimiter = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    return list(csv.reader(lines, delimiter=delimiter))


def _number(told: str) -> float | None:
    """Return a positive number, with or without a percent sign; None otherwise."""
    try:
        value = float(told.removesuffix("%"))
    except ValueError:
        return None
    return value if 0 < value < math.inf else None

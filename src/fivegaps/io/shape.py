"""Why delimited text is no table: which rows are too short or too long, which quote stays open.

Gone through with Python's csv module only once Arrow has refused the file, so
that the answer names the row as a spreadsheet shows it.
"""

from __future__ import annotations

import csv

from fivegaps.errors import Fault
from fivegaps.io.decoding import TextFile

_SHOWN = 20
_LONG_QUOTE_LINES = 200


def faults_of_shape(text: TextFile, delimiter: str, width: int) -> list[Fault]:
    """Return the first faults of rows that should have ``width`` cells, and how many there are.

    ``width`` 0 takes the width of the first row.
    """
    faults: list[Fault] = []
    ragged = 0
    row = start = 0
    lines = _Lines(text)
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        start = lines.count + 1
        try:
            record = next(records, None)
        except csv.Error as error:
            return [*faults[:_SHOWN], _open_quote(row + 1, start, str(error))]
        if record is None:
            break
        row += 1
        width = width or len(record)
        if not record or len(record) == width:
            continue
        if lines.count - start >= _LONG_QUOTE_LINES:
            return [*faults[:_SHOWN], _open_quote(row, start, "")]
        ragged += 1
        if ragged <= _SHOWN:
            faults.append(_ragged(record, row, width, delimiter))
    if ragged > _SHOWN:
        faults.append(Fault(f"{ragged - _SHOWN:,} more rows are of another length."))
    return faults


class _Lines:
    """The lines of a text, counted while they are taken."""

    def __init__(self, text: TextFile) -> None:
        self.count = 0
        self._lines = text.lines()

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        return line


def _ragged(record: list[str], row: int, width: int, delimiter: str) -> Fault:
    found = len(record)
    more = "more" if found > width else "fewer"
    sign = "tab" if delimiter == "\t" else delimiter
    return Fault(
        f"has {found} cells where the header has {width}: {abs(found - width)} {more}.",
        f"Look for a {sign!r} that stands in a text without quotes, or for a cell left out."
        if found > width
        else "Look for cells left out, or for a line break inside a text without quotes.",
        row=row,
        value=delimiter.join(record)[:60],
    )


def _open_quote(row: int, line: int, detail: str) -> Fault:
    note = "" if not detail or "unexpected end" in detail else f" ({detail})"
    return Fault(
        f'opens a quote (") that is not closed{note}; the row begins in line {line} of the file.',
        'Close it, or double it ("") where it is part of a text.',
        row=row,
    )

"""Join filled sheets of several forms into one file of a company folder."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from fivegaps.errors import Fault, FileRefused, OptionRefused
from fivegaps.io.atomic import atomic_file
from fivegaps.io.open_raw import open_raw

FIRST = ("respondent", "wave", "unit")
# How the columns of a voice begin; everything else in a sheet is left out and told.
BEGINNINGS = {
    "managers": ("level", "e_", "w_", "s_", "a_", "x_", "evidence_s0-"),
    "employees": (
        "role", "d_", "c_", "e_", "m_", "a_", "problem", "first_change", "support_unit", "i_",
    ),
}  # fmt: skip
_SUPPORT = ("support_unit", "i_")
# An XLSForm calls x_s0-09@phone x_s0-09_phone, and may put the group before a name.
_BY_CHANNEL = re.compile(r"(x_s0-\d\d)_(.+)")

Row = dict[str, str]
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Joined:
    """What was written: how many people, how many rows, which columns were left out."""

    people: int
    rows: int
    left_out: tuple[str, ...]


@dataclass(slots=True)
class _Person:
    own: Row = field(default_factory=dict)
    support: dict[str, Row] = field(default_factory=dict)


def join_sheets(
    paths: Sequence[str | os.PathLike[str]], out: str | os.PathLike[str], *, overwrite: bool = False
) -> Joined:
    """Write one row a respondent and wave from the sheets of several forms.

    A rating of a further support unit becomes a further row, as the file
    ``employees`` has it. A row without respondent is nobody else's.

    Args:
        paths: Filled workbooks, CSV files or exports of an XLSForm, of one voice.
        out: ``managers.csv`` or ``employees.csv``; the name tells whose sheets they are.
        overwrite: Replace a file that is there.

    Raises:
        OptionRefused: ``out`` has another name, or is there already.
        FileRefused: A sheet cannot be read, or two sheets contradict one another.
    """
    target = Path(out)
    if target.suffix != ".csv" or target.stem not in BEGINNINGS:
        raise OptionRefused("--out", f"{target.name} must be managers.csv or employees.csv")
    if target.exists() and not overwrite:
        raise OptionRefused("--out", f"{target} is there already; give --overwrite")
    people: dict[Key, _Person] = {}
    left_out: dict[str, None] = {}
    for path in paths:
        for number, row in _rows(Path(path), target.stem, left_out):
            _put(people, row, place=(Path(path).name, number))
    rows = [row for person in people.values() for row in _written(person)]
    columns = tuple(dict.fromkeys((*FIRST, *(name for row in rows for name in row))))
    with atomic_file(target) as temporary, temporary.open("w", newline="", encoding="utf-8") as to:
        writer = csv.DictWriter(to, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return Joined(len(people), len(rows), tuple(left_out))


def column_of(name: str) -> str:
    """Return the column of a company folder that a name in an export stands for."""
    last = name.rpartition("/")[2]
    found = _BY_CHANNEL.fullmatch(last)
    return f"{found[1]}@{found[2]}" if found else last


def _rows(path: Path, voice: str, left_out: dict[str, None]) -> Iterator[tuple[int, Row]]:
    """Yield the rows that say anything, with their number in the sheet."""
    raw = open_raw(path, expected=frozenset(FIRST))
    if raw.faults:
        raise FileRefused(path.name, *raw.faults)
    kept: dict[str, str] = {}
    for name in raw.names:
        column = column_of(name)
        if column in FIRST or column.startswith(BEGINNINGS[voice]):
            kept[name] = column
        else:
            left_out.setdefault(name)
    if len(kept) <= len([name for name in kept.values() if name in FIRST]):
        fault = Fault(f"asks {voice} nothing.", "Give sheets of one voice; --out names it.")
        raise FileRefused(path.name, fault)
    index = 0
    for batch in raw.batches(wanted=list(kept)):
        for cells in batch.to_pylist():
            row = {kept[name]: _text(cell) for name, cell in cells.items() if name in kept}
            given = {name: text for name, text in row.items() if text}
            if any(name not in FIRST for name in given):
                yield raw.row(index), given
            index += 1


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float):
        return "" if cell != cell else f"{cell:g}"  # noqa: PLR0124 - NaN alone differs from itself
    return str(cell).strip()


def _put(people: dict[Key, _Person], row: Row, *, place: tuple[str, int]) -> None:
    file, number = place
    name = row.get("respondent", "")
    key = (name or f"{file}:{number}", row.get("wave", ""))
    person = people.setdefault(key, _Person())
    support = {column: text for column, text in row.items() if column.startswith(_SUPPORT)}
    for column, text in row.items():
        if column in support:
            continue
        if person.own.setdefault(column, text) != text:
            what = f"{name} said {person.own[column]!r} in another row or sheet."
            advice = "A respondent answers once a wave; leave one of the answers."
            raise FileRefused(file, Fault(what, advice, row=number, column=column, value=text))
    if support:
        unit = support.get("support_unit", "")
        if person.support.setdefault(unit, support) != support:
            what = f"{name} rated this support unit twice."
            raise FileRefused(
                file, Fault(what, "Leave one.", row=number, column="support_unit", value=unit)
            )


def _written(person: _Person) -> Iterator[Row]:
    first, *further = person.support.values() or ({},)
    yield {**person.own, **first}
    for support in further:
        yield {**{name: person.own.get(name, "") for name in ("respondent", "wave")}, **support}

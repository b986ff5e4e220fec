"""The files of a company folder, each as a table of columns, whatever its format."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.cells import tidy
from fivegaps.io.company.faults import Faults
from fivegaps.io.open_raw import open_raw
from fivegaps.io.raw import RawTable

FILES = (
    "units", "customers", "managers", "employees", "standards", "observations", "policies",
    "promises", "promise_outcomes", "cases", "ideas", "decisions", "competitors", "facts",
    "actions",
)  # fmt: skip
SETTINGS = "company.toml"
WORKBOOK = "company.xlsx"
_SUFFIXES = (".csv", ".parquet")
_ALMOST = 0.8  # alike enough to be a slip of the pen


@dataclass(frozen=True, slots=True)
class Sheet:
    """One file of the folder: ``place`` is how messages name it.

    ``raw`` is None when there is a header and no rows; ``names`` are then the header's.
    """

    file: str
    place: str
    names: tuple[str, ...]
    raw: RawTable | None

    def row(self, index: int) -> int:
        """Return the row, as a spreadsheet shows it, of the row at an index from 0."""
        return index + 2 if self.raw is None else self.raw.row(index)

    @property
    def sha256(self) -> str:
        """SHA-256 of the file; "" when it holds no rows."""
        return "" if self.raw is None else self.raw.origin.sha256


def open_sheets(
    folder: Path, faults: Faults, *, known: Collection[str] = ()
) -> tuple[dict[str, Sheet], list[str]]:
    """Return the files that a folder holds, opened, and the names of tables left aside.

    ``known`` are column names that files may have: a first row with one of them
    is a header. A file that is given twice, is called almost like a file of the
    contract, or is no table is a fault.
    """
    sheets: dict[str, Sheet] = {}
    aside: list[str] = []
    book = folder / WORKBOOK
    in_book = _sheet_names(book, faults) if book.is_file() else ()
    in_folder = [file for file in sorted(folder.iterdir()) if file.suffix in _SUFFIXES]
    stems = [file.stem for file in in_folder]
    named = [*stems, *in_book]
    for name in FILES:
        sources = [file.name for file in in_folder if file.stem == name]
        matches = [sheet for sheet in in_book if tidy(sheet).casefold() == name]
        places = [*sources, *(f"{WORKBOOK}, sheet {sheet}" for sheet in matches)]
        if len(places) > 1:
            faults.add(
                places[0],
                Fault(f"is there twice: {' and '.join(places)}.", "Leave one of them."),
            )
        if not places:
            continue
        sheet = matches[0] if matches and not sources else None
        path = folder / sources[0] if sources else book
        try:
            sheets[name] = _open(name, path, sheet, known)
        except FileRefused as refused:
            faults.add(places[0], *refused.faults)
    for name in dict.fromkeys(named):
        if tidy(name).casefold() in FILES and (name in in_book or name in FILES):
            continue
        absent = [file for file in FILES if file not in sheets]
        near = difflib.get_close_matches(tidy(name).casefold(), absent, n=1, cutoff=_ALMOST)
        if near:
            file = f"{name}{_suffix(name, in_folder)}"
            what = f"is no file of a company folder; did you mean {near[0]!r}?"
            faults.add(file, Fault(what, "Rename it."))
        else:
            aside.append(name)
    return sheets, aside


def _suffix(stem: str, files: Collection[Path]) -> str:
    return next((file.suffix for file in files if file.stem == stem), "")


def _sheet_names(book: Path, faults: Faults) -> tuple[str, ...]:
    import python_calamine as calamine  # for workbooks alone

    try:
        return tuple(calamine.CalamineWorkbook.from_path(book).sheet_names)
    except (calamine.CalamineError, OSError) as error:
        faults.add(book.name, Fault(f"cannot be read as a workbook ({error}).", "Save it again."))
        return ()


def _open(name: str, path: Path, sheet: str | None, known: Collection[str]) -> Sheet:
    place = path.name if sheet is None else f"{path.name}, sheet {sheet}"
    header = _only_header(path, sheet)
    if header is not None:
        return Sheet(name, place, header, None)
    raw = open_raw(path, sheet=sheet, expected=frozenset(known))
    if raw.faults:
        raise FileRefused(place, *raw.faults)
    return Sheet(name, place, raw.names, raw)


def _only_header(path: Path, sheet: str | None) -> tuple[str, ...] | None:
    """Return the names of a file with a header and no rows; None when it has rows.

    Such a file is one that nobody filled in yet.
    """
    if sheet is not None:
        import python_calamine as calamine

        cells = calamine.CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
        if cells.height > 1:
            return None
        rows = cells.to_python()
        return tuple(tidy(str(cell)) for cell in rows[0]) if rows else ()
    if path.suffix != ".csv" or path.stat().st_size > 1 << 16:
        return None
    import csv

    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return None
    lines = [line for line in text.splitlines() if line.strip(" ,;\t")]
    if len(lines) != 1:
        return None
    delimiter = max(",;\t", key=lines[0].count)
    return tuple(tidy(cell) for cell in next(csv.reader(lines, delimiter=delimiter)))


def whole_column(batches: Sequence[pa.RecordBatch], name: str) -> pa.ChunkedArray:
    """Return one column of all batches, of the type that holds them all."""
    chunks = [batch.column(name) for batch in batches]
    kinds = {chunk.type for chunk in chunks if not pa.types.is_null(chunk.type)}
    kind = kinds.pop() if len(kinds) == 1 else pa.string()
    return pa.chunked_array([chunk.cast(kind) for chunk in chunks], type=kind)

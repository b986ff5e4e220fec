"""Workbooks: XLSX and ODS (and old XLS), one sheet of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import python_calamine as calamine

from fivegaps.errors import Fault, FileRefused, OptionRefused
from fivegaps.io.answers import Notice
from fivegaps.io.archives import check_zip
from fivegaps.io.cells import tidy
from fivegaps.io.header import header
from fivegaps.io.raw import Origin, RawTable
from fivegaps.io.statistical import sha256_of
from fivegaps.io.where import close_names

_ROWS = 16_384
_FIRST = 53

Cell = int | float | str | bool | dt.date | dt.datetime | dt.time | dt.timedelta


class SheetTable(RawTable):
    """One sheet of a workbook, handed out some thousand rows at a time."""

    def __init__(
        self,
        path: Path,
        *,
        kind: str,
        sheet: str | None = None,
        expected: frozenset[str] = frozenset(),
    ) -> None:
        if kind in {"xlsx", "ods"}:
            check_zip(path).close()
        try:
            self._book = calamine.CalamineWorkbook.from_path(path)
            names = tuple(self._book.sheet_names)
            self._sheets: dict[str, calamine.CalamineSheet] = {}
            self._sheet_name, notices = _chosen(names, sheet, self._is_filled)
            self._sheet = self._parsed(self._sheet_name)
            self._sheets.clear()
            first = self._first_rows()
        except calamine.PasswordError as error:
            locked = Fault("is protected by a password.", "Save it without one.")
            raise FileRefused(path.name, locked) from error
        except calamine.CalamineError as error:
            damaged = Fault(f"cannot be read as a workbook ({error}).", "Save it again.")
            raise FileRefused(path.name, damaged) from error
        if not first:
            raise FileRefused(
                path.name,
                Fault(
                    f"sheet {self._sheet_name!r} is empty.",
                    f"Name another with --sheet; there are {', '.join(names)}."
                    if len(names) > 1
                    else "Export the answers again, with a header row.",
                ),
            )
        self._blank_rows = first[0][0]
        rows = [[shown(cell) for cell in cells] for _, cells in first]
        width = max(map(len, rows))
        while width and (len(rows[0]) < width or not rows[0][width - 1]):
            width -= 1
        found = header([row[:width] for row in rows], expected=expected)
        if len(rows) <= found.rows:
            raise FileRefused(
                path.name,
                *found.faults,
                Fault("holds a header and no answers.", "Export the answers again."),
            )
        self._width = width
        super().__init__(
            Origin(
                file_name=path.name,
                format=kind,
                sha256=sha256_of(path),
                first_row=self._blank_rows + found.rows + 1,
                sheet=self._sheet_name,
                sheets=names,
            ),
            found.columns,
            faults=found.faults,
            notices=(*notices, *found.notices),
        )

    def batches(
        self, *, scale: Collection[str] = (), wanted: Collection[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows; a column of numbers comes as numbers, of mixed cells as texts."""
        del scale
        chosen = [
            (place, column.name)
            for place, column in enumerate(self.columns)
            if wanted is None or column.name in wanted
        ] or [(0, self.columns[0].name)]
        rows: list[Sequence[Cell]] = []
        for number, cells in enumerate(self._rows(), start=1):
            if number < self.origin.first_row:
                continue
            if len(cells) > self._width:
                self._refuse_beyond(number, cells)
            rows.append(cells)
            if len(rows) == _ROWS:
                yield _batch(rows, chosen)
                rows = []
        if rows:
            yield _batch(rows, chosen)

    def _rows(self) -> Iterator[Sequence[Cell]]:
        yield from self._sheet.iter_rows()

    def _first_rows(self) -> list[tuple[int, Sequence[Cell]]]:
        """Return the first rows from the first that is not blank, each with the rows before it."""
        first: list[tuple[int, Sequence[Cell]]] = []
        for number, cells in enumerate(self._rows()):
            if first or any(cell != "" for cell in cells):
                first.append((number, cells))
                if len(first) == _FIRST:
                    break
        return first

    def _parsed(self, name: str) -> calamine.CalamineSheet:
        # Each call of calamine parses the sheet anew.
        if name not in self._sheets:
            self._sheets[name] = self._book.get_sheet_by_name(name)
        return self._sheets[name]

    def _is_filled(self, name: str) -> bool:
        return self._parsed(name).height > 1

    def _refuse_beyond(self, number: int, cells: Sequence[Cell]) -> None:
        for place, cell in enumerate(cells[self._width :], start=self._width + 1):
            if cell != "":
                raise FileRefused(
                    self.origin.file_name,
                    Fault(
                        f"stands in the {place}th column, which has no name in the header.",
                        "Name the column, or empty the cell.",
                        row=number,
                        value=shown(cell),
                    ),
                )


def shown(cell: Cell | None) -> str:
    """Return a cell as text: 5 for 5.0, ISO dates."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    return str(cell)


def _batch(rows: Sequence[Sequence[Cell]], chosen: Sequence[tuple[int, str]]) -> pa.RecordBatch:
    columns = list(zip(*rows, strict=True))  # calamine gives every row the sheet's width
    arrays = [_array(columns[place]) for place, _ in chosen]
    return pa.RecordBatch.from_arrays(arrays, names=[name for _, name in chosen])


def _array(cells: Sequence[Cell]) -> pa.Array:
    kinds = set(map(type, cells))
    if kinds <= {float, int}:
        return pa.array(cells, type=pa.float64())
    if kinds <= {float, int, str} and not any(cell for cell in set(cells) if type(cell) is str):
        return pa.array([None if cell == "" else cell for cell in cells], type=pa.float64())
    return pa.array([None if cell == "" else tidy(shown(cell)) for cell in cells], type=pa.string())


def _chosen(
    names: Sequence[str], sheet: str | None, is_filled: Callable[[str], bool]
) -> tuple[str, tuple[Notice, ...]]:
    """Return the sheet to read: the one named (or numbered from 1), else the first with rows."""
    if sheet is not None:
        if sheet in names:
            return sheet, ()
        if sheet.isascii() and sheet.isdigit() and 1 <= int(sheet) <= len(names):
            return names[int(sheet) - 1], ()
        raise OptionRefused(
            "--sheet",
            f"there is no sheet {sheet!r}{close_names(sheet, names)}; there are:"
            f" {', '.join(names)}",
        )
    filled = [name for name in names if is_filled(name)]
    chosen = filled[0] if filled else names[0]
    if len(filled) < 2:
        return chosen, ()
    text = f"sheet {chosen!r} was read; --sheet names another: {', '.join(filled[1:])}"
    return chosen, (Notice("assumed_sheet", text, about=(chosen,)),)

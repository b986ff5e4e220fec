"""One register read column by column; whatever cannot be used becomes a fault."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.answers import Categories, Notice
from fivegaps.io.arrow_numpy import arrow_flags, validity
from fivegaps.io.company.cell_kinds import (
    Judge,
    Unusable,
    choice_judge,
    date,
    flag,
    number_judge,
    reference_judge,
    share,
)
from fivegaps.io.company.distinct import Distinct, distinct
from fivegaps.io.company.faults import MOST_A_COLUMN, MOST_PLACES, Faults, also_in
from fivegaps.io.company.rows import Dates, Floats, Marks, Places
from fivegaps.io.company.sheets import Sheet, whole_column
from fivegaps.io.where import close_names

T = TypeVar("T")
_ALMOST = 0.8  # alike enough to be a slip of the pen


class Reading:
    """The columns of one file, asked for by name and kind.

    A column that is not there reads as not given in every row. ``rows`` counts
    rows that hold anything; ``row`` (n,) are their numbers in the file.
    """

    def __init__(
        self,
        sheet: Sheet | None,
        faults: Faults,
        *,
        batches: Sequence[pa.RecordBatch] | None = None,
        index: NDArray[np.int64] | None = None,
    ) -> None:
        """Read the file, or take ``batches`` without blank rows, at ``index`` (n,) in the file."""
        self.sheet = sheet
        self.place = "" if sheet is None else sheet.place
        self._faults = faults
        self._asked: list[str] = []
        self._batches = list(batches or ())
        if batches is None and sheet is not None and sheet.raw is not None:
            try:
                self._batches = list(sheet.raw.batches())
            except FileRefused as refused:
                faults.add(sheet.place, *refused.faults)
        if index is None:
            kept = [np.zeros(0, dtype=np.bool_), *(_filled(batch) for batch in self._batches)]
            self._keep = np.concatenate(kept)
            self._index = np.flatnonzero(self._keep)
        else:
            self._keep = np.ones(len(index), dtype=np.bool_)
            self._index = index
        self._cache: dict[str, Distinct] = {}
        self.rows = len(self._index)

    @property
    def row(self) -> NDArray[np.int64]:
        """Rows in the file (n,), as a spreadsheet shows them when no line is blank."""
        first = 2 if self.sheet is None or self.sheet.raw is None else self.sheet.raw.row(0)
        return np.asarray(self._index + first, dtype=np.int64)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the file's columns."""
        return () if self.sheet is None else self.sheet.names

    def has(self, name: str) -> bool:
        """Tell whether the file has a column, and note that it is known."""
        self._asked.append(name)
        return name in self.names

    def require(self, *names: str) -> None:
        """Note a fault for each of these columns that is not there."""
        for name in names:
            if self.sheet is not None and not self.has(name):
                near = close_names(name, self.names)
                self.fault(Fault(f"is missing{near or '.'}", "Add the column.", column=name))

    def filled(self, *names: str) -> None:
        """Note a fault for each row in which one of these columns is empty."""
        for name in names:
            if self.has(name):
                self.refuse_rows(self.column(name).spots < 0, name, "is empty.", "Fill it in.")

    def column(self, name: str, *, words_for_nothing: bool = True) -> Distinct:
        """Return a column's distinct texts; empty cells only when it is not there."""
        if not self.has(name) or not self._batches:
            return Distinct((), np.full(self.rows, -1, dtype=np.int32))
        if name not in self._cache:
            whole = whole_column(self._batches, name)
            found = distinct(whole, words_for_nothing=words_for_nothing)
            self._cache[name] = Distinct(found.texts, found.spots[self._keep])
        return self._cache[name]

    def arrow(self, name: str) -> pa.ChunkedArray:
        """Return a column (n,) as the file gives it."""
        if not self._batches:
            return pa.chunked_array([pa.nulls(0)])
        return whole_column(self._batches, name).filter(arrow_flags(self._keep))

    # ── kinds of columns ──

    def ids(self, name: str) -> list[str]:
        """Return the ids of a register: each row has one, and none stands twice."""
        self.require(name)
        found = self.column(name, words_for_nothing=False)
        self.filled(name)
        counts = found.counts()
        for place in np.flatnonzero(counts > 1)[:MOST_A_COLUMN]:
            rows = [self.row_number(index) for index in found.first(int(place), MOST_PLACES)]
            self.fault(
                Fault(
                    f"stands in {int(counts[place])} rows." + also_in(rows, int(counts[place])),
                    "Give each row an id of its own.",
                    row=rows[0],
                    column=name,
                    value=found.texts[place],
                )
            )
        return found.spelt()

    def texts(self, name: str) -> list[str]:
        """Return texts; "" when not given."""
        return self.column(name).spelt()

    def categories(self, name: str) -> Categories:
        """Return labels as they are."""
        found = self.column(name)
        return Categories(found.spots, found.texts)

    def numbers(
        self,
        name: str,
        low: float | None = None,
        high: float | None = None,
        *,
        whole: bool = False,
        what: str = "",
    ) -> Floats:
        """Return numbers between two ends; NaN when not given."""
        return self.judged_floats(name, number_judge(low, high, whole=whole, what=what))

    def shares(self, name: str) -> Floats:
        """Return shares, 0 to 1; NaN when not given."""
        return self.judged_floats(name, share)

    def flags(self, name: str) -> Floats:
        """Return yes and no as 1.0 and 0.0; NaN when not given."""
        return self.judged_floats(name, flag)

    def dates(self, name: str) -> Dates:
        """Return days as datetime64[D]; NaT when not given."""
        values = self.judged(name, date)
        days = [None if isinstance(one, Unusable) else one for one in values]
        lookup = np.array([*days, None], dtype="datetime64[D]")
        return np.asarray(lookup[self.column(name).spots])

    def choices(self, name: str, allowed: Sequence[str]) -> Categories:
        """Return words from a list, coded by their place in it."""
        return Categories(self._places(name, choice_judge(allowed)), tuple(allowed))

    def references(self, name: str, known: Sequence[str], *, kind: str, where: str) -> Places:
        """Return places (n,) of ids in ``known``; −1 when not given or unknown (a fault)."""
        return self._places(name, reference_judge(known, kind=kind, where=where))

    def lists(self, name: str, check: Judge[object] | None = None) -> list[tuple[str, ...]]:
        """Return lists whose parts are joined by ``;``; each part is held against ``check``."""

        def judge(text: str) -> tuple[str, ...] | Unusable:
            parts = tuple(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
            for part in parts:
                said = check(part) if check is not None else None
                if isinstance(said, Unusable):
                    return Unusable(f"names {part!r}, which {said.what}", said.advice)
            return parts

        values = self.judged(name, judge)
        lookup = [*(() if isinstance(one, Unusable) else one for one in values), ()]
        return [lookup[spot] for spot in self.column(name).spots]

    def judged(self, name: str, judge: Judge[T]) -> list[T | Unusable]:
        """Return what each distinct text of a column says; those unusable become faults."""
        found = self.column(name)
        values = [judge(text) for text in found.texts]
        wrong = [place for place, value in enumerate(values) if isinstance(value, Unusable)]
        for place in wrong[:MOST_A_COLUMN]:
            said = values[place]
            if isinstance(said, Unusable):
                self._offend(name, found, place, said)
        if len(wrong) > MOST_A_COLUMN:
            left = len(wrong) - MOST_A_COLUMN
            self.fault(Fault(f"has {left:,} more values that cannot be used.", column=name))
        return values

    def places_of(self, name: str, place: Callable[[str], int]) -> Places:
        """Return ``place`` of each cell's text (n,); −1 for an empty cell."""
        found = self.column(name, words_for_nothing=False)
        lookup = np.array([*(place(text) for text in found.texts), -1], dtype=np.int32)
        return np.asarray(lookup[found.spots], dtype=np.int32)

    # ── faults ──

    def refuse_rows(self, wrong: Marks, name: str, what: str, advice: str = "") -> None:
        """Note one fault for the rows (n,) that are ``wrong``, told by the first."""
        found = np.flatnonzero(wrong)
        if not found.size:
            return
        rows = [self.row_number(int(index)) for index in found[:MOST_PLACES]]
        spot = self.column(name).spots[found[0]] if name in self.names else -1
        value = self.column(name).texts[spot] if spot >= 0 else None
        self.fault(
            Fault(what + also_in(rows, found.size), advice, row=rows[0], column=name, value=value)
        )

    def refuse_backwards(self, earlier: str, later: str) -> None:
        """Note a fault for each row in which one date lies before another."""
        first, last = self.dates_quietly(earlier), self.dates_quietly(later)
        for index in np.flatnonzero(last < first)[:MOST_A_COLUMN]:
            self.fault(
                Fault(
                    f"lies before {earlier} ({first[index]}).",
                    "Dates run forwards; correct one of the two.",
                    row=self.row_number(int(index)),
                    column=later,
                    value=str(last[index]),
                )
            )

    def dates_quietly(self, name: str) -> Dates:
        """Return days as :meth:`dates` does, without noting faults again."""
        found = self.column(name)
        days = [date(text) for text in found.texts]
        lookup = np.array(
            [*(one if isinstance(one, dt.date) else None for one in days), None],
            dtype="datetime64[D]",
        )
        return np.asarray(lookup[found.spots])

    def fault(self, fault: Fault) -> None:
        """Note a fault of this file."""
        self._faults.add(self.place, fault)

    def unknown_columns(self, known: Collection[str] = ()) -> tuple[Notice, ...]:
        """Refuse columns that are spelt almost like a missing one; tell of others."""
        names = dict.fromkeys([*known, *self._asked])
        absent = [name for name in names if name not in self.names]
        aside = []
        for name in self.names:
            if name in names:
                continue
            near = difflib.get_close_matches(name.casefold(), absent, n=1, cutoff=_ALMOST)
            if near:
                what = f"is no column of this file; did you mean {near[0]!r}?"
                self.fault(Fault(what, "Rename it.", row=1, column=name))
            else:
                aside.append(name)
        if not aside:
            return ()
        listed = ", ".join(aside[:8]) + (", …" if len(aside) > 8 else "")
        text = f"{self.place}: {listed} mean nothing here and are left aside"
        return (Notice("unknown_columns", text, about=(self.place, *aside)),)

    def row_number(self, index: int) -> int:
        """Return the row in the file of the row at an index from 0."""
        assert self.sheet is not None  # noqa: S101  # it has rows
        return self.sheet.row(int(self._index[index]))

    def _offend(self, name: str, found: Distinct, place: int, said: Unusable) -> None:
        rows = [self.row_number(int(index)) for index in found.first(place, MOST_PLACES)]
        total = int(found.counts()[place])
        self.fault(
            Fault(
                said.what + also_in(rows, total),
                said.advice,
                row=rows[0],
                column=name,
                value=found.texts[place][:60],
            )
        )

    def judged_floats(self, name: str, judge: Judge[float]) -> Floats:
        """Return numbers (n,) as a judge reads them; NaN when not given."""
        values = self.judged(name, judge)
        lookup = np.array(
            [*(np.nan if isinstance(one, Unusable) else one for one in values), np.nan]
        )
        return np.asarray(lookup[self.column(name).spots], dtype=np.float64)

    def _places(self, name: str, judge: Judge[int]) -> Places:
        values = self.judged(name, judge)
        lookup = np.array(
            [*(-1 if isinstance(one, Unusable) else one for one in values), -1], dtype=np.int32
        )
        return np.asarray(lookup[self.column(name).spots], dtype=np.int32)


def _filled(batch: pa.RecordBatch) -> Marks:
    """Return which rows hold anything; spreadsheets leave blank rows at the end."""
    keep = np.zeros(batch.num_rows, dtype=np.bool_)
    for column in batch.columns:
        keep |= validity(column)
    return keep

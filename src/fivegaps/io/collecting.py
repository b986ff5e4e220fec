"""One pass over a raw table: code the items, keep the rest, collect what is wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.errors import Fault, FileRefused, InputRefused, OptionRefused
from fivegaps.io.answers import Notice, item_columns
from fivegaps.io.arrow_numpy import arrow_flags, validity
from fivegaps.io.cells import tidy
from fivegaps.io.coding import ItemCoder, Scale
from fivegaps.io.kept import TableAnswers, is_reversed, other_column
from fivegaps.io.number_columns import Bounds, NumberReader
from fivegaps.io.offences import Judgement, faults_of
from fivegaps.io.raw import RawColumn, RawTable
from fivegaps.io.where import RowFilter
from fivegaps.model.instrument import Battery, Instrument

_KANO = Bounds(1, 5, whole=True)
_POINTS = Bounds(0, 1000)


class Collecting:
    """The state of one pass over a raw table."""

    def __init__(
        self,
        raw: RawTable,
        instrument: Instrument,
        *,
        where: RowFilter | None = None,
        decimal: str | None = None,
    ) -> None:
        self._raw = raw
        self._where = where
        self._instrument = instrument
        self._decimal = decimal
        self._described = described = {column.name: column for column in raw.columns}
        items = {item.id: item for item in instrument.items}
        self._coders: dict[str, ItemCoder] = {}
        self._batteries: dict[str, str] = {}
        for column in item_columns(instrument):
            scale = scale_of(
                instrument.battery(column.battery),
                is_reversed(items[column.item].reversed, column.battery),
            )
            self._coders[column.name] = ItemCoder(described[column.name], scale, decimal=decimal)
            self._batteries[column.name] = column.battery
        self._readers = {
            name: NumberReader(described[name], bounds, decimal=decimal)
            for name, bounds in bounds_of(instrument).items()
            if name not in self._coders
        }
        self._codes: list[NDArray[np.uint8]] = []
        self._rows: list[NDArray[np.int64]] = []
        self._others: dict[str, list[pa.Array]] = {
            name: [] for name in raw.names if name not in self._coders
        }
        self._blank = 0

    @property
    def scale_names(self) -> list[str]:
        """Names of the item columns."""
        return list(self._coders)

    def take(self, batch: pa.RecordBatch, first: int) -> None:
        """Code one batch of rows; ``first`` is the index of its first row."""
        rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
        keep = self._filled(batch)
        if self._where is not None:
            keep = keep & mask_of(self._where, batch, self._described, self._decimal)
        if not keep.all():
            batch = batch.filter(arrow_flags(keep))
            rows = rows[keep]
        codes = np.empty((len(self._coders), len(rows)), dtype=np.uint8)
        for place, (name, coder) in enumerate(self._coders.items()):
            codes[place] = coder.code(batch.column(name), rows)
        self._codes.append(codes)
        self._rows.append(rows)
        for name, chunks in self._others.items():
            column = batch.column(name)
            reader = self._readers.get(name)
            chunks.append(column if reader is None else reader.read(column, rows))

    def _filled(self, batch: pa.RecordBatch) -> NDArray[np.bool_]:
        """Return which rows hold anything; spreadsheets leave blank rows at the end."""
        keep = np.zeros(batch.num_rows, dtype=np.bool_)
        for column in batch.columns:
            if column.null_count == 0:
                return np.ones(batch.num_rows, dtype=np.bool_)
            keep |= validity(column)
        self._blank += int((~keep).sum())
        return keep

    def answers(self) -> TableAnswers:
        """Return the answers of all batches taken.

        Raises:
            FileRefused: Cells off the scale, text or fractions; holds every column's.
            OptionRefused: No row meets the condition.
        """
        judgements = [
            Judgement(name, coder.scale.minimum, coder.scale.maximum, coder.offences,
                      self._batteries[name])
            for name, coder in self._coders.items()
        ]  # fmt: skip
        judgements += [
            Judgement(name, reader.bounds.minimum, reader.bounds.maximum, reader.offences)
            for name, reader in self._readers.items()
        ]
        origin = self._raw.origin
        refuse_if_any(self._raw, judgements)
        rows = np.concatenate(self._rows)
        if not len(rows):
            raise nothing_left(origin.file_name, self._where)
        return TableAnswers(
            self._instrument,
            np.concatenate(self._codes, axis=1),
            others={name: _chunked(chunks) for name, chunks in self._others.items()},
            described=self._raw.columns,
            rows=rows,
            file_name=origin.file_name,
            sha256=origin.sha256,
            notices=(*self._raw.notices, *self._noticed()),
            decimal=self._decimal,
        )

    def _noticed(self) -> list[Notice]:
        notices = []
        marks: Counter[str] = Counter()
        for coder in self._coders.values():
            marks.update(coder.marks)
        if marks:
            about = tuple(name for name, coder in self._coders.items() if coder.marks)
            listed = ", ".join(f"{mark} {count:,}" for mark, count in marks.most_common(8))
            notices.append(
                Notice(
                    "missing_codes",
                    f"{marks.total():,} cells in {len(about)} columns say that there is no answer"
                    f" ({listed}); they count as not answered",
                    about,
                    {mark: float(count) for mark, count in marks.items()},
                )
            )
        labelled = tuple(name for name, coder in self._coders.items() if coder.labelled)
        if labelled:
            total = sum(coder.labelled for coder in self._coders.values())
            notices.append(
                Notice(
                    "labelled_answers",
                    f"{total:,} answers in {len(labelled)} columns were words or codes;"
                    " their scale points were taken",
                    labelled,
                    {"answers": float(total)},
                )
            )
        if self._blank:
            notices.append(
                Notice(
                    "blank_rows",
                    f"{self._blank:,} rows without a single value were left out",
                    values={"rows": float(self._blank)},
                )
            )
        return notices


def check_numbers(
    raw: RawTable,
    instrument: Instrument,
    *,
    where: RowFilter | None = None,
    decimal: str | None = None,
) -> None:
    """Go through outcome, weight and Kano columns alone, and refuse what is off their bounds.

    Raises:
        FileRefused: Cells off the bounds or text; holds every column's.
    """
    described = {column.name: column for column in raw.columns}
    readers = {
        name: NumberReader(described[name], bounds, decimal=decimal)
        for name, bounds in bounds_of(instrument).items()
    }
    if not readers:
        return
    first = 0
    for batch in raw.batches(wanted={*readers, *(where.columns if where else ())}):
        rows = np.arange(first, first + batch.num_rows, dtype=np.int64)
        first += batch.num_rows
        if where is not None:
            keep = mask_of(where, batch, described, decimal)
            batch, rows = batch.filter(arrow_flags(keep)), rows[keep]  # noqa: PLW2901
        for name, reader in readers.items():
            reader.read(batch.column(name), rows)
    refuse_if_any(
        raw,
        [
            Judgement(name, reader.bounds.minimum, reader.bounds.maximum, reader.offences)
            for name, reader in readers.items()
        ],
    )


def mask_of(
    where: RowFilter,
    batch: pa.RecordBatch,
    described: Mapping[str, RawColumn],
    decimal: str | None,
) -> NDArray[np.bool_]:
    """Return which rows of a batch meet a condition."""
    return where(
        {
            name: other_column(batch.column(name), described[name], kind, decimal=decimal)
            for name, kind in where.columns.items()
        }
    )


def refuse_if_any(raw: RawTable, judgements: Iterable[Judgement]) -> None:
    """Refuse a raw table when any column holds what cannot be used."""
    if faults := faults_of(judgements):
        raise FileRefused(
            raw.origin.file_name,
            *(
                fault if fault.row is None else replace(fault, row=raw.row(fault.row))
                for fault in faults
            ),
        )


def nothing_left(file_name: str, where: RowFilter | None) -> InputRefused:
    """Return the refusal of a file of which no row is left."""
    if where is not None:
        return OptionRefused("--where", f"no row of the file meets: {where.expression}")
    return FileRefused(file_name, Fault("holds no answers.", "Export the answers again."))


def scale_of(battery: Battery, reversed_points: bool = False) -> Scale:
    """Return what an item of a battery may hold."""
    anchors = {
        tidy(words).casefold(): point
        for by_point in battery.anchors.values()
        for point, words in by_point.items()
    }
    return Scale(battery.minimum, battery.maximum, battery.missing, reversed_points, anchors)


def bounds_of(instrument: Instrument) -> dict[str, Bounds]:
    """Return the bounds of outcome, weight and Kano columns, by name."""
    bounds = {
        column: Bounds(outcome.minimum, outcome.maximum)
        for outcome in instrument.outcomes
        for column in outcome.columns
    }
    bounds |= dict.fromkeys(instrument.weights.values(), _POINTS)
    for pair in instrument.kano:
        bounds |= {pair.functional: _KANO, pair.dysfunctional: _KANO}
    return bounds


def _chunked(chunks: Sequence[pa.Array]) -> pa.ChunkedArray:
    """Return the chunks as one column, of the type that holds them all."""
    kinds = {chunk.type for chunk in chunks if not pa.types.is_null(chunk.type)}
    if len(kinds) == 1:
        kind = kinds.pop()
    elif all(pa.types.is_integer(kind) or pa.types.is_floating(kind) for kind in kinds) and kinds:
        kind = pa.float64()
    else:
        kind = pa.string()
    return pa.chunked_array([chunk.cast(kind) for chunk in chunks], type=kind)

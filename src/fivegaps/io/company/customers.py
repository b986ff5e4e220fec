"""Read the customers' answers: a large table, coded batch by batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.answers import item_columns
from fivegaps.io.arrow_numpy import arrow, arrow_flags, places, validity
from fivegaps.io.coding import ItemCoder
from fivegaps.io.collecting import scale_of
from fivegaps.io.company.names import Names
from fivegaps.io.company.reading import Reading
from fivegaps.io.company.rows import Marks, Places
from fivegaps.io.company.sheets import Sheet, whole_column
from fivegaps.io.company.statements import refuse_twice
from fivegaps.io.kept import TableAnswers, is_reversed
from fivegaps.io.number_columns import Bounds, NumberReader
from fivegaps.io.offences import Judgement, faults_of
from fivegaps.io.raw import RawColumn
from fivegaps.model.instrument import Instrument

FLAGS = ("had_problem", "complained")
STRUCTURE = ("respondent", "wave", "unit", "channel", "date")


@dataclass(frozen=True, slots=True)
class Customers:
    """All customers' answers: ``codes`` (k, n) of the instrument's item columns.

    ``wave`` and ``unit`` (n,) are places in the company's waves and units, −1
    is not given. ``others`` are the other columns, by name.
    """

    instrument: Instrument
    codes: NDArray[np.uint8]
    others: Mapping[str, pa.ChunkedArray]
    row: NDArray[np.int64]
    wave: Places
    unit: Places
    file_name: str = ""
    sha256: str = ""

    @property
    def n(self) -> int:
        """Number of respondents, all waves together."""
        return int(self.codes.shape[1])

    def chosen(self, mask: Marks) -> Self:
        """Return those customers only for whom ``mask`` (n,) holds."""
        flags = arrow_flags(mask)
        return replace(
            self,
            codes=self.codes[:, mask],
            others={name: column.filter(flags) for name, column in self.others.items()},
            row=self.row[mask],
            wave=self.wave[mask],
            unit=self.unit[mask],
        )

    def answers(self) -> TableAnswers:
        """Return them as answers that every engine reads."""
        items = tuple(RawColumn(column.name) for column in item_columns(self.instrument))
        return TableAnswers(
            self.instrument,
            self.codes,
            others=self.others,
            described=(*items, *(RawColumn(name) for name in self.others)),
            rows=self.row,
            file_name=self.file_name,
            sha256=self.sha256,
            notices=(),
        )


def read_customers(names: Names) -> Customers:
    """Return the customers' answers; no rows, with a fault, when there are none."""
    sheet = names.sheet("customers")
    if sheet is None or sheet.raw is None:
        what = "is missing, and every folder needs it." if sheet is None else "holds no answers."
        place = "customers" if sheet is None else sheet.place
        advice = "Put the customers' answers there as CSV, Parquet or a sheet of company.xlsx."
        if not names.faults.tell_of("customers"):  # as for a file that could not be opened
            names.faults.add(place, Fault(what, advice))
        return _none(names.instrument)
    if not any(item.columns for item in names.instrument.items):
        what = "holds no column of an item."
        advice = "Columns are called e_<item>, p_<item>, …, such as p_rel1."
        names.faults.add(sheet.place, Fault(what, advice))
    coding = _Coding(names.instrument, sheet)
    try:
        for batch in sheet.raw.batches(scale=coding.scale_names):
            coding.take(batch)
    except FileRefused as refused:
        names.faults.add(sheet.place, *refused.faults)
        return _none(names.instrument)
    if not coding.index:
        names.faults.add(sheet.place, Fault("holds no answers."))
        return _none(names.instrument)
    names.faults.add(sheet.place, *coding.faults())
    return _with_structure(names, sheet, coding)


class _Coding:
    """The state of one pass over the file."""

    def __init__(self, instrument: Instrument, sheet: Sheet) -> None:
        self._sheet = sheet
        items = {item.id: item for item in instrument.items}
        self._coders: dict[str, ItemCoder] = {}
        self._batteries: dict[str, str] = {}
        for column in item_columns(instrument):
            turned = is_reversed(items[column.item].reversed, column.battery)
            scale = scale_of(instrument.battery(column.battery), turned)
            self._coders[column.name] = ItemCoder(RawColumn(column.name), scale)
            self._batteries[column.name] = column.battery
        self._readers = {
            column: NumberReader(RawColumn(column), Bounds(outcome.minimum, outcome.maximum))
            for outcome in instrument.outcomes
            for column in outcome.columns
        } | {
            column: NumberReader(RawColumn(column), Bounds(0, 100))
            for column in instrument.weights.values()
        }
        self._codes: list[NDArray[np.uint8]] = []
        self.index: list[NDArray[np.int64]] = []
        self.numbers: dict[str, list[pa.Array]] = {name: [] for name in self._readers}
        self.rest: list[pa.RecordBatch] = []
        self._seen = 0

    @property
    def scale_names(self) -> list[str]:
        """Names of the item columns."""
        return list(self._coders)

    @property
    def codes(self) -> NDArray[np.uint8]:
        """Codes (k, n) of all batches."""
        return np.concatenate(self._codes, axis=1)

    def take(self, batch: pa.RecordBatch) -> None:
        """Code one batch of rows; blank rows are left out."""
        index = np.arange(self._seen, self._seen + batch.num_rows, dtype=np.int64)
        self._seen += batch.num_rows
        keep = _filled(batch)
        if not keep.all():
            batch = batch.filter(arrow_flags(keep))
            index = index[keep]
        codes = np.empty((len(self._coders), len(index)), dtype=np.uint8)
        for place, (name, coder) in enumerate(self._coders.items()):
            codes[place] = coder.code(batch.column(name), index)
        self._codes.append(codes)
        self.index.append(index)
        for name, reader in self._readers.items():
            self.numbers[name].append(reader.read(batch.column(name), index))
        rest = [
            name for name in batch.schema.names
            if name not in self._coders and name not in self._readers
        ]  # fmt: skip
        self.rest.append(batch.select(rest))

    def faults(self) -> list[Fault]:
        """Return what could not be used in items, outcomes and weights."""
        judgements = [
            Judgement(name, coder.scale.minimum, coder.scale.maximum, coder.offences,
                      self._batteries[name])
            for name, coder in self._coders.items()
        ]  # fmt: skip
        judgements += [
            Judgement(name, reader.bounds.minimum, reader.bounds.maximum, reader.offences)
            for name, reader in self._readers.items()
        ]
        return [
            fault if fault.row is None else replace(fault, row=self._sheet.row(fault.row))
            for fault in faults_of(judgements)
        ]


def _with_structure(names: Names, sheet: Sheet, coding: _Coding) -> Customers:
    index = np.concatenate(coding.index)
    reading = Reading(sheet, names.faults, batches=coding.rest, index=index)
    for name in (*coding.scale_names, *coding.numbers):
        reading.has(name)
    wave = names.wave_column(reading)
    unit = names.unit_column(reading)
    dates = reading.dates("date")
    flags = {name: reading.flags(name) for name in FLAGS}
    reading.require("respondent")
    if reading.has("respondent"):
        column = whole_column(coding.rest, "respondent")
        _refuse_twice(reading, column, wave, names.waves)
    others: dict[str, pa.ChunkedArray] = {}
    for name in coding.rest[0].schema.names if coding.rest else ():
        others[name] = whole_column(coding.rest, name)
    others["wave"] = _coded(wave, names.waves)
    others["unit"] = _coded(unit, tuple(one.id for one in names.units))
    if "date" in others:
        others["date"] = days(dates)
    others |= {name: pa.chunked_array([arrow(flags[name], ~np.isnan(flags[name]))])
               for name in FLAGS if name in others}  # fmt: skip
    others |= {name: _joined(chunks) for name, chunks in coding.numbers.items()}
    # Other columns divide the customers: they are kept, unless they are slips of the pen.
    reading.unknown_columns((*STRUCTURE, *FLAGS))
    return Customers(
        instrument=names.instrument,
        codes=coding.codes,
        others=others,
        row=index,
        wave=wave,
        unit=unit,
        file_name=sheet.place,
        sha256=sheet.sha256,
    )


def _refuse_twice(
    reading: Reading, column: pa.ChunkedArray, wave: Places, waves: tuple[str, ...]
) -> None:
    """Note respondents who stand twice in a wave; a million ids are not made into texts."""
    array = column.combine_chunks()
    if pa.types.is_null(array.type):
        return
    encoded = array if pa.types.is_dictionary(array.type) else array.dictionary_encode()

    def spelt(code: int) -> str:
        return str(encoded.dictionary[code].as_py())

    refuse_twice(reading, places(encoded), wave, waves, spelt=spelt)


def _coded(spots: Places, values: tuple[str, ...]) -> pa.ChunkedArray:
    indices = arrow(spots, spots >= 0)
    return pa.chunked_array(
        [pa.DictionaryArray.from_arrays(indices, pa.array(values, pa.string()))]
    )


def days(dates: NDArray[np.datetime64]) -> pa.ChunkedArray:
    """Return days (n,) as an Arrow column; NaT is null."""
    given = ~np.isnat(dates)
    whole = np.where(given, dates, np.datetime64(0, "D")).astype("datetime64[D]").astype(np.int32)
    return pa.chunked_array([arrow(whole, given).view(pa.date32())])


def _joined(chunks: list[pa.Array]) -> pa.ChunkedArray:
    kinds = {chunk.type for chunk in chunks}
    kind = kinds.pop() if len(kinds) == 1 else pa.float64()
    return pa.chunked_array([chunk.cast(kind) for chunk in chunks], type=kind)


def _filled(batch: pa.RecordBatch) -> Marks:
    """Return which rows hold anything; a full column answers for all."""
    keep = np.zeros(batch.num_rows, dtype=np.bool_)
    for column in batch.columns:
        if column.null_count == 0:
            return np.ones(batch.num_rows, dtype=np.bool_)
        keep |= validity(column)
    return keep


def _none(instrument: Instrument) -> Customers:
    empty = np.empty(0, dtype=np.int32)
    codes = np.empty((len(item_columns(instrument)), 0), dtype=np.uint8)
    return Customers(instrument, codes, {}, empty.astype(np.int64), empty, empty)

"""Read a file (or a dataframe) of answers for an instrument."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from fivegaps.errors import Fault, FileRefused, InstrumentRefused
from fivegaps.io.answers import Answers
from fivegaps.io.cells import tidy
from fivegaps.io.collecting import Collecting, check_numbers, nothing_left
from fivegaps.io.kept import TableAnswers
from fivegaps.io.open_raw import open_raw
from fivegaps.io.raw import RawTable
from fivegaps.io.where import RowFilter, check_columns, close_names, compile_where
from fivegaps.knowledge.binding import bind
from fivegaps.model.instrument import Instrument


def read(
    path: str | os.PathLike[str] | object,
    instrument: Instrument,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    decimal: str | None = None,
    sheet: str | None = None,
    where: str | RowFilter | None = None,
) -> Answers:
    """Return the answers in a file, each cell held against the instrument's scales.

    CSV, TSV and other delimited text, XLSX, ODS, SAV, ZSAV, DTA and Parquet; the
    format is told by the content. Empty cells, words such as N/A, codes that the
    instrument declares and SPSS's user-missing values are no answer; all else
    that is not a point of the scale refuses the file.

    Args:
        path: The file; or a dataframe, see :func:`fivegaps.io.frames.answers_from_frame`.
        instrument: Whose columns to read; shipped ones find their columns by pattern.
        encoding: Of delimited text, SPSS or Stata; found out when None.
        delimiter: One sign, or comma, semicolon, tab, pipe; found out when None.
        decimal: ``.`` or ``,``; both are taken when None.
        sheet: Name or number (from 1) of a workbook's sheet; the first filled when None.
        where: A condition on rows, see :mod:`fivegaps.io.where`.

    Raises:
        FileRefused: The file is no table, or cells are off the scale or text; with
            row, column, value and what to do.
        InstrumentRefused: It names columns that are not there.
        OptionRefused: An option names what there is not, or no row meets ``where``.
    """
    row_filter = compile_where(where) if isinstance(where, str) else where
    if not isinstance(path, (str, os.PathLike)):
        from fivegaps.io.frames import answers_from_frame

        return answers_from_frame(path, instrument, where=row_filter, decimal=decimal)
    raw = open_raw(
        path,
        encoding=encoding,
        delimiter=delimiter,
        decimal=decimal,
        sheet=sheet,
        expected=frozenset(wanted_columns(instrument)),
    )
    return answers_in(path, raw, instrument, where=row_filter, decimal=decimal)


def answers_in(
    path: str | os.PathLike[str],
    raw: RawTable,
    instrument: Instrument,
    *,
    where: str | RowFilter | None = None,
    decimal: str | None = None,
) -> Answers:
    """Return the answers of a file that was opened as ``raw``; see :func:`read`."""
    row_filter = compile_where(where) if isinstance(where, str) else where
    if raw.origin.format != "parquet":
        return answers_of(raw, instrument, where=row_filter, decimal=decimal)
    from fivegaps.io.parquet import open_parquet

    bound = fitted(raw, instrument, row_filter)
    check_numbers(raw, bound, where=row_filter, decimal=decimal)
    answers = open_parquet(path, bound, where=row_filter)
    if not answers.rows:
        raise nothing_left(raw.origin.file_name, row_filter)
    return answers


def answers_of(
    raw: RawTable,
    instrument: Instrument,
    *,
    where: RowFilter | None = None,
    decimal: str | None = None,
) -> TableAnswers:
    """Return a raw table's answers, coded and checked; see :func:`read`."""
    bound = fitted(raw, instrument, where)
    collecting = Collecting(raw, bound, where=where, decimal=decimal)
    first = 0
    for batch in raw.batches(scale=collecting.scale_names):
        collecting.take(batch, first)
        first += batch.num_rows
    return collecting.answers()


def fitted(raw: RawTable, instrument: Instrument, where: RowFilter | None = None) -> Instrument:
    """Return the instrument bound to a raw table's columns.

    Raises:
        FileRefused: The header is faulty.
        InstrumentRefused: A column that the instrument names is not there.
        OptionRefused: The condition names a column that is not there.
    """
    if raw.faults:
        raise FileRefused(raw.origin.file_name, *raw.faults)
    tidied = _with_tidy_columns(instrument)
    bound = bind(tidied, raw.names)
    names = frozenset(raw.names)
    absent = {column: role for column, role in wanted_columns(bound).items() if column not in names}
    if absent:
        raise InstrumentRefused(instrument.id, *_absent(absent, raw))
    if where is not None:
        check_columns(where, raw.names)
    return bound


def wanted_columns(instrument: Instrument) -> dict[str, str]:
    """Return every column that an instrument names, and what for."""
    wanted = {
        column: f"{battery} of item {item.id}"
        for item in instrument.items
        for battery, column in item.columns.items()
    }
    wanted |= {
        column: f"outcome {outcome.id}"
        for outcome in instrument.outcomes
        for column in outcome.columns
    }
    for pair in instrument.kano:
        wanted |= {pair.functional: f"Kano pair {pair.item}"}
        wanted |= {pair.dysfunctional: f"Kano pair {pair.item}"}
    wanted |= {column: f"weight of {dimension}" for dimension, column in instrument.weights.items()}
    structure = instrument.structure
    roles = {
        "respondent": structure.respondent,
        "cluster": structure.cluster,
        "date": structure.date,
        "seconds": structure.seconds,
    }
    for role, column in roles.items():
        if column is not None:
            wanted.setdefault(column, f"structure: {role}")
    for column in structure.segments:
        wanted.setdefault(column, "structure: segments")
    return wanted


def _with_tidy_columns(instrument: Instrument) -> Instrument:
    """Return the instrument with item columns spelt as the file's are: NFC, single blanks."""
    items = tuple(
        replace(item, columns={battery: tidy(name) for battery, name in item.columns.items()})
        for item in instrument.items
    )
    return replace(instrument, items=items)


def _absent(absent: Mapping[str, str], raw: RawTable) -> list[Fault]:
    shown = list(absent.items())[:25]
    faults = [
        Fault(
            f"is not in {raw.origin.file_name} ({role}){close_names(column, raw.names)}",
            column=column,
        )
        for column, role in shown
    ]
    total = len(absent)
    more = f"{total - len(shown)} more columns are not there. " if total > len(shown) else ""
    names = ", ".join(raw.names[:12]) + (", …" if len(raw.names) > 12 else "")
    faults.append(
        Fault(
            f"{more}The file has {len(raw.names):,} columns: {names}.",
            f"`fivegaps inspect {raw.origin.file_name} --draft my.toml` drafts an instrument"
            " that fits.",
        )
    )
    return faults

"""Answers from any dataframe: pandas, Polars, Arrow, DuckDB, …, through narwhals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import pyarrow as pa

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.answers import Answers
from fivegaps.io.columnar import ArrowTable
from fivegaps.io.where import RowFilter, compile_where
from fivegaps.model.instrument import Instrument

if TYPE_CHECKING:
    import narwhals as nw


def answers_from_frame(
    frame: object,
    instrument: Instrument,
    *,
    where: str | RowFilter | None = None,
    decimal: str | None = None,
) -> Answers:
    """Return the answers in a dataframe, each cell held against the instrument's scales.

    Any frame that narwhals knows (pandas, Polars, Arrow, Modin, DuckDB, …; a lazy
    one is collected), or a mapping of column names to lists. Faults are as in
    :func:`fivegaps.io.read.read`; rows in messages count from 1 without a header.

    Raises:
        FileRefused: No dataframe, or cells that cannot be used.
        InstrumentRefused: The instrument names columns that are not there.
    """
    from fivegaps.io.read import answers_of

    row_filter = compile_where(where) if isinstance(where, str) else where
    table = arrow_table(frame)
    if not table.num_rows:
        raise FileRefused("frame", Fault("holds no answers."))
    return answers_of(ArrowTable(table), instrument, where=row_filter, decimal=decimal)


def arrow_table(frame: object) -> pa.Table:
    """Return a dataframe as an Arrow table.

    Raises:
        FileRefused: It is no dataframe that narwhals knows.
    """
    if isinstance(frame, pa.Table):
        return frame
    if isinstance(frame, Mapping):
        return pa.table({str(name): _array(list(values)) for name, values in frame.items()})
    import narwhals as nw

    try:
        known = nw.from_native(frame)  # type: ignore[call-overload]  # it tells by raising
    except TypeError as error:
        raise FileRefused(
            type(frame).__name__,
            Fault("is no dataframe.", "Give pandas, Polars, Arrow or a path to a file."),
        ) from error
    eager: nw.DataFrame[pa.Table] = known.collect() if isinstance(known, nw.LazyFrame) else known
    return pa.table({name: _column(eager, name) for name in eager.columns})


def _column(frame: nw.DataFrame[pa.Table], name: str) -> pa.ChunkedArray | pa.Array:
    series = frame[name]
    try:
        return series.to_arrow()
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Numbers and texts in one column, as pandas allows.
        return _array(series.to_list())


def _array(values: list[object]) -> pa.Array:
    try:
        return pa.array(values, from_pandas=True)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        texts = [None if value is None or value != value else str(value) for value in values]  # noqa: PLR0124  # NaN differs from itself
        return pa.array(texts)

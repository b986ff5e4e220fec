"""Write tables to CSV, part by part."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable

import pyarrow as pa

from fivegaps.io.atomic import atomic_file
from fivegaps.io.table import Table, as_tables


def write_csv(
    path: str | os.PathLike[str],
    tables: Table | Iterable[Table],
    *,
    delimiter: str = ",",
    byte_order_mark: bool = False,
) -> int:
    """Write one table, or a stream of tables with the same columns, as UTF-8; return the rows.

    Only one table of the stream is held at a time. An empty cell is "no value";
    whole numbers are written without a decimal point whatever their type.
    ``byte_order_mark`` lets Excel recognise UTF-8.
    """
    from pyarrow import csv as arrow_csv  # imported where it is used

    rows = 0
    options = arrow_csv.WriteOptions(
        include_header=False, delimiter=delimiter, quoting_style="needed"
    )
    names: tuple[str, ...] | None = None
    with atomic_file(path) as temporary, temporary.open("wb") as file:
        if byte_order_mark:
            file.write(b"\xef\xbb\xbf")
        for table in as_tables(tables):
            if names is None:
                names = table.names
                file.write(_header(names, delimiter))
            part = _printable(table.arrow())
            arrow_csv.write_csv(part, file, options)
            rows += part.num_rows
    return rows


def _header(names: tuple[str, ...], delimiter: str) -> bytes:
    line = io.StringIO()
    csv.writer(line, delimiter=delimiter, lineterminator="\n").writerow(names)
    return line.getvalue().encode()


def _printable(part: pa.Table) -> pa.Table:
    """Return the part with floats that are all whole as integers: 5, not 5.0."""
    from pyarrow import compute

    for place, field in enumerate(part.schema):
        if pa.types.is_floating(field.type):
            column = part.column(place)
            try:
                whole = compute.cast(column, pa.int64(), safe=True)
            except pa.ArrowInvalid:
                continue
            part = part.set_column(place, field.name, whole)
        elif pa.types.is_dictionary(field.type):
            part = part.set_column(place, field.name, part.column(place).cast(pa.string()))
    return part

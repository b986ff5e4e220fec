"""Write tables to Parquet, part by part."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

import pyarrow as pa

from fivegaps.io.atomic import atomic_file
from fivegaps.io.table import Table, as_tables


def write_parquet(
    path: str | os.PathLike[str],
    tables: Table | Iterable[Table],
    *,
    metadata: Mapping[str, str] | None = None,
    row_group_rows: int = 262_144,
) -> int:
    """Write one table, or a stream of tables with the same columns; return the rows.

    Only one table of the stream is held at a time; the first decides the types.
    Labels are kept as metadata of the fields, ``metadata`` as metadata of the file.
    """
    from pyarrow import parquet  # imported where it is used

    rows = 0
    writer = None
    with atomic_file(path) as temporary:
        try:
            for table in as_tables(tables):
                part = table.arrow()
                if writer is None:
                    schema = _schema(table, part.schema, metadata or {})
                    writer = parquet.ParquetWriter(temporary, schema, compression="zstd")
                writer.write_table(part.cast(schema), row_group_size=row_group_rows)
                rows += part.num_rows
            if writer is None:
                parquet.write_table(pa.table({}), temporary)
        finally:
            if writer is not None:
                writer.close()
    return rows


def _schema(table: Table, schema: pa.Schema, metadata: Mapping[str, str]) -> pa.Schema:
    fields = [
        field.with_metadata({"label": column.label}) if column.label else field
        for field, column in zip(schema, table.columns, strict=True)
    ]
    return pa.schema(fields, metadata=dict(metadata) or None)

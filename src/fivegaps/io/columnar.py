"""Tables that come as Arrow columns: Parquet files and dataframes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

import pyarrow as pa
from pyarrow import compute

from fivegaps.errors import Fault, FileRefused
from fivegaps.io.cells import tidy
from fivegaps.io.header import twice
from fivegaps.io.raw import BATCH_ROWS, Origin, RawColumn, RawTable


class ArrowTable(RawTable):
    """A table held in memory as Arrow columns."""

    def __init__(self, table: pa.Table, *, file_name: str = "frame") -> None:
        self._table = table
        super().__init__(
            Origin(file_name=file_name, format="frame", first_row=1),
            described(table.schema),
            faults=tuple(twice(table.column_names)),
        )

    def batches(
        self, *, scale: Collection[str] = (), wanted: Collection[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows in Arrow's own types."""
        del scale
        places = _places(self, wanted)
        table = self._table.select(places)
        table = table.rename_columns([self.names[place] for place in places])
        for batch in table.to_batches(max_chunksize=BATCH_ROWS):
            yield normal(batch)


class ParquetTable(RawTable):
    """A Parquet file, read row group by row group; its hash is left to who wants it."""

    def __init__(self, path: Path) -> None:
        from pyarrow import parquet  # for Parquet alone

        try:
            self._file = parquet.ParquetFile(path, memory_map=True)
            schema = self._file.schema_arrow
        except (pa.ArrowException, OSError) as error:
            damaged = Fault(f"cannot be read as Parquet ({error}).", "Export it again.")
            raise FileRefused(path.name, damaged) from error
        super().__init__(
            Origin(file_name=path.name, format="parquet", first_row=1),
            described(schema),
            faults=tuple(twice(schema.names)),
        )

    def batches(
        self, *, scale: Collection[str] = (), wanted: Collection[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows in the file's own types."""
        del scale
        places = _places(self, wanted)
        columns = [self._file.schema_arrow.names[place] for place in places]
        for batch in self._file.iter_batches(batch_size=BATCH_ROWS, columns=columns):
            yield normal(batch.rename_columns([self.names[place] for place in places]))


def described(schema: pa.Schema) -> tuple[RawColumn, ...]:
    """Return the columns of a schema, their labels taken from its metadata."""
    return tuple(
        RawColumn(
            tidy(field.name),
            (field.metadata or {}).get(b"label", b"").decode(errors="replace"),
        )
        for field in schema
    )


def normal(batch: pa.RecordBatch) -> pa.RecordBatch:
    """Return the batch with its texts in NFC."""
    arrays = [
        compute.utf8_normalize(column, "NFC")
        if pa.types.is_string(column.type) or pa.types.is_large_string(column.type)
        else column
        for column in batch.columns
    ]
    return pa.RecordBatch.from_arrays(arrays, names=batch.schema.names)


def _places(table: RawTable, wanted: Collection[str] | None) -> list[int]:
    if wanted is None:
        return list(range(len(table.columns)))
    return [place for place, name in enumerate(table.names) if name in wanted] or [0]

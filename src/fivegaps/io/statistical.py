"""SPSS (.sav, .zsav) and Stata (.dta) files, with their labels and user-missing values."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import Protocol, cast

import pyarrow as pa

from fivegaps.errors import Fault, FileRefused
from fivegaps.io import encodings
from fivegaps.io.archives import check_spss
from fivegaps.io.cells import tidy
from fivegaps.io.raw import BATCH_ROWS, Origin, RawColumn, RawTable


class _Metadata(Protocol):
    """The part of pyreadstat's description of a file that is used here."""

    number_rows: int | None
    column_names: list[str]
    column_labels: list[str | None]
    variable_value_labels: Mapping[str, Mapping[float | str, str]]
    missing_ranges: Mapping[str, list[Mapping[str, float | str]]]
    missing_user_values: Mapping[str, list[str]]


class StatisticalTable(RawTable):
    """A file of a statistics program, read by ReadStat in chunks of rows."""

    def __init__(self, path: Path, *, kind: str, encoding: str | None = None) -> None:
        self._path = path
        self._format = kind
        self._encoding = encodings.named(encoding).name if encoding else None
        metadata = self._read(metadata_only=True)[1]
        self._rows = metadata.number_rows
        names = list(metadata.column_names)
        if not names:
            raise FileRefused(path.name, Fault("holds no columns.", "Export the answers again."))
        if self._rows == 0:
            raise FileRefused(path.name, Fault("holds no answers.", "Export the answers again."))
        if self._format != "dta":
            check_spss(path, rows=self._rows or 0, columns=len(names))
        self._source_names = names
        super().__init__(
            Origin(file_name=path.name, format=self._format, sha256=sha256_of(path), first_row=1),
            tuple(
                _described(name, label, metadata)
                for name, label in zip(names, metadata.column_labels, strict=True)
            ),
        )

    def batches(
        self, *, scale: Collection[str] = (), wanted: Collection[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows as numbers, texts, dates."""
        del scale
        chosen = [
            (source, column.name)
            for source, column in zip(self._source_names, self.columns, strict=True)
            if wanted is None or column.name in wanted
        ] or [(self._source_names[0], self.columns[0].name)]
        first = 0
        while True:
            values = self._read(
                row_offset=first, row_limit=BATCH_ROWS, usecols=[source for source, _ in chosen]
            )[0]
            arrays = [_arrow(list(values[source])) for source, _ in chosen]
            if not len(arrays[0]):
                return
            yield pa.RecordBatch.from_arrays(arrays, names=[name for _, name in chosen])
            first += len(arrays[0])
            if self._format != "dta":
                check_spss(self._path, rows=first, columns=len(self.columns))
            if len(arrays[0]) < BATCH_ROWS:
                return

    def _read(
        self, *, metadata_only: bool = False, row_offset: int = 0, row_limit: int = 0,
        usecols: list[str] | None = None,
    ) -> tuple[Mapping[str, list[object]], _Metadata]:  # fmt: skip
        import pyreadstat  # half a second, needed for these formats alone

        read: Callable[..., object] = (
            pyreadstat.read_dta if self._format == "dta" else pyreadstat.read_sav
        )
        try:
            found = read(
                str(self._path),
                metadataonly=metadata_only,
                row_offset=row_offset,
                row_limit=row_limit,
                usecols=usecols,
                user_missing=True,
                encoding=self._encoding,
                output_format="dict",
            )
            return cast("tuple[Mapping[str, list[object]], _Metadata]", found)
        except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError) as error:
            raise FileRefused(
                self._path.name,
                Fault(
                    f"cannot be read as .{self._format}: {error}.",
                    "Export it again, or name its encoding with --encoding.",
                ),
            ) from error


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _described(name: str, label: str | None, metadata: _Metadata) -> RawColumn:
    numbers: list[tuple[float, float]] = []
    words = list(metadata.missing_user_values.get(name, []))
    for bounds in metadata.missing_ranges.get(name, []):
        low, high = bounds["lo"], bounds["hi"]
        if isinstance(low, str) or isinstance(high, str):
            words.append(str(low))
        else:
            numbers.append((float(low), float(high)))
    return RawColumn(
        tidy(name),
        tidy(label or ""),
        {value: tidy(text) for value, text in metadata.variable_value_labels.get(name, {}).items()},
        tuple(numbers),
        tuple(words),
    )


def _arrow(values: list[object]) -> pa.Array:
    try:
        array = pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Numbers beside Stata's missing letters a to z.
        array = pa.array([None if value is None else str(value) for value in values])
    return array

"""A raw table: what a file holds before anybody says what it means.

Reading for an analysis and inspecting share it. Each format has a class of its
own (delimited, sheets, statistical, columnar); all hand out record batches that
can be gone through more than once.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import pyarrow as pa

from fivegaps.errors import Fault
from fivegaps.io.answers import Notice

BATCH_ROWS = 65_536


@dataclass(frozen=True, slots=True)
class RawColumn:
    """One column: its name, and what the file tells about it.

    ``missing`` are ranges (low, high) of numbers declared as no answer,
    ``missing_words`` texts declared so.
    """

    name: str
    label: str = ""
    value_labels: Mapping[float | str, str] = field(default_factory=dict)
    missing: tuple[tuple[float, float], ...] = ()
    missing_words: tuple[str, ...] = ()

    def is_missing(self, number: float) -> bool:
        """Tell whether a number is declared as no answer."""
        return any(low <= number <= high for low, high in self.missing)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a raw table comes from and how it was read.

    ``first_row`` is the row of the first answers as a spreadsheet shows it;
    ``sheet`` and ``sheets`` concern workbooks, the next three text files.
    """

    file_name: str
    format: str
    sha256: str = ""
    first_row: int = 2
    encoding: str | None = None
    delimiter: str | None = None
    decimal: str | None = None
    sheet: str | None = None
    sheets: tuple[str, ...] = ()


class RawTable(ABC):
    """A file's table, column names settled and nothing judged."""

    def __init__(
        self,
        origin: Origin,
        columns: tuple[RawColumn, ...],
        *,
        faults: tuple[Fault, ...] = (),
        notices: tuple[Notice, ...] = (),
    ) -> None:
        self.origin = origin
        self.columns = columns
        self.faults = faults
        self.notices = notices

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, distinct, in order."""
        return tuple(column.name for column in self.columns)

    @abstractmethod
    def batches(
        self, *, scale: Collection[str] = (), wanted: Collection[str] | None = None
    ) -> Iterator[pa.RecordBatch]:
        """Yield the rows in order, in record batches with this table's names.

        ``scale`` names columns expected to hold small whole numbers: they may
        come as integers or as a dictionary of texts. ``wanted`` limits the
        columns. A second call starts again from the first row.

        Raises:
            FileRefused: The rows do not form a table (ragged rows, unclosed quotes, …).
        """

    def row(self, index: int) -> int:
        """Return the row, as a spreadsheet shows it, of the answers at an index from 0."""
        return self.origin.first_row + index

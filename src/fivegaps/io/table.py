"""A table to be written: named, typed columns with what a statistics program wants to know."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from fivegaps.errors import OptionRefused

Measure = Literal["nominal", "ordinal", "scale", "unknown"]
Values: TypeAlias = pa.Array | pa.ChunkedArray | NDArray[np.generic] | Sequence[object]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of n values: an Arrow array, a NumPy array or a list; None and NaN are no value.

    ``label`` is the full wording, ``value_labels`` words for values, ``missing``
    the values that are no answer (single values, or (low, high) ranges).
    """

    name: str
    values: Values
    label: str = ""
    value_labels: Mapping[float | str, str] = field(default_factory=dict)
    missing: tuple[float | str | tuple[float, float], ...] = ()
    measure: Measure = "unknown"

    def arrow(self) -> pa.Array:
        """Return the n values as one Arrow array in which NaN is null."""
        if isinstance(self.values, pa.ChunkedArray):
            return self.values.combine_chunks()
        if isinstance(self.values, pa.Array):
            return self.values
        return pa.array(self.values, from_pandas=True)


@dataclass(frozen=True, slots=True)
class Table:
    """Columns of equal length, with distinct names."""

    columns: tuple[Column, ...]

    def __post_init__(self) -> None:
        names = [column.name for column in self.columns]
        if len(set(names)) != len(names):
            twice = sorted({name for name in names if names.count(name) > 1})
            raise OptionRefused("columns", f"named more than once: {', '.join(twice)}")
        if len({len(column.values) for column in self.columns}) > 1:
            lengths = ", ".join(f"{column.name} {len(column.values)}" for column in self.columns)
            raise OptionRefused("columns", f"of unequal length: {lengths}")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.columns[0].values) if self.columns else 0

    def arrow(self) -> pa.Table:
        """Return the values as an Arrow table."""
        return pa.table([column.arrow() for column in self.columns], names=list(self.names))

    @classmethod
    def of(cls, columns: Mapping[str, Values]) -> Table:
        """Return a table of bare columns: name → values."""
        return cls(tuple(Column(name, values) for name, values in columns.items()))


def as_tables(tables: Table | Iterable[Table]) -> Iterator[Table]:
    """Yield the tables of one table or of a stream of tables."""
    if isinstance(tables, Table):
        yield tables
    else:
        yield from tables

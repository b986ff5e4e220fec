"""Write a table to SPSS, with labels, missing values and measure."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable

import pyarrow as pa
from pyarrow import compute

from fivegaps.io.atomic import atomic_file
from fivegaps.io.table import Column, Table

_LONGEST_NAME = 64
_LONGEST_LABEL = 256
_LONGEST_VALUE_LABEL = 120


def write_sav(
    path: str | os.PathLike[str], table: Table, *, title: str = "", compress: bool | None = None
) -> tuple[str, ...]:
    """Write the table as .sav, or as .zsav when the path ends so; return SPSS's column names.

    A name that SPSS would not take (blank, sign, more than 64 bytes, a key word
    such as ``BY``) is made legal and the name itself kept in the label. Numbers
    are kept as they are, so values named in ``missing`` stay readable as
    user-missing; null is system-missing. ``measure`` unknown becomes scale for
    numbers with a decimal part, else nominal.
    """
    import pyreadstat  # half a second

    names = spss_names(table.names)
    pairs = list(zip(names, table.columns, strict=True))
    with atomic_file(path) as temporary:
        pyreadstat.write_sav(
            _frame(pairs),
            os.fspath(temporary),
            file_label=title[:64],
            column_labels={name: _label(name, column) for name, column in pairs},
            compress=os.fspath(path).lower().endswith(".zsav") if compress is None else compress,
            variable_value_labels={
                name: {
                    value: label[:_LONGEST_VALUE_LABEL]  # type: ignore[misc]  # text is taken too
                    for value, label in column.value_labels.items()
                }
                for name, column in pairs
                if column.value_labels
            },
            missing_ranges={
                name: _missing(column)  # type: ignore[misc]  # text values are taken too
                for name, column in pairs
                if column.missing
            },
            variable_measure={name: _measure(column) for name, column in pairs},
            variable_format={
                name: "F8.0" for name, column in pairs if _is_whole(column.arrow().type)
            },
        )
    return names


_RESERVED = frozenset(
    {"ALL", "AND", "BY", "EQ", "GE", "GT", "LE", "LT", "NE", "NOT", "OR", "TO", "WITH"}
)


def spss_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names that SPSS takes: distinct whatever the case, in the same order."""
    taken: set[str] = set()
    legal = []
    for name in names:
        candidate = re.sub(r"[^\w.@#$]", "_", name).rstrip("._")
        if not candidate or not candidate[0].isalpha() or candidate.upper() in _RESERVED:
            candidate = f"v_{candidate}".rstrip("_")
        candidate = _cut(candidate, _LONGEST_NAME)
        unique, count = candidate, 1
        while unique.casefold() in taken:
            count += 1
            unique = f"{_cut(candidate, _LONGEST_NAME - len(str(count)) - 1)}_{count}"
        taken.add(unique.casefold())
        legal.append(unique)
    return tuple(legal)


def _cut(text: str, most_bytes: int) -> str:
    """Cut to a number of bytes without breaking a letter: SPSS counts bytes of UTF-8."""
    return text.encode()[:most_bytes].decode(errors="ignore")


def _label(name: str, column: Column) -> str:
    label = column.label or (column.name if column.name != name else "")
    return _cut(label, _LONGEST_LABEL)


def _frame(pairs: list[tuple[str, Column]]) -> object:
    # pyreadstat writes only from pandas or Polars; pandas is imported here alone.
    import pandas as pd

    return pd.DataFrame({name: _written(column.arrow()) for name, column in pairs})


def _written(values: pa.Array) -> object:
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.dictionary_decode()
        kind = values.type
    if pa.types.is_boolean(kind):
        values = compute.cast(values, pa.int8())
        kind = values.type
    if pa.types.is_integer(kind) and not values.null_count:
        return values.to_numpy(zero_copy_only=False)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return compute.cast(values, pa.float64()).to_numpy(zero_copy_only=False)
    if pa.types.is_temporal(kind):
        return values.to_pandas()
    return values.cast(pa.string()).fill_null("").to_pandas().astype(object)


def _missing(column: Column) -> list[float | str | dict[str, float]]:
    return [
        {"lo": part[0], "hi": part[1]} if isinstance(part, tuple) else part
        for part in column.missing
    ]


def _measure(column: Column) -> str:
    if column.measure != "unknown":
        return column.measure
    return "scale" if pa.types.is_floating(column.arrow().type) else "nominal"


def _is_whole(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_boolean(kind))

"""Typed access to the tables of our own records."""

from __future__ import annotations

from collections.abc import Mapping


def subtable(record: Mapping[str, object], key: str) -> dict[str, object]:
    """Return the table under a key; empty when it is not there.

    Raises:
        TypeError: The value is no table: one of our own records is wrong.
    """
    value = record.get(key, {})
    if not isinstance(value, dict):
        raise TypeError(f"{key} must be a table, not {value!r}")
    return value


def subtables(record: Mapping[str, object], key: str) -> list[dict[str, object]]:
    """Return the tables of ``[[key]]``; empty when there are none.

    Raises:
        TypeError: The value is no list of tables.
    """
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        raise TypeError(f"{key} must be [[{key}]] tables, not {value!r}")
    return [one for one in value if isinstance(one, dict)]


def names(record: Mapping[str, object], key: str) -> tuple[str, ...]:
    """Return the list of texts under a key; empty when it is not there.

    Raises:
        TypeError: The value is no list of texts.
    """
    value = record.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise TypeError(f"{key} must be a list of texts, not {value!r}")
    return tuple(one for one in value if isinstance(one, str))

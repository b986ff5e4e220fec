"""Records that live in a file each: which there are, and how one is read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TypeVar

from fivegaps.errors import Fault, FileRefused, OptionRefused
from fivegaps.knowledge.table import Table, nearest

Record = TypeVar("Record")


@cache
def record_ids(folder: str) -> tuple[str, ...]:
    """Return the ids of the records in a folder of the knowledge, in alphabetical order."""
    names = (one.name for one in (files("fivegaps.knowledge") / folder).iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def read_record(folder: str, name: str, read: Callable[[Table], Record]) -> Record:
    """Return one record.

    Raises:
        FileRefused: The file does not have the form of such a record.
    """
    faults: list[Fault] = []
    record = read(record_table(folder, name, faults))
    if faults:
        raise FileRefused(f"knowledge/{folder}/{name}.toml", *faults)
    return record


def record_table(folder: str, name: str, faults: list[Fault]) -> Table:
    """Return the table of a record's file; ``faults`` receives what its reader finds."""
    place = files("fivegaps.knowledge") / folder / f"{name}.toml"
    return Table(tomllib.loads(place.read_text(encoding="utf-8")), "", faults)


def known(folder: str, name: str) -> str:
    """Return the id when there is such a record.

    Raises:
        OptionRefused: There is none; names the nearest.
    """
    if name in record_ids(folder):
        return name
    kind = {"causes": "cause", "remedies": "remedy"}[folder]
    advice = nearest(name, record_ids(folder)) or "See: fivegaps knowledge list"
    raise OptionRefused("ID", f"there is no {kind} {name!r}. {advice}")


def number(table: Table, key: str) -> float | None:
    """Return a number; None when it is not given."""
    value = table.value(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        table.fault(f"{key!r} must be a number, not {value!r}")
        return None
    return float(value)


def choice(table: Table, key: str, allowed: tuple[str, ...]) -> str:
    """Return a text that must be one of those allowed; a fault and the first when it is not."""
    value = table.string(key, required=True)
    if value and value not in allowed:
        table.fault(f"{key} {value!r} must be one of {', '.join(allowed)}", nearest(value, allowed))
    return value if value in allowed else allowed[0]


def lists_by_language(table: Table, key: str) -> dict[str, tuple[str, ...]]:
    """Return language to list of texts of ``key = { en = ["…"] }``."""
    inner = table.table(key)
    return {lang: inner.strings(lang) for lang in inner.languages()}

"""The vocabulary of evidence: every measure that a sign may look at."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fivegaps.errors import Fault, FileRefused
from fivegaps.knowledge.record_files import choice
from fivegaps.knowledge.table import Table
from fivegaps.model.knowledge import MEASURE_KINDS, Measure, MeasureKind

DIMENSIONS = ("reliability", "assurance", "tangibles", "empathy", "responsiveness")
_FILE = "measures.toml"
_KINDS: dict[str, MeasureKind] = {
    "relative": "relative",
    "difference": "difference",
    "share": "share",
    "mean": "mean",
    "count": "count",
}


@cache
def measures() -> Mapping[str, Measure]:
    """Return measure id to measure; the id of a family keeps its slot (``gap3.<dimension>``).

    Raises:
        FileRefused: measures.toml does not have the form that it should.
    """
    faults: list[Fault] = []
    found = [_measure(one) for one in _table(faults).tables("measure")]
    if faults:
        raise FileRefused(f"knowledge/{_FILE}", *faults)
    return {one.id: one for one in found}


@cache
def slots() -> Mapping[str, tuple[str, ...]]:
    """Return the values that each slot of a family may take."""
    table = _table([])
    return {
        "dimension": DIMENSIONS,
        "question": table.strings("questions"),
        "theme": table.strings("themes"),
    }


def measure(name: str) -> Measure | None:
    """Return the measure with this id, or the family that it belongs to; None when unknown.

    ``gap3.reliability`` belongs to ``gap3.<dimension>``, ``audit.s0-11`` to
    ``audit.<question>``.
    """
    if name in measures():
        return measures()[name]
    head, _, value = name.rpartition(".")
    for slot, values in slots().items():
        family = f"{head}.<{slot}>"
        if value in values and family in measures():
            return measures()[family]
    return None


@cache
def _values() -> Mapping[str, object]:
    return tomllib.loads((files("fivegaps.knowledge") / _FILE).read_text(encoding="utf-8"))


def _table(faults: list[Fault]) -> Table:
    return Table(_values(), "", faults)


def _measure(table: Table) -> Measure:
    found = Measure(
        id=table.string("id", required=True),
        title=table.by_language("title"),
        kind=_KINDS[choice(table, "kind", MEASURE_KINDS)],
        bad="low" if choice(table, "bad", ("low", "high")) == "low" else "high",
        table=table.string("table", required=True),
        mission=table.strings("mission"),
    )
    table.refuse_unknown_keys()
    return found

"""What the mission asks for, line by line, and where each line lives."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from fivegaps.errors import Fault, FileRefused
from fivegaps.knowledge.table import Table
from fivegaps.model.knowledge import MissionLine

_FILE = "mission.toml"


@cache
def mission_lines() -> Mapping[str, MissionLine]:
    """Return mission id to its line, in the order of the mission.

    Raises:
        FileRefused: mission.toml does not have the form that it should.
    """
    faults: list[Fault] = []
    text = (files("fivegaps.knowledge") / _FILE).read_text(encoding="utf-8")
    found = [_line(one) for one in Table(tomllib.loads(text), "", faults).tables("line")]
    if faults:
        raise FileRefused(f"knowledge/{_FILE}", *faults)
    return {one.id: one for one in found}


def _line(table: Table) -> MissionLine:
    found = MissionLine(
        id=table.string("id", required=True),
        title=table.string("title", required=True),
        places=table.strings("places"),
        open=table.string("open"),
    )
    table.refuse_unknown_keys()
    return found

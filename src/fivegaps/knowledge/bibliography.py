"""The sources as values: what the records rest on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from fivegaps.knowledge.records import subtable
from fivegaps.knowledge.shelf import sources
from fivegaps.model.knowledge import Source


@cache
def bibliography() -> Mapping[str, Source]:
    """Return source id to source, in alphabetical order."""
    return {name: _source(name) for name in sorted(sources())}


def _source(name: str) -> Source:
    record = subtable(sources(), name)
    return Source(
        id=name,
        authors=str(record["authors"]),
        year=int(str(record["year"])),
        title=str(record["title"]),
        container=str(record["container"]),
    )

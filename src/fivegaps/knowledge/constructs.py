"""The constructs that managers and employees are asked about."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from fivegaps.knowledge.records import subtable, subtables
from fivegaps.model.company.constructs import Construct, Voice


def constructs(voice: Voice | None = None) -> tuple[Construct, ...]:
    """Return the constructs of one voice, or of both, in the order of the questionnaires."""
    return tuple(one for one in _shipped() if voice is None or one.voice == voice)


def judged_constructs(voice: Voice | None = None) -> tuple[Construct, ...]:
    """Return the constructs by which causes are judged: all but the further ones, in order."""
    return tuple(one for one in constructs(voice) if not one.further)


def construct(voice: Voice, construct_id: str) -> Construct:
    """Return the construct of this id; KeyError when the voice is not asked about it."""
    for one in constructs(voice):
        if one.id == construct_id:
            return one
    raise KeyError(construct_id)


@cache
def _shipped() -> tuple[Construct, ...]:
    record = tomllib.loads(
        files("fivegaps.knowledge").joinpath("constructs.toml").read_text(encoding="utf-8")
    )
    return tuple(_read(voice, table) for voice in _VOICES for table in subtables(record, voice))


_VOICES: tuple[Voice, ...] = ("managers", "employees")


def _read(voice: Voice, table: dict[str, object]) -> Construct:
    statements = table["statements"]
    if not isinstance(statements, int):
        raise TypeError(f"statements must be a whole number, not {statements!r}")
    return Construct(
        id=str(table["id"]),
        voice=voice,
        statements=statements,
        bad=table.get("bad") is True,
        further=table.get("further") is True,
        title={lang: str(text) for lang, text in subtable(table, "title").items()},
    )

"""The page docs/coverage.md: every line of the mission and where it lives."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from fivegaps.knowledge.causes import causes
from fivegaps.knowledge.instruments import instruments
from fivegaps.knowledge.measures import measures
from fivegaps.knowledge.mission import mission_lines
from fivegaps.knowledge.records import names, subtables
from fivegaps.knowledge.remedies import remedies
from fivegaps.knowledge.shelf import profile_ids, profile_record
from fivegaps.knowledge.voices import questionnaires
from fivegaps.model.knowledge import MissionLine

INTRODUCTION = """\
# Coverage

<!-- Written by fivegaps.knowledge.coverage from the records; change them, then `make docs`. -->

What the mission asks for, line by line, and where it lives. A place is a record (cause, remedy,
item of an instrument, question or whole questionnaire of another voice, profile, measure), a
command, a table or column of the company folder, a module or a page. **open** tells what is not
there yet, and why. A test fails when a line has neither, or when a named place does not exist.

"""
PARTS = {
    "S0": "S0 The manager's self-audit",
    "S1": "S1 RATER by industry and strategy",
    "S2": "S2 The gaps model: causes, listening, standards, delivery, communication, recovery",
    "S3": "S3 Prescriptions",
    "S4": "S4 Employees first",
}
_ANCHORED = {"cause": "causes.md", "remedy": "remedies.md"}
_MOST_ITEMS = 4


def places(line: MissionLine) -> tuple[str, ...]:
    """Return where a line of the mission lives, as ``kind:name``; records first."""
    return tuple(dict.fromkeys((*recorded().get(line.id, ()), *line.places)))


@cache
def recorded() -> Mapping[str, tuple[str, ...]]:
    """Return mission id to the records that name it."""
    found: dict[str, list[str]] = {}
    for place, served in _records():
        for name in served:
            found.setdefault(name, []).append(place)
    return {name: tuple(dict.fromkeys(given)) for name, given in found.items()}


def coverage_page() -> str:
    """Return the text of docs/coverage.md."""
    lines = list(mission_lines().values())
    served = [line for line in lines if places(line)]
    partly = sum(1 for line in served if line.open)
    count = (
        f"{len(lines)} lines: {len(served) - partly} are served, {partly} in part, "
        f"{len(lines) - len(served)} are open.\n\n"
    )
    parts = "\n".join(_part(part, title) for part, title in PARTS.items())
    return INTRODUCTION + count + parts


def _part(part: str, title: str) -> str:
    head = f"## {title}\n\n| id | what | where it lives |\n|---|---|---|\n"
    own = (one for one in mission_lines().values() if one.id.startswith(f"{part}."))
    return head + "".join(f"| {one.id} | {one.title} | {_told(one)} |\n" for one in own)


def _told(line: MissionLine) -> str:
    given = places(line)
    items = [place for place in given if place.startswith("item:")]
    shown = [place for place in given if place not in items[_MOST_ITEMS:]]
    told = [_linked(place) for place in shown]
    if len(items) > _MOST_ITEMS:
        told.append(f"{len(items) - _MOST_ITEMS} more items")
    if line.open:
        told.append(f"**open**: {line.open}")
    return "; ".join(told)


def _linked(place: str) -> str:
    kind, _, name = place.partition(":")
    if kind in _ANCHORED:
        return f"{kind} [{name}]({_ANCHORED[kind]}#{name})"
    if kind == "page":
        return f"page [{name}]({name.removeprefix('docs/')})"
    return f"{kind} `{name}`"


def _records() -> Iterator[tuple[str, tuple[str, ...]]]:
    for cause in causes():
        yield f"cause:{cause.id}", cause.mission
    for remedy in remedies():
        yield f"remedy:{remedy.id}", remedy.mission
    for measure in measures().values():
        yield f"measure:{measure.id}", measure.mission
    for one in instruments():
        if one.base:  # it repeats the items of its base
            continue
        yield f"instrument:{one.id}", one.mission
        for item in one.items:
            yield f"item:{one.id}.{item.id}", item.mission
    for name in profile_ids():
        record = profile_record(name)
        own = (*subtables(record, "reword"), *subtables(record, "add"))
        served = [
            *names(record, "mission"),
            *(line for one in own for line in names(one, "mission")),
        ]
        yield f"profile:{name}", tuple(served)
    yield from _questions()


def _questions() -> Iterator[tuple[str, tuple[str, ...]]]:
    for asked in questionnaires():
        if asked.parts:  # it repeats the questions of its parts
            continue
        for prompt in asked.prompts:
            yield f"question:{asked.id}.{prompt.column}", prompt.mission
        sections = (line for section in asked.sections for line in section.mission)
        yield f"questionnaire:{asked.id}", (*asked.mission, *sections)

"""A survey's own questions as blocks of the printed form."""

from __future__ import annotations

from collections.abc import Iterator

from fivegaps.report.forms.layout import Block, Line
from fivegaps.web.surveys.own_blocks import OwnLine

LINES_OF_LONG = 4


def own_on_paper(own: tuple[tuple[OwnLine, ...], ...], *, first: int) -> tuple[Block, ...]:
    """Return a block for each question; a question of points gets the next number of a part."""
    return tuple(_blocks([line for step in own for line in step], first))


def _blocks(lines: list[OwnLine], part: int) -> Iterator[Block]:
    for line in lines:
        text = f"{line.text} ({line.only_if})" if line.only_if else line.text
        if line.look == "points":
            shares = tuple(Line(one.text, "", (one.field,)) for one in line.choices)
            yield Block("points", part, text, "", (), shares)
            part += 1
        elif line.look == "line":
            space = LINES_OF_LONG if line.kind == "long" else 1
            yield Block("written", 0, "", "", (), (Line(text, "", (line.field,)),), space=space)
        else:
            asked = (Line(text, "", (line.field,)),)
            yield Block("choice", 0, "", "", (), asked, choices=tuple(_choices(line)))


def _choices(line: OwnLine) -> Iterator[str]:
    last = len(line.choices) - 1
    for place, one in enumerate(line.choices):
        if line.look == "choices":
            yield f"{place + 1} {one.text}" if line.kind == "single" else one.text
            continue
        words = line.low if not place else line.high if place == last else ""
        yield f"{one.text} {words}".strip()

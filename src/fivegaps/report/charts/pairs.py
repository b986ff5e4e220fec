"""Two voices about the same things: a ring for what should be, a mark for what is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.charts.whiskers import SOFT
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import width_of
from fivegaps.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Pair:
    """One row: the level that ``should`` be (ring), the one that ``is`` (mark), the difference."""

    label: str
    should: Estimate
    found: Estimate
    shown: str = ""
    remark: str = ""
    tone: str = "mark"


def levels(rows: Sequence[Pair]) -> list[float]:
    """Return every level and end of an interval."""
    figures = [one for row in rows for one in (row.should, row.found)]
    return [x for one in figures for x in (one.value, one.low, one.high) if x is not None]


def pairs(
    rows: Sequence[Pair],
    width: float,
    reach: tuple[float, float],
    *,
    voices: tuple[str, str],
    axis: str,
    write: Callable[[float, int], str],
    heading: str = "",
) -> Canvas:
    """Return the picture of the rows at a width; ``voices`` name ring and mark."""
    written = [Row(row.label, row.shown, row.remark, row.tone) for row in rows]
    frame = row_frame(written, width, reach, heading=heading, axis=axis, write=write)
    canvas, at = frame.canvas, frame.scale
    for row, y in zip(rows, frame.heights, strict=True):
        for one, soft in ((row.should, "zone"), (row.found, SOFT.get(row.tone, "mark-soft"))):
            if one.low is not None and one.high is not None:
                canvas.bar((at.clamped(one.low), y), (at.clamped(one.high), y), fill=soft, thick=9)
        if row.should.value is not None and row.found.value is not None:
            ends = (at(row.found.value), y), (at(row.should.value), y)
            canvas.line(*ends, stroke=row.tone, width=2)
        if row.should.value is not None:
            centre = (at(row.should.value), y)
            canvas.disc(centre, frame.radius - 0.5, fill="paper", stroke="ink")
        if row.found.value is not None:
            canvas.mark((at(row.found.value), y), row.tone, radius=frame.radius)
    _key(canvas, voices)
    return canvas


def _key(canvas: Canvas, voices: tuple[str, str]) -> None:
    """Write what ring and mark are, below the axis, on two lines where one is too narrow."""
    y, x = canvas.height + 12, 7.0
    wide = sum(width_of(voice, 12) + 36 for voice in voices) <= canvas.width
    for number, voice in enumerate(voices):
        if number == 0:
            canvas.disc((x, y - 4), 5, fill="paper", stroke="ink")
        else:
            canvas.mark((x, y - 4), "mark", radius=5)
        canvas.text((x + 12, y), voice, size=12, fill="muted")
        if wide:
            x += width_of(voice, 12) + 36
        elif number == 0:
            y += 18
    canvas.height = y + 8

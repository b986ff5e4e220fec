"""Rows of figures with their intervals on one axis: gaps by place, channels, causes, relations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas

# The part of the palette that an interval is drawn in, by the tone of its figure.
SOFT = {
    "trouble": "trouble-soft", "strength": "strength-soft", "mark": "mark-soft",
    "middle": "middle-wash",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Whisker:
    """A figure with its interval; without ``value`` only label and remark are written.

    ``tone`` is trouble, strength, middle or mark; a row with a ``group`` opens one.
    """

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    shown: str = ""
    remark: str = ""
    tone: str = "mark"
    group: str = ""


def reach_of(rows: Sequence[Whisker], *also: float) -> tuple[float, float]:
    """Return the lowest and highest end of all intervals, and of the values ``also``."""
    ends = [x for row in rows for x in (row.value, row.low, row.high) if x is not None]
    values = [*ends, *also]
    return (min(values), max(values)) if values else (0.0, 1.0)


def whiskers(
    rows: Sequence[Whisker],
    width: float,
    reach: tuple[float, float],
    *,
    axis: str,
    write: Callable[[float, int], str],
    rules: tuple[float, ...] = (),
    heading: str = "",
) -> Canvas:
    """Return the picture of the rows at a width.

    Args:
        rows: From the top.
        width: Pixels.
        reach: Ends of the axis.
        axis: What it shows.
        write: Writes a tick.
        rules: Values that a line marks.
        heading: What the figures at the right are.
    """
    written = [
        Row(label=row.label, value=row.shown, remark=row.remark, tone=row.tone, group=row.group)
        for row in rows
    ]
    frame = row_frame(
        written, width, reach, heading=heading, axis=axis, write=write, rules=rules, dash="4 3"
    )
    canvas, at = frame.canvas, frame.scale
    for row, y in zip(rows, frame.heights, strict=True):
        if row.value is None:
            continue
        if row.low is not None and row.high is not None:
            ends = (at.clamped(row.low), y), (at.clamped(row.high), y)
            canvas.bar(*ends, fill=SOFT.get(row.tone, "mark-soft"), thick=8)
        canvas.mark((at.clamped(row.value), y), row.tone, radius=frame.radius)
    return canvas

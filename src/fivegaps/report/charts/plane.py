"""Two axes with a light grid, for charts that set points in a plane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fivegaps.report.charts.chart import NARROW
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import width_of, wrapped
from fivegaps.report.drawing.scale import Scale, decimals_of, step_for, ticks


@dataclass(frozen=True, slots=True)
class Axis:
    """An axis from ``low`` to ``high`` with its name; ``at`` lists ticks of its own."""

    low: float
    high: float
    name: str
    at: tuple[float, ...] = ()


def _marks(axis: Axis, about: int) -> tuple[list[float], int]:
    if axis.at:
        return list(axis.at), 0
    step = step_for(axis.high - axis.low, about)
    return ticks(axis.low, axis.high, about), decimals_of(step)


def plane(
    width: float,
    height: float,
    across: Axis,
    up: Axis,
    *,
    write: Callable[[float, int], str],
    write_up: Callable[[float, int], str] | None = None,
    grid: bool = True,
) -> tuple[Canvas, Scale, Scale]:
    """Draw axes and grid; return the canvas and the scales across and up."""
    canvas = Canvas(width)
    narrow = width <= NARROW
    write_up = write_up or write
    rising, decimals_up = _marks(up, 5)
    letters = [write_up(value, decimals_up) for value in rising]
    left = max(width_of(text, 12) for text in letters) + 10
    lines = wrapped(up.name, 12, width)
    top = 17.0 * len(lines) + 8
    for index, line in enumerate(lines):
        canvas.text((0, 12 + 17 * index), line, size=12, fill="muted")
    at_x = Scale(across.low, across.high, left, width - 6)
    at_y = Scale(up.low, up.high, top + height, top)
    for value, text in zip(rising, letters, strict=True):
        y = at_y(value)
        if grid:
            canvas.line((left, y), (width - 6, y), stroke="grid")
        canvas.text((left - 8, y + 4), text, size=12, fill="muted", anchor="end")
    running, decimals = _marks(across, 4 if narrow else 7)
    for value in running:
        x = at_x(value)
        text = write(value, decimals)
        half = width_of(text, 12) / 2
        canvas.line((x, top + height), (x, top + height + 4), stroke="rule")
        place = (min(max(x, half), width - half), top + height + 18)
        canvas.text(place, text, size=12, fill="muted", anchor="middle")
    foot = top + height + 22
    for line in wrapped(across.name, 12, width - left):
        foot += 17
        canvas.text(((left + width) / 2, foot), line, size=12, fill="muted", anchor="middle")
    canvas.height = foot + 8
    return canvas, at_x, at_y

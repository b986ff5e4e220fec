"""The frame that charts with one row a thing share: labels, track, axis, figures at the right.

Wide, the label stands left of the track and the figure right of it. Narrow, both
stand above the track, which takes the whole width.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fivegaps.report.charts.chart import NARROW
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import fitted, shortened, width_of, wrapped
from fivegaps.report.drawing.scale import Scale, decimals_of, step_for, ticks

_DENSE_FROM = 9
_LABEL_SIZE = 13.0


@dataclass(frozen=True, slots=True)
class Row:
    """What is written beside a track; a row with a ``group`` opens a group of that name."""

    label: str
    value: str = ""
    remark: str = ""
    tone: str = "mark"
    group: str = ""


@dataclass(frozen=True, slots=True)
class RowFrame:
    """Where things lie in a chart of rows."""

    canvas: Canvas
    scale: Scale
    heights: tuple[float, ...]
    radius: float


def _spaces(rows: Sequence[Row], width: float, heading: str, *, dense: bool) -> tuple[float, float]:
    """Return the widths of the label column and of the figure column."""
    if width <= NARROW:
        return 4.0, 4.0
    most = 0.34 * width
    widest = max((width_of(row.label, _LABEL_SIZE) for row in rows), default=0.0)
    label = min(widest, most) + 14
    if dense:
        figure = max((width_of(row.value, _LABEL_SIZE, bold=True) for row in rows), default=0.0)
    else:
        figure = max(
            max((width_of(row.value, 14, bold=True) for row in rows), default=0.0),
            max((width_of(row.remark, 12) for row in rows), default=0.0),
        )
    figure = max(figure, width_of(heading, 12))
    return label, (figure + 18 if figure else 10.0)


def _axis(
    canvas: Canvas,
    scale: Scale,
    top: float,
    bottom: float,
    write: Callable[[float, int], str],
    *,
    both: bool,
) -> None:
    about = 6 if canvas.width > NARROW else 4
    step = step_for(scale.high - scale.low, about)
    for tick in ticks(scale.low, scale.high, about):
        x = scale(tick)
        canvas.line((x, top), (x, bottom), stroke="grid")
        label = write(tick, decimals_of(step))
        half = width_of(label, 12) / 2
        inside = min(max(x, half), canvas.width - half)
        canvas.text((inside, bottom + 16), label, size=12, fill="muted", anchor="middle")
        if both:
            canvas.text((inside, top - 6), label, size=12, fill="muted", anchor="middle")


def row_frame(
    rows: Sequence[Row],
    width: float,
    reach: tuple[float, float],
    *,
    heading: str = "",
    axis: str = "",
    write: Callable[[float, int], str],
    rules: tuple[float, ...] = (),
    dash: str = "",
) -> RowFrame:
    """Draw labels, figures, grid and axis; return where the marks go.

    Args:
        rows: One for each track, from the top.
        width: Width of the picture in pixels.
        reach: Lowest and highest value of the axis.
        heading: What the figures at the right are.
        axis: What the axis shows, written below it.
        write: Writes a tick with that many decimals.
        rules: Values to mark with a line from top to bottom.
        dash: How those lines are dashed.
    """
    narrow = width <= NARROW
    dense = len(rows) >= _DENSE_FROM
    label_width, figure_width = _spaces(rows, width, heading, dense=dense)
    canvas = Canvas(width)
    pitch = (46.0 if dense else 62.0) if narrow else (25.0 if dense else 46.0)
    top = 22.0 if heading or (len(rows) > 2 * _DENSE_FROM) else 6.0
    scale = Scale(*reach, label_width + 8, width - figure_width - 8)
    heights: list[float] = []
    y = top
    for row in rows:
        if row.group:
            y += 26
        heights.append(y + (pitch - (14 if dense else 18) if narrow else pitch / 2))
        y += pitch
    bottom = y + 4
    _axis(canvas, scale, top, bottom, write, both=len(rows) > 2 * _DENSE_FROM)
    for value in rules:
        x = scale(value)
        canvas.line((x, top), (x, bottom), stroke="rule", width=1.5, dash=dash)
    if heading:
        if narrow:
            canvas.text((width, 12), heading, size=12, fill="muted", anchor="end")
        else:
            canvas.text((width - figure_width + 10, 12), heading, size=12, fill="muted")
    for row, height in zip(rows, heights, strict=True):
        _write_row(
            canvas,
            row,
            height,
            columns=(label_width, figure_width),
            pitch=pitch,
            dense=dense,
        )
    foot = bottom + 18
    for line in wrapped(axis, 12, width) if axis else []:
        foot += 17
        middle = width / 2 if narrow else (scale.start + scale.end) / 2
        half = width_of(line, 12) / 2
        middle = min(max(middle, half), width - half)
        canvas.text((middle, foot), line, size=12, fill="muted", anchor="middle")
    canvas.height = foot + 8
    return RowFrame(canvas, scale, tuple(heights), 4.5 if dense else 5.5)


def _write_row(
    canvas: Canvas,
    row: Row,
    height: float,
    *,
    columns: tuple[float, float],
    pitch: float,
    dense: bool,
) -> None:
    label_width, figure_width = columns
    tone = row.tone if row.tone in {"trouble", "strength"} else "ink"
    width = canvas.width
    if width <= NARROW:
        above = height - (13 if dense else 18)
        if row.group:
            canvas.text((0, above - 24), row.group, size=12, fill="muted", bold=True)
        figure = row.value if dense or not row.remark else f"{row.value} · {row.remark}"
        room = width - width_of(figure, _LABEL_SIZE, bold=True) - 12
        if room < 0.42 * width:
            figure, room = row.value, width - width_of(row.value, _LABEL_SIZE, bold=True) - 12
        canvas.text(
            (0, above), shortened(row.label, _LABEL_SIZE, room), size=_LABEL_SIZE, halo=True
        )
        canvas.text(
            (width, above),
            figure,
            size=_LABEL_SIZE,
            fill=tone,
            anchor="end",
            bold=True,
            halo=True,
        )
        return
    if row.group:
        canvas.text((0, height - pitch / 2 - 6), row.group, size=12, fill="muted", bold=True)
    lines = 1 if dense else 2
    canvas.lines(
        (label_width - 6, height),
        fitted(row.label, _LABEL_SIZE, label_width - 12, lines),
        size=_LABEL_SIZE,
        anchor="end",
    )
    left = width - figure_width + 10
    if dense or not row.remark:
        canvas.text((left, height + 4.7), row.value, size=13, fill=tone, bold=True)
    else:
        canvas.text((left, height - 2), row.value, size=14, fill=tone, bold=True)
        canvas.text((left, height + 14), row.remark, size=12, fill="muted")

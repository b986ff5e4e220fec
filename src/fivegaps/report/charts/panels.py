"""Two measures of the same rows beside one another, each with an axis of its own.

A self-rating in scale points and a share from a register must not share an axis:
they stand side by side, wide, or one below the other, narrow.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fivegaps.report.charts.chart import NARROW
from fivegaps.report.charts.whiskers import SOFT, Whisker
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import fitted, shortened, width_of
from fivegaps.report.drawing.scale import Scale, decimals_of, step_for, ticks

_PITCH = 40.0
_LETTERS = 13.0


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: a figure for each row, the ends of its axis, and how a tick is written."""

    title: str
    rows: tuple[Whisker, ...]
    reach: tuple[float, float]
    write: Callable[[float, int], str]
    rule: float | None = None


def panels(both: Sequence[Panel], width: float) -> Canvas:
    """Return the picture; every panel has the same rows in the same order."""
    canvas = Canvas(width)
    if width <= NARROW:
        top = 0.0
        for panel in both:
            top = _drawn(canvas, panel, 0.0, width, top, named=True) + 22
        canvas.height = top - 14
        return canvas
    labels = [row.label for row in both[0].rows]
    column = min(max((width_of(text, _LETTERS) for text in labels), default=0.0), 170.0) + 16
    room = (width - column) / len(both)
    heads = max(len(fitted(panel.title, _LETTERS, room - 20)) for panel in both)
    for number, text in enumerate(labels):
        middle = _top(heads) + _PITCH * (number + 0.5)
        lines = fitted(text, _LETTERS, column - 12)
        canvas.lines((column - 12, middle), lines, size=_LETTERS, anchor="end")
    for number, panel in enumerate(both):
        left = column + number * room
        bottom = _drawn(canvas, panel, left, left + room - 14, 0.0, heads=heads)
        canvas.height = max(canvas.height, bottom)
    return canvas


def _top(heads: int) -> float:
    return 6.0 + 17.0 * heads


def _drawn(
    canvas: Canvas,
    panel: Panel,
    left: float,
    right: float,
    above: float,
    *,
    named: bool = False,
    heads: int = 0,
) -> float:
    """Draw a panel and return its foot; ``named`` writes each row's label above its track."""
    lines = fitted(panel.title, _LETTERS, right - left)
    for number, line in enumerate(lines):
        at = (left, above + 13 + 17 * number)
        canvas.text(at, line, size=_LETTERS, bold=True)
    top = above + _top(heads or len(lines))
    figures = 0.0 if named else max((width_of(r.shown, 12.5) for r in panel.rows), default=0.0)
    track = Scale(*panel.reach, left + 6, right - (6 if named else figures + 16))
    pitch = _PITCH + 8 if named else _PITCH
    bottom = top + pitch * len(panel.rows)
    about = 4
    decimals = decimals_of(step_for(track.high - track.low, about))
    for tick in ticks(track.low, track.high, about):
        canvas.line((track(tick), top), (track(tick), bottom), stroke="grid")
        label = panel.write(tick, decimals)
        half = width_of(label, 12) / 2
        x = min(max(track(tick), half + left), right - half)
        canvas.text((x, bottom + 16), label, size=12, fill="muted", anchor="middle")
    if panel.rule is not None and not named:
        x = track(panel.rule)
        canvas.line((x, top), (x, bottom), stroke="rule", width=1.5, dash="4 3")
    for number, row in enumerate(panel.rows):
        y = top + pitch * (number + (0.72 if named else 0.5))
        if panel.rule is not None and named:
            # Figures stand above the track: a line through them would strike them out.
            x = track(panel.rule)
            canvas.line((x, y - 9), (x, y + 9), stroke="rule", width=1.5)
        _row(canvas, row, track, y, left=left, right=right, named=named)
    return bottom + 24


def _row(
    canvas: Canvas, row: Whisker, track: Scale, y: float, *, left: float, right: float, named: bool
) -> None:
    if named:
        room = right - left - width_of(row.shown, _LETTERS) - 10
        name = shortened(row.label, _LETTERS, room)
        canvas.text((left, y - 14), name, size=_LETTERS, halo=True)
        at = (right, y - 14)
        canvas.text(at, row.shown, size=12.5, fill="muted", anchor="end", halo=True)
    else:
        canvas.text((track.end + 12, y + 4.5), row.shown, size=12.5, fill="muted")
    if row.value is None:
        return
    if row.low is not None and row.high is not None:
        ends = (track.clamped(row.low), y), (track.clamped(row.high), y)
        canvas.bar(*ends, fill=SOFT.get(row.tone, "mark-soft"), thick=8)
    canvas.mark((track.clamped(row.value), y), row.tone, radius=5)

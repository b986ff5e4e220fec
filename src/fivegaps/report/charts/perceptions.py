"""Ratings by dimension where no expectations were asked."""

from __future__ import annotations

from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.dumbbell import axis_words, reach_of
from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.findings import dimension_headline
from fivegaps.report.tables import Table
from fivegaps.report.view import View


def perceptions(view: View) -> Chart | None:
    """Return the chart of mean ratings by dimension, lowest first; None without any."""
    scored = sorted(
        (
            (name, scores.perception)
            for name, scores in view.results.dimensions.items()
            if scores.perception.value is not None
        ),
        key=lambda pair: pair[1].value or 0.0,
    )
    if not scored:
        return None
    values = [x for _, one in scored for x in (one.value, one.low, one.high) if x is not None]
    reach = reach_of(values, view)

    def draw(width: float) -> Canvas:
        rows = [
            Row(label=view.dimension(name), value=view.numerals.number(one.value or 0.0))
            for name, one in scored
        ]
        frame = row_frame(
            rows, width, reach, axis=axis_words(view, reach[0]), write=view.numerals.number
        )
        for (_, one), y in zip(scored, frame.heights, strict=True):
            if one.low is not None and one.high is not None:
                ends = (frame.scale.clamped(one.low), y), (frame.scale.clamped(one.high), y)
                frame.canvas.bar(*ends, fill="mark-soft", thick=9)
            frame.canvas.mark((frame.scale(one.value or 0.0), y), "mark", radius=frame.radius)
        return frame.canvas

    wide, narrow = drawn(draw)
    told = [f"{view.dimension(name)} {view.estimate(one)}" for name, one in scored]
    return Chart(
        name="dimensions",
        lang=view.lang,
        title=dimension_headline(view),
        subtitle=view.say(
            "charts.perceptions.subtitle", level=view.level, n=view.numerals.count(view.results.n)
        ),
        alt=view.say("charts.perceptions.alt", told=view.numerals.listed(told)),
        wide=wide,
        narrow=narrow,
        table=Table(
            id="chart_dimensions",
            title=view.say("tables.chart_dimensions"),
            columns=(
                view.column("dimension", "name"),
                view.column("perception", "mean"),
                view.column("n", "count"),
            ),
            rows=tuple((view.named("dimension", name), one, one.n) for name, one in scored),
        ),
    )

"""Expectation and perception by dimension: where the service falls short, and by how much."""

from __future__ import annotations

from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.scale import decimals_of, widened
from fivegaps.report.findings import dimension_headline
from fivegaps.report.tables import Table
from fivegaps.report.view import View, side
from fivegaps.scoring.results import DimensionScores


def _scored(view: View) -> list[tuple[str, DimensionScores]]:
    """Return the dimensions with a gap, the largest shortfall first."""
    known = [
        (name, scores)
        for name, scores in view.results.dimensions.items()
        if scores.gap.value is not None
        and scores.perception.value is not None
        and scores.expectation.value is not None
    ]
    return sorted(known, key=lambda pair: pair[1].gap.value or 0.0)


def reach_of(values: list[float], view: View) -> tuple[float, float]:
    """Return round ends around the values, never beyond the scale points."""
    battery = view.performance_battery
    low, high = widened(min(values), max(values))
    return max(low, float(battery.minimum)), min(high, float(battery.maximum))


def axis_words(view: View, low: float) -> str:
    """Return what the axis shows, saying so where it does not start at the scale's end."""
    battery = view.performance_battery
    start = view.numerals.number(low, decimals_of(low))
    key = "charts.axis.rating" if low <= battery.minimum else "charts.axis.rating_cut"
    return view.say(key, scale=view.scale, start=start)


def dumbbell(view: View) -> Chart | None:
    """Return the chart of E and P by dimension with their intervals; None without gaps."""
    scored = _scored(view)
    if not scored:
        return None
    values: list[float] = []
    for _, scores in scored:
        for estimate in (scores.expectation, scores.perception):
            values += [x for x in (estimate.value, estimate.low, estimate.high) if x is not None]
    reach = reach_of(values, view)

    def draw(width: float) -> Canvas:
        rows = [
            Row(
                label=view.dimension(name),
                value=view.numerals.signed(scores.gap.value or 0.0),
                remark=view.say(f"charts.dumbbell.{side(scores.gap)}"),
                tone=side(scores.gap),
            )
            for name, scores in scored
        ]
        frame = row_frame(
            rows,
            width,
            reach,
            heading=view.say("charts.gap_heading"),
            axis=axis_words(view, reach[0]),
            write=view.numerals.number,
        )
        canvas, at = frame.canvas, frame.scale
        for (_, scores), y in zip(scored, frame.heights, strict=True):
            tone = side(scores.gap)
            soft = f"{tone}-soft"
            perceived, expected = scores.perception, scores.expectation
            if perceived.low is not None and perceived.high is not None:
                ends = (at.clamped(perceived.low), y), (at.clamped(perceived.high), y)
                canvas.bar(*ends, fill=soft, thick=9)
            if expected.low is not None and expected.high is not None:
                ends = (at.clamped(expected.low), y), (at.clamped(expected.high), y)
                canvas.bar(*ends, fill="zone", thick=9)
            start, end = (at(perceived.value or 0.0), y), (at(expected.value or 0.0), y)
            canvas.line(start, end, stroke=tone, width=2)
            canvas.disc(end, frame.radius - 0.5, fill="paper", stroke="ink")
            canvas.mark(start, tone, radius=frame.radius)
        return canvas

    wide, narrow = drawn(draw)
    return Chart(
        name="dimensions",
        lang=view.lang,
        title=dimension_headline(view),
        subtitle=view.say(
            "charts.dumbbell.subtitle", level=view.level, n=view.numerals.count(view.results.n)
        ),
        alt=view.say("charts.dumbbell.alt") + " " + _told(view, scored),
        wide=wide,
        narrow=narrow,
        table=_table(view, scored),
    )


def _told(view: View, scored: list[tuple[str, DimensionScores]]) -> str:
    return " ".join(
        view.say(
            "charts.dumbbell.alt_row",
            name=view.dimension(name),
            perception=view.numerals.number(scores.perception.value or 0.0),
            expectation=view.numerals.number(scores.expectation.value or 0.0),
            gap=view.numerals.signed(scores.gap.value or 0.0),
        )
        for name, scores in scored
    )


def _table(view: View, scored: list[tuple[str, DimensionScores]]) -> Table:
    return Table(
        id="chart_dimensions",
        title=view.say("tables.chart_dimensions"),
        columns=(
            view.column("dimension", "name"),
            view.column("expectation", "mean"),
            view.column("perception", "mean"),
            view.column("gap", "signed"),
            view.column("n", "count"),
        ),
        rows=tuple(
            (
                view.named("dimension", name),
                scores.expectation,
                scores.perception,
                scores.gap,
                scores.gap.n,
            )
            for name, scores in scored
        ),
    )

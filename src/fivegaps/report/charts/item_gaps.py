"""Every item's gap (or rating) with its interval, the lowest first."""

from __future__ import annotations

from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.dumbbell import axis_words, reach_of
from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.scale import widened
from fivegaps.report.findings import ranked
from fivegaps.report.tables import Table
from fivegaps.report.view import AnyEstimate, View, side


def _title(view: View, order: list[tuple[str, AnyEstimate]], *, gaps: bool) -> str:
    worst, estimate = order[0]
    value = estimate.value or 0.0
    if not gaps:
        return view.say(
            "charts.items.title_ratings", name=view.item(worst), value=view.numerals.number(value)
        )
    short = sum(side(one) == "trouble" for _, one in order)
    if not short:
        return view.say("charts.items.title_none", items=len(order))
    return view.say(
        "charts.items.title",
        short=short,
        items=len(order),
        name=view.item(worst),
        gap=view.numerals.signed(value),
    )


def item_gaps(view: View) -> Chart | None:
    """Return the chart of item gaps with intervals, or of item ratings without gaps."""
    gaps = view.has_gaps
    order: list[tuple[str, AnyEstimate]] = [
        *ranked(
            {name: one.gap if gaps else one.perception for name, one in view.results.items.items()}
        )
    ]
    if not order:
        return None
    values = [x for _, one in order for x in (one.value, one.low, one.high) if x is not None]
    reach = widened(min([*values, 0.0]), max([*values, 0.0])) if gaps else reach_of(values, view)
    write = view.numerals.signed if gaps else view.numerals.number

    def draw(width: float) -> Canvas:
        rows = [
            Row(
                label=view.item(name),
                value=write(one.value or 0.0, 2),
                tone=side(one) if gaps else "mark",
            )
            for name, one in order
        ]
        axis = view.say("charts.axis.gap") if gaps else axis_words(view, reach[0])
        frame = row_frame(rows, width, reach, axis=axis, write=write, rules=(0.0,) if gaps else ())
        canvas, at = frame.canvas, frame.scale
        for (_, one), y in zip(order, frame.heights, strict=True):
            tone = side(one) if gaps else "mark"
            if one.low is not None and one.high is not None:
                canvas.bar((at(one.low), y), (at(one.high), y), fill=f"{tone}-soft", thick=6)
            canvas.mark((at(one.value or 0.0), y), tone, radius=frame.radius)
        return canvas

    wide, narrow = drawn(draw)
    key = "gaps" if gaps else "ratings"
    return Chart(
        name="items",
        lang=view.lang,
        title=_title(view, order, gaps=gaps),
        subtitle=view.say(
            f"charts.items.subtitle_{key}",
            level=view.level,
            n=view.numerals.count(view.results.n),
        ),
        alt=view.say(
            "charts.items.alt",
            told=view.numerals.listed(
                [f"{view.item(name)} {write(one.value or 0.0, 2)}" for name, one in order]
            ),
        ),
        wide=wide,
        narrow=narrow,
        table=Table(
            id="chart_items",
            title=view.say("tables.chart_items"),
            columns=(
                view.column("item", "name"),
                view.column("gap", "signed") if gaps else view.column("perception", "mean"),
                view.column("n", "count"),
            ),
            rows=tuple((view.named("item", name), one, one.n) for name, one in order),
        ),
    )

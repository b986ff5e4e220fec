"""The zone of tolerance by dimension: perceived service between adequate and desired."""

from __future__ import annotations

from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.dumbbell import axis_words, reach_of
from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.scale import Scale
from fivegaps.report.findings import dimension_headline, zone_side
from fivegaps.report.tables import Table
from fivegaps.report.view import View
from fivegaps.scoring.results import Tolerance

_TONES = {"below": "trouble", "above": "strength"}


def tolerance(view: View) -> Chart | None:
    """Return the chart of zones by dimension, worst adequacy first; None without zones."""
    zone = view.results.zone
    if zone is None:
        return None
    scored = sorted(
        (
            (name, one)
            for name, one in zone.dimensions.items()
            if None not in (one.adequate.value, one.desired.value, one.perceived.value)
        ),
        key=lambda pair: pair[1].adequacy.value or 0.0,
    )
    if not scored:
        return None
    values = [
        x
        for _, one in scored
        for estimate in (one.adequate, one.desired, one.perceived)
        for x in (estimate.value, estimate.low, estimate.high)
        if x is not None
    ]
    reach = reach_of(values, view)

    def draw(width: float) -> Canvas:
        rows = [
            Row(
                label=view.dimension(name),
                value=view.numerals.signed(one.adequacy.value or 0.0),
                remark=view.say(f"charts.tolerance.{zone_side(one)}"),
                tone=_TONES.get(zone_side(one), "mark"),
            )
            for name, one in scored
        ]
        frame = row_frame(
            rows,
            width,
            reach,
            heading=view.say("charts.tolerance.heading"),
            axis=axis_words(view, reach[0]),
            write=view.numerals.number,
        )
        for (_, one), y in zip(scored, frame.heights, strict=True):
            _draw_zone(frame.canvas, frame.scale, one, y, frame.radius)
        return frame.canvas

    wide, narrow = drawn(draw)
    told = [
        view.say(
            "charts.tolerance.alt_row",
            name=view.dimension(name),
            perceived=view.numerals.number(one.perceived.value or 0.0),
            adequate=view.numerals.number(one.adequate.value or 0.0),
            desired=view.numerals.number(one.desired.value or 0.0),
        )
        for name, one in scored
    ]
    return Chart(
        name="tolerance",
        lang=view.lang,
        title=dimension_headline(view),
        subtitle=view.say(
            "charts.tolerance.subtitle", level=view.level, n=view.numerals.count(view.results.n)
        ),
        alt=" ".join(told),
        wide=wide,
        narrow=narrow,
        table=zone_table(view, "chart_tolerance", "dimension", dict(scored)),
    )


def _draw_zone(canvas: Canvas, at: Scale, one: Tolerance, y: float, radius: float) -> None:
    tone = _TONES.get(zone_side(one), "mark")
    adequate, desired = at(one.adequate.value or 0.0), at(one.desired.value or 0.0)
    canvas.box((adequate, y - 10), (desired, y + 10), fill="zone", round_by=3)
    perceived = one.perceived
    x = at(perceived.value or 0.0)
    if perceived.low is not None and perceived.high is not None:
        ends = (at.clamped(perceived.low), y), (at.clamped(perceived.high), y)
        canvas.bar(*ends, fill=f"{tone}-soft", thick=7)
    canvas.line((x, y), (desired, y), stroke=tone, width=2)
    canvas.line((adequate, y - 10), (adequate, y + 10), stroke="rule", width=2)
    canvas.disc((desired, y), radius - 0.5, fill="paper", stroke="ink")
    canvas.mark((x, y), tone, radius=radius)


def zone_table(view: View, table: str, kind: str, zones: dict[str, Tolerance]) -> Table:
    """Return the table of adequacy, superiority, width and position of zones."""
    return Table(
        id=table,
        title=view.say(f"tables.{table}"),
        columns=(
            view.column(kind, "name"),
            view.column("adequate", "mean"),
            view.column("desired", "mean"),
            view.column("perceived", "mean"),
            view.column("adequacy", "signed"),
            view.column("superiority", "signed"),
            view.column("zone_position", "mean"),
            view.column("inversions", "count"),
        ),
        rows=tuple(
            (
                view.named(kind, name),
                one.adequate,
                one.desired,
                one.perceived,
                one.adequacy,
                one.superiority,
                one.position,
                one.inversions,
            )
            for name, one in zones.items()
        ),
        note=view.say("notes.zone"),
    )

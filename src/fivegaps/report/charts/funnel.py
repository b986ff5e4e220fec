"""Units on a funnel: which differ from the whole by more than chance."""

from __future__ import annotations

import math
from dataclasses import dataclass

from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.charts.plane import Axis, plane
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.placement import Box, Label, placed
from fivegaps.report.drawing.scale import Scale, widened
from fivegaps.report.findings import segment_headline
from fivegaps.report.tables import Table
from fivegaps.report.view import View
from fivegaps.scoring.results import Segments
from fivegaps.stats.funnel import ALARM, WARNING, funnel_limits

_MOST_NAMES = 14
_TONES = {"below": "trouble", "above": "strength"}


@dataclass(frozen=True, slots=True)
class _Unit:
    name: str
    n: int
    value: float
    place: str | None


@dataclass(frozen=True, slots=True)
class _Whole:
    """Centre, SD within units, and how many answers weigh as much as one plain answer."""

    centre: float
    sd: float
    inflation: float


def _units(segments: Segments) -> list[_Unit]:
    return [
        _Unit(name, one.overall.n, one.overall.value, one.outlying)
        for name, one in segments.values.items()
        if one.overall.value is not None and one.overall.n > 0
    ]


def _whole(segments: Segments) -> _Whole | None:
    """Return what the limits are drawn from: the figures printed for the units themselves."""
    squares = answers = total = weighted = 0.0
    inflations = []
    for one in segments.values.values():
        gap = one.overall
        if gap.value is None:
            continue
        total += gap.n
        weighted += gap.n * gap.value
        if gap.sd is None or gap.n < 2:
            continue
        squares += (gap.n - 1) * gap.sd**2
        answers += gap.n - 1
        if gap.t and gap.sd > 0 and abs(gap.value) > 1e-9:
            inflations.append(gap.n * (gap.value / gap.t) ** 2 / gap.sd**2)
    if not answers or squares <= 0:
        return None
    inflation = sum(inflations) / len(inflations) if inflations else 1.0
    return _Whole(weighted / total, math.sqrt(squares / answers), inflation)


def funnel(view: View, column: str) -> Chart | None:
    """Return the funnel of the segments of a column; None with fewer than three units."""
    segments = view.results.segments[column]
    units, whole = _units(segments), _whole(segments)
    if len(units) < 3 or whole is None:
        return None
    most, least = max(unit.n for unit in units), min(unit.n for unit in units)
    smallest = max(2, min(least, most // 8))
    sizes = [smallest + (most * 1.06 - smallest) * (k / 80) ** 2 for k in range(81)]
    limits = {
        level: funnel_limits(
            [size / whole.inflation for size in sizes],
            centre=whole.centre,
            sd=whole.sd,
            confidence=level,
        )
        for level in (WARNING, ALARM)
    }
    values = [unit.value for unit in units]
    reach = _reach(values, whole, max(least, smallest))

    def draw(width: float) -> Canvas:
        canvas, at_x, at_y = plane(
            width,
            260.0 if width <= NARROW else 330.0,
            Axis(0.0, sizes[-1], view.say("charts.funnel.axis_n")),
            Axis(*reach, view.say("charts.funnel.axis_gap")),
            write=lambda value, _: view.numerals.count(value),
            write_up=view.numerals.signed,
        )
        for level, fill in ((ALARM, "band"), (WARNING, "band-inner")):
            low, high = limits[level]
            edge = [(at_x(n), at_y.clamped(y)) for n, y in zip(sizes, high.tolist(), strict=True)]
            edge += [
                (at_x(n), at_y.clamped(y))
                for n, y in reversed(list(zip(sizes, low.tolist(), strict=True)))
            ]
            canvas.polygon(edge, fill=fill)
        y = at_y(whole.centre)
        canvas.line((at_x.start, y), (at_x.end, y), stroke="rule", dash="5 4")
        _draw_units(canvas, units, at_x, at_y)
        return canvas

    wide, narrow = drawn(draw)
    percent = view.numerals.share
    return Chart(
        name=f"funnel-{view.stem(column)}",
        lang=view.lang,
        title=segment_headline(view, column, segments),
        subtitle=view.say(
            "charts.funnel.subtitle",
            units=len(units),
            centre=view.numerals.signed(whole.centre),
            inner=percent(WARNING),
            outer=percent(ALARM, 1),
        ),
        alt=_told(view, units),
        wide=wide,
        narrow=narrow,
        table=_table(view, column, segments),
        note=view.say("charts.funnel.note"),
    )


def _reach(values: list[float], whole: _Whole, smallest: int) -> tuple[float, float]:
    """Return the ends of the axis: all units, and the limits as far as they are of use."""
    low, high = funnel_limits(
        [max(smallest / whole.inflation, 4.0)], centre=whole.centre, sd=whole.sd, confidence=ALARM
    )
    span = max(values) - min(values) + 1e-9
    least = max(float(low[0]), min(values) - 1.2 * span)
    most = min(float(high[0]), max(values) + 1.2 * span)
    return widened(min(least, *values), max(most, *values))


def _draw_units(canvas: Canvas, units: list[_Unit], at_x: Scale, at_y: Scale) -> None:
    frame = Box(at_x.start, at_y.end, at_x.end, at_y.start)
    size = 11.0 if canvas.width <= NARROW else 12.5
    radius = 3.2 if len(units) > 60 else 4.2
    out = [unit for unit in units if unit.place in _TONES or len(units) <= _MOST_NAMES]
    for unit in units:
        if unit not in out:
            canvas.disc(
                (at_x(unit.n), at_y(unit.value)), radius, fill="mark", stroke="paper", width=1
            )
    middle = sum(unit.value for unit in units) / len(units)
    far = {unit.name: abs(unit.value - middle) * math.sqrt(unit.n) for unit in out}
    named = set(sorted(far, key=lambda name: -far[name])[:_MOST_NAMES])
    labels = [
        Label(
            at_x(unit.n),
            at_y(unit.value),
            unit.name if unit.name in named else "",
            rank=far[unit.name],
            bold=unit.place in _TONES,
        )
        for unit in out
    ]
    others = [
        Box(at_x(u.n) - 4, at_y(u.value) - 4, at_x(u.n) + 4, at_y(u.value) + 4)
        for u in units
        if u not in out
    ]
    for unit, label, place in zip(
        out, labels, placed(labels, frame, size=size, taken=others, radius=5), strict=True
    ):
        tone = _TONES.get(unit.place or "", "mark")
        canvas.mark((label.x, label.y), tone, radius=radius if tone == "mark" else 5.5)
        if label.text and place is not None:
            if place.leader:
                canvas.line((label.x, label.y), (place.x, place.y - 4), stroke="mark-soft")
            canvas.text(
                (place.x, place.y),
                label.text,
                size=size,
                anchor=place.anchor,
                fill="muted" if tone == "mark" else tone,
                bold=tone != "mark",
                halo=True,
            )


def _told(view: View, units: list[_Unit]) -> str:
    below = [unit.name for unit in units if unit.place == "below"]
    above = [unit.name for unit in units if unit.place == "above"]
    none = view.say("phrases.none")
    return view.say(
        "charts.funnel.alt",
        units=len(units),
        below=view.numerals.listed(below) or none,
        above=view.numerals.listed(above) or none,
    )


def _table(view: View, column: str, segments: Segments) -> Table:
    place = {code: view.say(f"phrases.place.{code}") for code in ("below", "inside", "above")}
    return Table(
        id=f"units_{view.stem(column)}",
        title=view.say("tables.units", column=column),
        columns=(
            view.column("unit", "text"),
            view.column("n", "count"),
            view.column("gap_overall", "signed"),
            view.column("p", "p"),
            view.column("p_bh", "p"),
            view.column("funnel_place", "text"),
        ),
        rows=tuple(
            (name, one.n, one.overall, one.p, one.p_adjusted, place.get(one.outlying or ""))
            for name, one in segments.values.items()
        ),
        note=view.say("notes.units"),
    )

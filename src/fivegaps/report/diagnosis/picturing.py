"""From estimates to rows of a picture: label, figure in words, tone, and the chart around them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.pairs import Pair, levels, pairs
from fivegaps.report.charts.panels import Panel, panels
from fivegaps.report.charts.whiskers import Whisker, reach_of, whiskers
from fivegaps.report.diagnosis.seen import Figure, Seen
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.scale import widened
from fivegaps.report.tables import Kind, Table, figure
from fivegaps.stats.estimate import Estimate

LEAST_SPAN = 1.5


def tone_of(one: Figure) -> str:
    """Return trouble below 0, strength above it, else mark: beyond chance, by the interval."""
    if one.low is None or one.high is None:
        return "mark"
    return "trouble" if one.high < 0 else "strength" if one.low > 0 else "mark"


def whisker(
    seen: Seen, label: str, one: Figure, *, kind: Kind = "signed", tone: str = "", group: str = ""
) -> Whisker:
    """Return a figure as a row; where there is none, its reason stands for it."""
    if one.value is None:
        withheld = (one.reason or "").startswith("small_cell")
        shown = seen.words.say("phrases.hidden") if withheld else "–"
        return Whisker(label, None, shown=shown, remark=seen.reason(one.reason), group=group)
    return Whisker(
        label,
        one.value,
        one.low,
        one.high,
        shown=figure(one.value, kind, seen.numerals),
        remark=f"n = {seen.numerals.count(one.n)}",
        tone=tone or tone_of(one),
        group=group,
    )


def whisker_chart(
    seen: Seen,
    name: str,
    rows: Sequence[Whisker],
    table: Table,
    *,
    title: str,
    subtitle: str,
    axis: str,
    ends: tuple[float, ...] = (0.0,),
    rules: tuple[float, ...] = (0.0,),
    write: Callable[[float, int], str] | None = None,
    note: str = "",
) -> Chart | None:
    """Return a chart of figures with intervals; None when no row has a figure."""
    if all(row.value is None for row in rows):
        return None
    reach = widened(*reach_of(rows, *ends))
    ticks = write or seen.numerals.signed

    def draw(width: float) -> Canvas:
        return whiskers(rows, width, reach, axis=axis, write=ticks, rules=rules)

    wide, narrow = drawn(draw)
    told = "; ".join(f"{row.label} {row.shown}" for row in rows)
    return Chart(name, seen.lang, title, subtitle, f"{axis}. {told}.", wide, narrow, table, note)


def pair_chart(
    seen: Seen,
    name: str,
    rows: Sequence[Pair],
    table: Table,
    *,
    title: str,
    subtitle: str,
    axis: str,
    voices: tuple[str, str],
    heading: str,
    note: str = "",
) -> Chart | None:
    """Return a chart of two voices; None when neither has a level."""
    values = levels(rows)
    if not values:
        return None
    reach = _spread_out(min(values), max(values))

    def draw(width: float) -> Canvas:
        return pairs(
            rows, width, reach,
            voices=voices, axis=axis, write=seen.numerals.number, heading=heading,
        )  # fmt: skip

    wide, narrow = drawn(draw)
    told = "; ".join(f"{row.label} {row.shown}" for row in rows)
    alt = f"{axis}. {voices[0]}, {voices[1]}. {told}."
    return Chart(name, seen.lang, title, subtitle, alt, wide, narrow, table, note)


def _spread_out(low: float, high: float) -> tuple[float, float]:
    """Return round ends at least a scale point and a half apart: small differences stay small."""
    short = max(0.0, LEAST_SPAN - (high - low)) / 2
    return widened(low - short, high + short)


def panel_chart(
    seen: Seen, name: str, both: Sequence[Panel], table: Table, *, title: str, subtitle: str
) -> Chart | None:
    """Return a chart of two measures beside one another; None when neither has a figure."""
    if all(row.value is None for panel in both for row in panel.rows):
        return None

    def draw(width: float) -> Canvas:
        return panels(both, width)

    wide, narrow = drawn(draw)
    told = " ".join(
        f"{panel.title}: " + "; ".join(f"{row.label} {row.shown}" for row in panel.rows) + "."
        for panel in both
    )
    return Chart(name, seen.lang, title, subtitle, told, wide, narrow, table)


def panel(
    seen: Seen,
    title: str,
    figures: dict[str, Figure],
    *,
    kind: Kind,
    reach: tuple[float, float],
    rule: float | None = None,
    toned: bool = False,
) -> Panel:
    """Return one panel: a row for each dimension, with figure and interval."""
    rows = []
    for name, label in seen.dimensions.items():
        one = figures.get(name, Estimate.cannot("not_asked"))
        row = whisker(seen, label, one, kind=kind, tone="" if toned else "mark")
        untold = row.shown if row.shown != "–" else row.remark
        rows.append(replace(row, shown=untold) if one.value is None else row)
    low, high = reach_of(rows, *reach)
    ends = (max(low, 0.0), min(high, 1.0)) if kind == "share" else widened(low, high)
    write = percent(seen) if kind == "share" else seen.numerals.signed
    return Panel(title, tuple(rows), ends, write, rule)


def percent(seen: Seen) -> Callable[[float, int], str]:
    """Return what writes a tick of shares."""
    return lambda value, _: seen.numerals.share(value)


def shifted(one: Figure, by: float) -> Estimate:
    """Return an estimate moved by a constant: a shortfall as a share."""

    def moved(value: float | None) -> float | None:
        return None if value is None else value + by

    return Estimate(
        moved(one.value), moved(one.low), moved(one.high), one.n, one.method, one.reason
    )

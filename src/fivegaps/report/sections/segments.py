"""Segments in full: spread, consistency of the dimensions, pairs of columns."""

from __future__ import annotations

from fivegaps.report.charts.heat import heat_map
from fivegaps.report.document import Block, Paragraph, Section, Subheading
from fivegaps.report.tables import Table
from fivegaps.report.view import View
from fivegaps.scoring.results import Segments


def segments(view: View) -> Section | None:
    """Return what can be said of the segments of every column; None without any."""
    if not view.results.segments:
        return None
    blocks: list[Block] = [Paragraph(view.say("lead.segments"))]
    for index, (column, found) in enumerate(view.results.segments.items()):
        name = column.replace("|", " × ")
        blocks.append(Subheading(f"segment-{index + 1}", name))
        blocks.append(Paragraph(spread_in_words(view, found)))
        if found.dimensions:
            blocks.append(_consistency(view, index, name, found))
        chart = heat_map(view, column)
        if chart is None:
            blocks.append(_gaps(view, index, name, found))
        elif "|" in column:
            blocks.append(chart)
    return Section("segments", view.say("sections.segments"), "analyst", tuple(blocks))


def spread_in_words(view: View, found: Segments) -> str:
    """Return whether the segments can be told apart, with Cochran's test."""
    spread, count = found.spread, len(found.values)
    if spread.q is None or spread.p is None:
        return view.say("segments.untold")
    return view.say(
        "segments.told_apart" if spread.told_apart else "segments.alike",
        q=view.numerals.number(spread.q),
        df=spread.df,
        p=view.numerals.p_phrase(spread.p),
        tau=view.numerals.number(spread.tau or 0.0),
        range=view.numerals.number(spread.range or 0.0),
        count=count,
    )


def _consistency(view: View, index: int, name: str, found: Segments) -> Table:
    rows = []
    for dimension, one in found.dimensions.items():
        told = view.say("phrases.yes") if one.spread.told_apart else view.say("phrases.no")
        rows.append(
            (
                view.named("dimension", dimension),
                one.lowest,
                one.highest,
                one.spread.range,
                one.spread.tau,
                one.spread.q,
                one.spread.df,
                one.spread.p,
                told,
            )
        )
    return Table(
        id=f"consistency_{index + 1}",
        title=view.say("tables.consistency", column=name),
        columns=(
            view.column("dimension", "name"),
            view.column("lowest", "text"),
            view.column("highest", "text"),
            view.column("range", "mean"),
            view.column("tau", "mean"),
            view.column("q", "statistic"),
            view.column("df", "count"),
            view.column("p_holm", "p"),
            view.column("told_apart", "text"),
        ),
        rows=tuple(rows),
        note=view.say("notes.consistency"),
    )


def _gaps(view: View, index: int, name: str, found: Segments) -> Table:
    dimensions = [
        dimension
        for dimension in view.results.dimensions
        if any(dimension in one.dimensions for one in found.values.values())
    ]
    gaps = view.has_gaps
    rows = []
    for value, one in found.values.items():
        cells = [
            (scores.gap if gaps else scores.perception)
            if (scores := one.dimensions.get(d))
            else None
            for d in dimensions
        ]
        rows.append((value, one.n, *([one.overall] if gaps else []), *cells))
    return Table(
        id=f"segment_{index + 1}",
        title=view.say("tables.segment", column=name),
        columns=(
            view.column("unit", "text"),
            view.column("n", "count"),
            *([view.column("gap_overall", "signed")] if gaps else []),
            *(
                view.column(
                    "gap" if gaps else "perception",
                    "signed" if gaps else "mean",
                    about=view.dimension(dimension),
                )
                for dimension in dimensions
            ),
        ),
        rows=tuple(rows),
        note=view.say("notes.segment", level=view.level),
    )

"""Kano's map: what delights when present, what annoys when missing."""

from __future__ import annotations

from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.charts.plane import Axis, plane
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import width_of
from fivegaps.report.drawing.placement import Box, Label, placed
from fivegaps.report.tables import Table
from fivegaps.report.view import View
from fivegaps.scoring.results import KanoElement

CATEGORIES = ("A", "O", "M", "I", "R", "Q")


def _known(view: View) -> list[tuple[str, KanoElement]]:
    return [
        (name, one)
        for name, one in view.results.kano.items()
        if one.better.value is not None and one.worse.value is not None
    ]


def kano(view: View) -> Chart | None:
    """Return the map of better and worse; None without Kano pairs."""
    known = _known(view)
    if not known:
        return None

    def draw(width: float) -> Canvas:
        narrow = width <= NARROW
        canvas, at_x, at_y = plane(
            width,
            340.0 if narrow else 440.0,
            Axis(0.0, 1.0, view.say("charts.kano.axis_worse")),
            Axis(0.0, 1.0, view.say("charts.kano.axis_better")),
            write=lambda value, decimals: view.numerals.number(-value, decimals),
            write_up=view.numerals.number,
        )
        frame = Box(at_x.start, at_y.end, at_x.end, at_y.start)
        canvas.line((at_x(0.5), frame.top), (at_x(0.5), frame.bottom), stroke="rule", dash="4 4")
        canvas.line((frame.left, at_y(0.5)), (frame.right, at_y(0.5)), stroke="rule", dash="4 4")
        corners = _name_corners(canvas, view, frame)
        size = 11.0 if narrow else 12.5
        labels = [
            Label(
                at_x(-(one.worse.value or 0.0)),
                at_y(one.better.value or 0.0),
                view.item(name),
                rank=one.better.value or 0.0,
            )
            for name, one in known
        ]
        places = placed(labels, frame, size=size, taken=corners, radius=4.5)
        tones = {"M": "trouble", "A": "strength"}
        for (_, one), label, place in zip(known, labels, places, strict=True):
            if place is not None and place.leader:
                canvas.line((label.x, label.y), (place.x, place.y - size * 0.3), stroke="mark-soft")
            canvas.mark((label.x, label.y), tones.get(one.category or "", "mark"), radius=4.5)
            if place is not None:
                canvas.text(
                    (place.x, place.y),
                    label.text,
                    size=size,
                    anchor=place.anchor,
                    fill="ink",
                    halo=True,
                )
        return canvas

    wide, narrow = drawn(draw)
    counts = {
        category: sum(one.category == category for _, one in known) for category in CATEGORIES
    }
    told = [
        f"{view.say(f'charts.kano.plural_{category}')}: {counts[category]}"
        for category in CATEGORIES
        if counts[category]
    ]
    return Chart(
        name="kano",
        lang=view.lang,
        title=view.say(
            "charts.kano.title", must=counts["M"], attractive=counts["A"], all=len(known)
        ),
        subtitle=view.say(
            "charts.kano.subtitle", n=view.numerals.count(max(o.n for _, o in known))
        ),
        alt=", ".join(told) + ".",
        wide=wide,
        narrow=narrow,
        table=kano_table(view),
        note=view.say("charts.kano.note"),
    )


def _name_corners(canvas: Canvas, view: View, frame: Box) -> list[Box]:
    taken = []
    for category, left, top in (
        ("A", True, True),
        ("O", False, True),
        ("I", True, False),
        ("M", False, False),
    ):
        text = view.say(f"charts.kano.{category}")
        width = width_of(text, 11, bold=True)
        x = frame.left + 7 if left else frame.right - 7
        y = frame.top + 17 if top else frame.bottom - 9
        anchor = "start" if left else "end"
        canvas.text((x, y), text, size=11, fill="faint", anchor=anchor, bold=True)
        start = x if left else x - width
        taken.append(Box(start - 4, y - 13, start + width + 4, y + 5))
    return taken


def kano_table(view: View) -> Table:
    """Return counts, category, better and worse of every Kano pair."""
    return Table(
        id="kano",
        title=view.say("tables.kano"),
        columns=(
            view.column("feature", "name"),
            *(view.column(f"kano_{category}", "count") for category in CATEGORIES),
            view.column("kano_category", "text"),
            view.column("kano_z", "statistic"),
            view.column("better", "coefficient"),
            view.column("worse", "coefficient"),
            view.column("n", "count"),
        ),
        rows=tuple(
            (
                view.named("item", name),
                *(one.counts.get(category, 0) for category in CATEGORIES),
                view.say(f"charts.kano.{one.category}") if one.category else None,
                one.z,
                one.better,
                one.worse,
                one.n,
            )
            for name, one in view.results.kano.items()
        ),
        note=view.say("notes.kano"),
    )

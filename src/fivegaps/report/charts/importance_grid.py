"""The importance-performance grid: which items to work on first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.charts.plane import Axis, plane
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import width_of, wrapped
from fivegaps.report.drawing.placement import Box, Label, placed
from fivegaps.report.drawing.scale import widened
from fivegaps.report.findings import listed_names
from fivegaps.report.tables import Table
from fivegaps.report.view import View

Importance = Literal["stated", "derived"]


@dataclass(frozen=True, slots=True)
class _Spot:
    item: str
    performance: float
    importance: float
    quadrant: str


def _spots(view: View, kind: Importance) -> list[_Spot]:
    grid = view.results.importance_performance
    if grid is None:
        return []
    spots = []
    for item, one in grid.items.items():
        importance = one.stated if kind == "stated" else one.derived
        quadrant = one.quadrant_stated if kind == "stated" else one.quadrant_derived
        if one.performance.value is not None and importance.value is not None and quadrant:
            spots.append(_Spot(item, one.performance.value, importance.value, quadrant))
    return spots


def first_items(view: View, kind: Importance) -> list[str]:
    """Return the items to concentrate on, the most important first."""
    spots = [spot for spot in _spots(view, kind) if spot.quadrant == "concentrate"]
    return [spot.item for spot in sorted(spots, key=lambda spot: -spot.importance)]


def preferred(view: View) -> Importance | None:
    """Return the importance to show first: stated where it was asked, else derived."""
    if _spots(view, "stated"):
        return "stated"
    return "derived" if _spots(view, "derived") else None


def importance_grid(view: View, kind: Importance) -> Chart | None:
    """Return the grid for stated or derived importance; None where there is none."""
    spots = _spots(view, kind)
    grid = view.results.importance_performance
    if grid is None or not spots:
        return None
    cross = grid.crosshairs
    middle_x = cross.performance
    middle_y = cross.stated if kind == "stated" else cross.derived
    if middle_x is None or middle_y is None:
        return None
    xs, ys = [s.performance for s in spots], [s.importance for s in spots]
    reach_x = _reach(xs, view, grid.performance_battery)
    reach_y = _reach(ys, view, "importance" if kind == "stated" else None)

    def draw(width: float) -> Canvas:
        narrow = width <= NARROW
        height = 400.0 if narrow else 470.0
        canvas, at_x, at_y = plane(
            width,
            height,
            Axis(*reach_x, view.say("charts.grid.axis_performance", scale=view.scale)),
            Axis(*reach_y, view.say(f"charts.grid.axis_{kind}")),
            write=view.numerals.number,
        )
        frame = Box(at_x.start, at_y.end, at_x.end, at_y.start)
        x0, y0 = at_x(middle_x), at_y(middle_y)
        canvas.box((frame.left, frame.top), (x0, y0), fill="trouble-wash")
        canvas.line((x0, frame.top), (x0, frame.bottom), stroke="rule", dash="4 4")
        canvas.line((frame.left, y0), (frame.right, y0), stroke="rule", dash="4 4")
        corners = _name_corners(canvas, view, frame)
        size = 11.0 if narrow else 12.5
        labels = [
            Label(
                at_x(spot.performance),
                at_y(spot.importance),
                view.item(spot.item),
                rank=(10 if spot.quadrant == "concentrate" else 0) + spot.importance / 100,
                bold=spot.quadrant == "concentrate",
            )
            for spot in spots
        ]
        places = placed(labels, frame, size=size, taken=corners, radius=4.5)
        for spot, label, place in zip(spots, labels, places, strict=True):
            trouble = spot.quadrant == "concentrate"
            if place is not None and place.leader:
                canvas.line((label.x, label.y), (place.x, place.y - size * 0.3), stroke="mark-soft")
            canvas.mark((label.x, label.y), "trouble" if trouble else "mark", radius=4.5)
            if place is not None:
                canvas.text(
                    (place.x, place.y),
                    label.text,
                    size=size,
                    anchor=place.anchor,
                    fill="trouble" if trouble else "muted",
                    bold=trouble,
                    halo=True,
                )
        if None in places:
            _foot(canvas, view.say("charts.grid.note_hidden"))
        return canvas

    wide, narrow = drawn(draw)
    first = first_items(view, kind)
    return Chart(
        name=f"importance-{kind}",
        lang=view.lang,
        title=view.say(
            "charts.grid.title" if first else "charts.grid.title_none",
            count=len(first),
            names=listed_names(view, "item", first),
        ),
        subtitle=view.say(
            f"charts.grid.subtitle_{kind}",
            items=len(spots),
            battery=view.battery(grid.performance_battery),
            n=view.numerals.count(view.results.n),
        ),
        alt=_told(view, spots),
        wide=wide,
        narrow=narrow,
        table=_table(view, kind),
    )


def _reach(values: list[float], view: View, battery: str | None) -> tuple[float, float]:
    """Return round ends with a little room, but never beyond the points of a scale."""
    room = 0.06 * (max(values) - min(values))
    low, high = widened(min(values) - room, max(values) + room, 8)
    if battery is None or not view.instrument.has(battery):
        return low, high
    scale = view.instrument.battery(battery)
    return max(low, float(scale.minimum)), min(high, float(scale.maximum))


def _foot(canvas: Canvas, text: str) -> None:
    """Write a note below the picture, in this layout alone."""
    for line in wrapped(text, 12, canvas.width):
        canvas.height += 16
        canvas.text((0, canvas.height - 6), line, size=12, fill="muted")


def _name_corners(canvas: Canvas, view: View, frame: Box) -> list[Box]:
    """Write the names of the four quadrants; return where they stand."""
    size = 11.0
    taken = []
    for quadrant, left, top in (
        ("concentrate", True, True),
        ("keep", False, True),
        ("low", True, False),
        ("overkill", False, False),
    ):
        text = view.say(f"charts.grid.{quadrant}")
        width = width_of(text, size, bold=True)
        x = frame.left + 7 if left else frame.right - 7
        y = frame.top + 17 if top else frame.bottom - 9
        canvas.text(
            (x, y),
            text,
            size=size,
            fill="trouble" if quadrant == "concentrate" else "faint",
            anchor="start" if left else "end",
            bold=True,
        )
        start = x if left else x - width
        taken.append(Box(start - 4, y - size - 2, start + width + 4, y + 5))
    return taken


def _told(view: View, spots: list[_Spot]) -> str:
    parts = []
    for quadrant in ("concentrate", "keep", "low", "overkill"):
        names = [view.item(spot.item) for spot in spots if spot.quadrant == quadrant]
        if names:
            parts.append(f"{view.say(f'charts.grid.{quadrant}')}: {view.numerals.listed(names)}.")
    return " ".join(parts)


def _table(view: View, kind: Importance) -> Table:
    grid = view.results.importance_performance
    rows = []
    for item, one in grid.items.items() if grid else ():
        quadrant = one.quadrant_stated if kind == "stated" else one.quadrant_derived
        rows.append(
            (
                view.named("item", item),
                one.performance,
                one.stated if kind == "stated" else one.derived,
                view.say(f"charts.grid.{quadrant}") if quadrant else None,
            )
        )
    return Table(
        id=f"importance_{kind}",
        title=view.say(f"tables.importance_{kind}"),
        columns=(
            view.column("item", "name"),
            view.column("performance", "mean"),
            view.column(f"importance_{kind}", "mean" if kind == "stated" else "coefficient"),
            view.column("quadrant", "text"),
        ),
        rows=tuple(rows),
        note=view.say("notes.grid"),
    )

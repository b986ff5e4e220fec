"""Units by dimensions: where the trouble sits. Small cells are grey."""

from __future__ import annotations

from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.lettering import fitted, hyphenated, shortened, width_of
from fivegaps.report.drawing.palette import HEAT_STEPS, heat
from fivegaps.report.tables import Kind, Table
from fivegaps.report.view import AnyEstimate, View
from fivegaps.scoring.results import Segments

SMALL = 30
_MOST_ROWS = 30


def _cell(view: View, segments: Segments, unit: str, dimension: str) -> AnyEstimate | None:
    scores = segments.values[unit].dimensions.get(dimension)
    if scores is None:
        return None
    return scores.gap if view.has_gaps else scores.perception


def _order(view: View, segments: Segments, dimensions: list[str]) -> list[str]:
    """Return the units, lowest first, by their overall gap or by the mean of what they have."""

    def height(unit: str) -> float:
        overall = segments.values[unit].overall.value
        if overall is not None:
            return overall
        cells = [_cell(view, segments, unit, dimension) for dimension in dimensions]
        known = [cell.value for cell in cells if cell is not None and cell.value is not None]
        return sum(known) / len(known) if known else 99.0

    return sorted(segments.values, key=height)


def _middle(view: View) -> float:
    """Return the value that is neither good nor bad: zero, or the mean rating without gaps."""
    if view.has_gaps:
        return 0.0
    servperf = view.results.overall.servperf.value
    return servperf if servperf is not None else 0.0


def heat_map(view: View, column: str) -> Chart | None:
    """Return the map of a column's units by dimension; None without units or dimensions."""
    segments = view.results.segments[column]
    dimensions = [
        name
        for name in view.results.dimensions
        if any(
            (cell := _cell(view, segments, unit, name)) is not None and cell.value is not None
            for unit in segments.values
        )
    ]
    if not dimensions or len(segments.values) < 2:
        return None
    order = _order(view, segments, dimensions)
    shown = order
    if len(order) > _MOST_ROWS:
        shown = [*order[: _MOST_ROWS // 2], *order[-(_MOST_ROWS // 2) :]]
    middle = _middle(view)
    offsets = [
        abs(cell.value - middle)
        for unit in shown
        for name in dimensions
        if (cell := _cell(view, segments, unit, name)) is not None
        and cell.value is not None
        and cell.n >= SMALL
    ]
    reach = max(offsets, default=0.0)

    def draw(width: float) -> Canvas:
        return _drawn(view, segments, (shown, dimensions), colouring=(middle, reach), width=width)

    wide, narrow = drawn(draw)
    key = "gaps" if view.has_gaps else "ratings"
    return Chart(
        name=f"heat-{view.stem(column)}",
        lang=view.lang,
        title=_title(view, segments, dimensions, column),
        subtitle=view.say(f"charts.heat.subtitle_{key}", column=column, small=SMALL),
        alt=view.say("charts.heat.alt", units=len(order), dimensions=len(dimensions)),
        wide=wide,
        narrow=narrow,
        table=_table(view, column, segments, order, dimensions),
        note=(
            view.say("charts.heat.note_cut", shown=len(shown), units=len(order))
            if len(shown) < len(order)
            else ""
        ),
    )


def _title(view: View, segments: Segments, dimensions: list[str], column: str) -> str:
    """Return which dimension is the weakest in most units, or that none is."""
    weakest: dict[str, int] = {}
    for unit in segments.values:
        cells = {name: _cell(view, segments, unit, name) for name in dimensions}
        known = {n: c.value for n, c in cells.items() if c is not None and c.value is not None}
        if known:
            least = min(known, key=lambda name: known[name])
            weakest[least] = weakest.get(least, 0) + 1
    if not weakest or len(dimensions) < 2:
        return view.say("charts.heat.title_plain", column=column)
    name, times = max(weakest.items(), key=lambda pair: pair[1])
    units = sum(weakest.values())
    key = "title" if 2 * times > units else "title_mixed"
    return view.say(
        f"charts.heat.{key}", name=view.dimension(name), times=times, units=units, column=column
    )


def _drawn(
    view: View,
    segments: Segments,
    shape: tuple[list[str], list[str]],
    *,
    colouring: tuple[float, float],
    width: float,
) -> Canvas:
    units, dimensions = shape
    canvas = Canvas(width)
    narrow = width <= NARROW
    middle, reach = colouring
    counts = {unit: f"n = {view.numerals.count(segments.values[unit].n)}" for unit in units}
    beside = max(width_of(count, 12) for count in counts.values()) + 12
    widest = max(width_of(unit, 12.5) for unit in units)
    left = 0.0 if narrow else min(widest, 0.28 * width) + beside + 12
    cell = (width - left) / len(dimensions)
    size = 11.0 if narrow else 12.5
    named = [hyphenated(view.dimension(name), size, cell - 4) for name in dimensions]
    heads = [fitted(name, size, cell - 4, 4) for name in named]
    top = max(map(len, heads)) * size * 1.25 + 8
    for index, head in enumerate(heads):
        middle_x = left + (index + 0.5) * cell
        height = top - 6 - (len(head) - 1) * size * 0.625 - size * 0.36
        canvas.lines((middle_x, height), head, size=size, fill="muted", anchor="middle")
    pitch, above = (46.0, 18.0) if narrow else (30.0, 0.0)
    y = top
    for row, unit in enumerate(units):
        if len(units) == _MOST_ROWS and row == _MOST_ROWS // 2 and len(segments.values) > row * 2:
            canvas.line((0, y + 6), (width, y + 6), stroke="rule", dash="2 4")
            y += 12
        if narrow:
            canvas.text((0, y + 13), shortened(unit, 12, width - beside), size=12)
            canvas.text((width, y + 13), counts[unit], size=11, fill="muted", anchor="end")
        else:
            label = shortened(unit, 12.5, left - beside - 12)
            canvas.text((left - beside - 8, y + pitch / 2 + 4), label, size=12.5, anchor="end")
            canvas.text(
                (left - 10, y + pitch / 2 + 4), counts[unit], size=12, fill="muted", anchor="end"
            )
        for index, name in enumerate(dimensions):
            corner = (left + index * cell + 1, y + above + 1)
            opposite = (left + (index + 1) * cell - 1, y + pitch - 1 - (4 if narrow else 0))
            one = _cell(view, segments, unit, name)
            fill, ink, text = "small", "faint", "–"
            if one is not None and one.value is not None:
                write = view.numerals.signed if view.has_gaps else view.numerals.number
                text = write(one.value, 1)
                if one.n >= SMALL:
                    fill, ink = heat(one.value - middle, reach)
            canvas.box(corner, opposite, fill=fill, round_by=2)
            place = ((corner[0] + opposite[0]) / 2, (corner[1] + opposite[1]) / 2 + 4.3)
            canvas.text(place, text, size=12, fill=ink, anchor="middle")
        y += pitch
    canvas.height = y + 6
    if reach > 0:
        _legend(canvas, view, y + 10, (middle, reach))
        canvas.height = y + 44
    return canvas


def _legend(canvas: Canvas, view: View, y: float, colouring: tuple[float, float]) -> None:
    middle, reach = colouring
    steps = 2 * HEAT_STEPS + 1
    step = 18.0
    start = canvas.width - steps * step
    write = view.numerals.signed if view.has_gaps else view.numerals.number
    for index in range(steps):
        corner = (start + index * step, y)
        canvas.box(corner, (corner[0] + step, y + 10), fill=f"heat{index}")
    for value, x, anchor in (
        (middle - reach, start, "start"),
        (middle, start + steps * step / 2, "middle"),
        (middle + reach, canvas.width, "end"),
    ):
        canvas.text((x, y + 24), write(value, 1), size=11, fill="muted", anchor=anchor)


def _table(
    view: View, column: str, segments: Segments, order: list[str], dimensions: list[str]
) -> Table:
    kind: Kind = "signed" if view.has_gaps else "mean"
    what = "gap" if view.has_gaps else "perception"
    return Table(
        id=f"map_{view.stem(column)}",
        title=view.say("tables.map", column=column),
        columns=(
            view.column("unit", "text"),
            view.column("n", "count"),
            *(view.column(what, kind, about=view.dimension(name)) for name in dimensions),
        ),
        rows=tuple(
            (
                unit,
                segments.values[unit].n,
                *(_cell(view, segments, unit, name) for name in dimensions),
            )
            for unit in order
        ),
    )

"""Parallel analysis: eigenvalues beside those of random answers."""

from __future__ import annotations

from fivegaps.psychometrics.results import Parallel, ParallelSeries
from fivegaps.report.charts.chart import NARROW, Chart, drawn
from fivegaps.report.charts.plane import Axis, plane
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.scale import widened
from fivegaps.report.tables import Table
from fivegaps.report.view import View

_MOST_POINTS = 15


def _series(parallel: Parallel) -> list[tuple[str, ParallelSeries]]:
    pairs = (("components", parallel.components), ("factors", parallel.factors))
    return [(name, series) for name, series in pairs if series is not None]


def scree(view: View, battery: str) -> Chart | None:
    """Return the scree plot of a battery; None without parallel analysis."""
    parallel = view.results.factors[battery].parallel
    series = _series(parallel)
    if not series:
        return None
    count = min(_MOST_POINTS, max(len(one.observed) for _, one in series))
    shown = [value for _, one in series for value in (*one.observed[:count], *one.random[:count])]
    reach = widened(min(0.0, *shown), max(shown))
    quantile = view.numerals.share(parallel.quantile or 0.95)

    def draw(width: float) -> Canvas:
        narrow = width <= NARROW
        every = 3 if narrow else 2
        canvas, at_x, at_y = plane(
            width,
            220.0 if narrow else 280.0,
            Axis(
                0.6,
                count + 0.4,
                view.say("charts.scree.axis_number"),
                at=tuple(float(k) for k in range(1, count + 1, every)),
            ),
            Axis(*reach, view.say("charts.scree.axis_eigenvalue")),
            write=view.numerals.number,
        )
        inks = {"components": "strength", "factors": "mark"}
        for name, one in series:
            ink = inks[name]
            random = [(at_x(k + 1), at_y(v)) for k, v in enumerate(one.random[:count])]
            canvas.trace(random, stroke=ink, width=1.5, dash="4 4")
            observed = [(at_x(k + 1), at_y(v)) for k, v in enumerate(one.observed[:count])]
            canvas.trace(observed, stroke=ink, width=2)
            for index, point in enumerate(observed):
                kept = index < one.retained
                canvas.disc(point, 4, fill=ink if kept else "paper", stroke=ink, width=1.5)
        _name_series(canvas, view, series)
        return canvas

    wide, narrow = drawn(draw)
    kept = {name: one.retained for name, one in series}
    dimensions = len(view.results.dimensions)
    return Chart(
        name=f"scree-{battery}",
        lang=view.lang,
        title=view.say(
            "charts.scree.title" if len(kept) == 2 else "charts.scree.title_one",
            components=kept.get("components", kept.get("factors", 0)),
            factors=kept.get("factors", kept.get("components", 0)),
            dimensions=dimensions,
        ),
        subtitle=view.say(
            "charts.scree.subtitle",
            battery=view.battery(battery),
            quantile=quantile,
            n=view.numerals.count(view.results.factors[battery].n),
        ),
        alt=view.say("charts.scree.alt"),
        wide=wide,
        narrow=narrow,
        table=_table(view, battery, series),
        note=view.say("charts.scree.note"),
    )


def _name_series(canvas: Canvas, view: View, series: list[tuple[str, ParallelSeries]]) -> None:
    """Write the names of the series at the upper right, where scree plots are empty."""
    inks = {"components": "strength", "factors": "mark"}
    y = 46.0
    for name, _ in series:
        for key, dash in ((name, ""), (f"{name}_random", "4 4")):
            canvas.text(
                (canvas.width - 44, y), view.say(f"charts.scree.{key}"), size=12, anchor="end"
            )
            canvas.line(
                (canvas.width - 36, y - 4),
                (canvas.width - 8, y - 4),
                stroke=inks[name],
                width=2 if not dash else 1.5,
                dash=dash,
            )
            y += 18


def _table(view: View, battery: str, series: list[tuple[str, ParallelSeries]]) -> Table:
    length = max(len(one.observed) for _, one in series)

    def at(values: tuple[float, ...], index: int) -> float | None:
        return values[index] if index < len(values) else None

    return Table(
        id=f"parallel_{battery}",
        title=view.say("tables.parallel", battery=view.battery(battery)),
        columns=(
            view.column("number", "count"),
            *(
                view.column(column, "mean", about=view.say(f"charts.scree.{name}"))
                for name, _ in series
                for column in ("eigenvalue", "eigenvalue_random")
            ),
        ),
        rows=tuple(
            (
                index + 1,
                *(at(values, index) for _, one in series for values in (one.observed, one.random)),
            )
            for index in range(length)
        ),
        note=view.say("notes.parallel"),
    )

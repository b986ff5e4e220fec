"""Standardised loadings of the confirmatory model, by dimension, with intervals."""

from __future__ import annotations

from statistics import NormalDist

from fivegaps.psychometrics.results import Loading
from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.tables import Table
from fivegaps.report.view import View
from fivegaps.stats.estimate import Estimate

FLOOR = 0.5
_GOOD = 0.7
_METHOD = "standardised loading, ML, Wald interval by the delta method"


def loading_span(loading: Loading, confidence: float) -> tuple[float, float] | None:
    """Return the interval of a standardised loading, held within −1 and 1; None without SE."""
    if loading.standardised_se is None:
        return None
    reach = NormalDist().inv_cdf((1 + confidence) / 2) * loading.standardised_se
    return max(-1.0, loading.standardised - reach), min(1.0, loading.standardised + reach)


def _by_factor(view: View, battery: str) -> list[tuple[str, str, Loading]]:
    model = view.results.factors[battery].cfa.ml
    return [
        (dimension, item, model.loadings[item])
        for dimension, scores in view.results.dimensions.items()
        for item in scores.items
        if item in model.loadings
    ]


def loadings(view: View, battery: str) -> Chart | None:
    """Return the chart of loadings of a battery; None when the model was not fitted."""
    listed = _by_factor(view, battery)
    if not listed:
        return None
    low = min(0.0, *(one.standardised for _, _, one in listed))
    reach = (low if low == 0 else -1.0, 1.0)
    weak = [item for _, item, one in listed if abs(one.standardised) < FLOOR]

    def draw(width: float) -> Canvas:
        rows, before = [], ""
        for dimension, item, one in listed:
            rows.append(
                Row(
                    label=view.item(item),
                    value=view.numerals.coefficient(one.standardised),
                    tone="trouble" if item in weak else "mark",
                    group=view.dimension(dimension) if dimension != before else "",
                )
            )
            before = dimension
        frame = row_frame(
            rows,
            width,
            reach,
            axis=view.say("charts.loadings.axis"),
            write=view.numerals.coefficient,
            rules=(FLOOR, _GOOD),
            dash="3 4",
        )
        canvas, at = frame.canvas, frame.scale
        for (_, item, one), y in zip(listed, frame.heights, strict=True):
            tone = "trouble" if item in weak else "mark"
            span = loading_span(one, view.confidence)
            if span:
                ends = (at.clamped(span[0]), y), (at.clamped(span[1]), y)
                canvas.bar(*ends, fill=f"{tone}-soft", thick=6)
            canvas.mark((at.clamped(one.standardised), y), tone, radius=frame.radius)
        return canvas

    wide, narrow = drawn(draw)
    model = view.results.factors[battery].cfa.ml
    return Chart(
        name=f"loadings-{battery}",
        lang=view.lang,
        title=view.say(
            "charts.loadings.title" if weak else "charts.loadings.title_good",
            weak=len(weak),
            items=len(listed),
            floor=view.numerals.coefficient(FLOOR),
        ),
        subtitle=view.say(
            "charts.loadings.subtitle",
            battery=view.battery(battery),
            level=view.level,
            n=view.numerals.count(model.n),
        ),
        alt=view.say(
            "charts.loadings.alt",
            told=view.numerals.listed(
                [
                    f"{view.item(item)} {view.numerals.coefficient(one.standardised)}"
                    for _, item, one in listed
                ]
            ),
        ),
        wide=wide,
        narrow=narrow,
        table=loadings_table(view, battery),
        note=view.say("charts.loadings.note"),
    )


def loadings_table(view: View, battery: str) -> Table:
    """Return raw and standardised loadings with their standard errors, ML and MLR."""
    cfa = view.results.factors[battery].cfa
    rows = []
    for dimension, item, one in _by_factor(view, battery):
        robust = cfa.mlr.loadings.get(item)
        low, high = loading_span(one, view.confidence) or (None, None)
        rows.append(
            (
                view.named("dimension", dimension),
                view.named("item", item),
                one.value,
                one.se,
                robust.se if robust else None,
                Estimate(one.standardised, low, high, cfa.ml.n, _METHOD),
                one.standardised_se,
            )
        )
    return Table(
        id=f"loadings_{battery}",
        title=view.say("tables.loadings", battery=view.battery(battery)),
        columns=(
            view.column("dimension", "name"),
            view.column("item", "name"),
            view.column("loading", "mean"),
            view.column("se", "index"),
            view.column("se_robust", "index"),
            view.column("loading_standardised", "coefficient"),
            view.column("se_standardised", "index"),
        ),
        rows=tuple(rows),
        note=view.say("notes.loadings", level=view.level),
    )

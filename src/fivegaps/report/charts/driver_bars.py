"""Which dimensions go with the outcome: shares of the explained variance."""

from __future__ import annotations

from fivegaps.psychometrics.results import Predictor
from fivegaps.report.charts.chart import Chart, drawn
from fivegaps.report.charts.rows import Row, row_frame
from fivegaps.report.drawing.canvas import Canvas
from fivegaps.report.drawing.scale import widened
from fivegaps.report.findings import listed_names, tied_with_first
from fivegaps.report.tables import Table
from fivegaps.report.view import View
from fivegaps.stats.estimate import Estimate


def share_of(predictor: Predictor) -> Estimate:
    """Return LMG where it was computed, else Johnson's weight."""
    return predictor.lmg if predictor.lmg.value is not None else predictor.johnson


def ordered(view: View) -> list[tuple[str, Predictor]]:
    """Return the predictors with a share, the largest first."""
    drivers = view.results.drivers
    if drivers is None:
        return []
    known = [pair for pair in drivers.predictors.items() if share_of(pair[1]).value is not None]
    return sorted(known, key=lambda pair: -(share_of(pair[1]).value or 0.0))


def leading(view: View) -> list[str]:
    """Return the strongest driver and those whose intervals overlap its own."""
    return tied_with_first([(name, share_of(one)) for name, one in ordered(view)])


def driver_bars(view: View) -> Chart | None:
    """Return the chart of shares of R² with intervals; None without an outcome."""
    drivers, order = view.results.drivers, ordered(view)
    if drivers is None or not order:
        return None
    tops = [x for _, p in order for x in (share_of(p).value, share_of(p).high) if x is not None]
    reach = (0.0, widened(0.0, max(tops))[1])
    lead = leading(view)

    def draw(width: float) -> Canvas:
        rows = [
            Row(
                label=view.dimension(name),
                value=view.numerals.coefficient(share_of(one).value or 0.0),
            )
            for name, one in order
        ]
        frame = row_frame(
            rows,
            width,
            reach,
            axis=view.say("charts.drivers.axis"),
            write=view.numerals.coefficient,
        )
        canvas, at = frame.canvas, frame.scale
        for (name, one), y in zip(order, frame.heights, strict=True):
            share, johnson = share_of(one), one.johnson.value
            fill = "strength" if name in lead else "mark"
            canvas.box((at(0.0), y - 8), (at(share.value or 0.0), y + 8), fill=fill, round_by=2)
            if share.low is not None and share.high is not None:
                ends = (at.clamped(share.low), y), (at.clamped(share.high), y)
                canvas.line(*ends, stroke="paper", width=3.5)
                canvas.line(*ends, stroke="ink", width=1.5)
                for end, _ in ends:
                    canvas.line((end, y - 4), (end, y + 4), stroke="ink", width=1.5)
            if johnson is not None and share is not one.johnson:
                canvas.disc((at(johnson), y), 3.6, fill="paper", stroke="ink", width=1.5)
        return canvas

    wide, narrow = drawn(draw)
    outcome = view.outcome(drivers.outcome)
    total = drivers.r2 or 0.0
    first = share_of(order[0][1]).value or 0.0
    return Chart(
        name="drivers",
        lang=view.lang,
        title=view.say(
            "charts.drivers.title" if len(lead) == 1 else "charts.drivers.title_tied",
            name=view.dimension(order[0][0]),
            names=listed_names(view, "dimension", lead),
            outcome=outcome,
            share=view.numerals.share(first / total if total else 0.0),
        ),
        subtitle=view.say(
            "charts.drivers.subtitle",
            outcome=outcome,
            r2=view.numerals.coefficient(total),
            level=view.level,
            n=view.numerals.count(drivers.n),
        ),
        alt=view.say(
            "charts.drivers.alt",
            told=view.numerals.listed(
                [
                    f"{view.dimension(name)} {view.estimate(share_of(one), 'coefficient')}"
                    for name, one in order
                ]
            ),
        ),
        wide=wide,
        narrow=narrow,
        table=drivers_table(view),
        note=view.say("charts.drivers.note"),
    )


def drivers_table(view: View) -> Table:
    """Return shares, weights, standardised coefficients and correlations of the predictors."""
    return Table(
        id="drivers",
        title=view.say("tables.drivers"),
        columns=(
            view.column("dimension", "name"),
            view.column("lmg", "index"),
            view.column("johnson", "index"),
            view.column("beta", "coefficient"),
            view.column("r", "coefficient"),
        ),
        rows=tuple(
            (view.named("dimension", name), one.lmg, one.johnson, one.beta, one.r)
            for name, one in ordered(view)
        ),
        note=view.say("notes.drivers"),
    )

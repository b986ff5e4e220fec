"""The analyst's scores: overall figures, dimensions, items, zones."""

from __future__ import annotations

from fivegaps.report.charts.importance_grid import importance_grid, preferred
from fivegaps.report.charts.item_gaps import item_gaps
from fivegaps.report.charts.tolerance import zone_table
from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.tables import Cell, Column, Named, Table
from fivegaps.report.view import View


def overall(view: View) -> Section:
    """Return the overall figures, each under its own name."""
    figures = view.results.overall
    rows: list[tuple[Cell, ...]] = []
    for name in (
        "mean_of_dimensions",
        "mean_of_items",
        "weighted",
        "servperf",
        "servperf_weighted",
    ):
        one = getattr(figures, name)
        d_z = getattr(one, "d_z", None)
        p = getattr(one, "p", None)
        n = one.n if one.value is not None else None
        rows.append((Named(name, view.say(f"overall.{name}")), one, n, p, d_z))
    rows += [
        (Named(f"outcome.{name}", view.outcome(name)), one, one.n, None, None)
        for name, one in view.results.outcomes.items()
    ]
    table = Table(
        id="overall",
        title=view.say("tables.overall"),
        columns=(
            view.column("figure", "name"),
            view.column("value", "mean"),
            view.column("n", "count"),
            view.column("p", "p"),
            view.column("d_z", "mean"),
        ),
        rows=tuple(rows),
        note=view.say("notes.overall", level=view.level),
    )
    return Section(
        "overall",
        view.say("sections.overall"),
        "analyst",
        (Paragraph(view.say("lead.overall")), table),
    )


def _batteries(view: View) -> list[str]:
    return [
        battery.id for battery in view.instrument.batteries if battery.id in view.results.batteries
    ]


def _asked(view: View) -> list[str]:
    """Return the batteries among expectation and perception that were asked."""
    return [name for name in ("expectation", "perception") if view.instrument.has(name)]


def dimension_scores(view: View) -> Table:
    """Return means, gaps and weights by dimension."""
    results = view.results
    weighted = any(one.weight.value is not None for one in results.dimensions.values())
    columns: list[Column] = [
        view.column("dimension", "name"),
        view.column("items", "count"),
        *(view.column(name, "mean") for name in _asked(view)),
        *([view.column("gap", "signed")] if view.has_gaps else []),
        view.column("n", "count"),
        *([view.column("weight", "mean")] if weighted else []),
    ]
    rows = []
    for name, one in results.dimensions.items():
        figure = one.gap if view.has_gaps else one.perception
        row: list[Cell] = [view.named("dimension", name), len(one.items)]
        row += [getattr(one, battery) for battery in _asked(view)]
        row += [one.gap] if view.has_gaps else []
        row += [figure.n]
        row += [one.weight] if weighted else []
        rows.append(tuple(row))
    return Table(
        id="dimensions",
        title=view.say("tables.dimensions"),
        columns=tuple(columns),
        rows=tuple(rows),
        note=view.say("notes.dimensions", level=view.level),
    )


def _tests_table(view: View, kind: str) -> Table:
    """Return the paired tests of dimensions or items."""
    scored = view.results.dimensions if kind == "dimension" else view.results.items
    adjusted = "p_holm" if kind == "dimension" else "p_bh"
    rows = []
    for name, one in scored.items():
        gap = one.gap
        rank = gap.wilcoxon
        rows.append(
            (
                view.named(kind, name),
                gap.value,
                gap.sd,
                gap.t,
                gap.df,
                gap.p,
                gap.p_adjusted,
                gap.d_z,
                gap.d_av,
                rank.v if rank else None,
                rank.n_nonzero if rank else None,
                rank.p if rank else None,
            )
        )
    return Table(
        id=f"{kind}_tests",
        title=view.say(f"tables.{kind}_tests"),
        columns=(
            view.column(kind, "name"),
            view.column("gap", "signed"),
            view.column("sd", "mean"),
            view.column("t", "statistic"),
            view.column("df", "count"),
            view.column("p", "p"),
            view.column(adjusted, "p"),
            view.column("d_z", "mean"),
            view.column("d_av", "mean"),
            view.column("wilcoxon_v", "count"),
            view.column("wilcoxon_n", "count"),
            view.column("wilcoxon_p", "p"),
        ),
        rows=tuple(rows),
        note=view.say(f"notes.{kind}_tests"),
    )


def _ceiling_table(view: View, kind: str) -> Table:
    """Return the share of answers at the top of the scale, and for items the missing share."""
    scored = view.results.dimensions if kind == "dimension" else view.results.items
    batteries = _batteries(view)
    columns = [
        view.column(kind, "name"),
        *(view.column("ceiling", "share", about=view.battery(name)) for name in batteries),
    ]
    if kind == "item":
        columns += [view.column("missing", "share", about=view.battery(name)) for name in batteries]
    rows = []
    for name, one in scored.items():
        row: list[Cell] = [view.named(kind, name)]
        row += [one.ceiling.get(battery) for battery in batteries]
        if kind == "item":
            row += [view.results.items[name].missing.get(battery) for battery in batteries]
        rows.append(tuple(row))
    return Table(
        id=f"{kind}_ceilings",
        title=view.say(f"tables.{kind}_ceilings"),
        columns=tuple(columns),
        rows=tuple(rows),
        note=view.say("notes.ceilings"),
    )


def dimensions(view: View) -> Section | None:
    """Return scores, tests and ceilings by dimension; None without dimensions."""
    if not view.results.dimensions:
        return None
    blocks: list[Block] = [dimension_scores(view)]
    if view.has_gaps:
        blocks += [_tests_table(view, "dimension"), _difference_table(view)]
    blocks.append(_ceiling_table(view, "dimension"))
    return Section("dimensions", view.say("sections.dimensions"), "analyst", tuple(blocks))


def _difference_table(view: View) -> Table:
    rows = []
    for name, one in view.results.dimensions.items():
        of_gap = one.reliability.get("gap")
        rows.append(
            (
                view.named("dimension", name),
                one.difference_reliability,
                of_gap.alpha if of_gap else None,
            )
        )
    return Table(
        id="difference_reliability",
        title=view.say("tables.difference_reliability"),
        columns=(
            view.column("dimension", "name"),
            view.column("r_d", "coefficient"),
            view.column("alpha_gap", "coefficient"),
        ),
        rows=tuple(rows),
        note=view.say("notes.difference_reliability"),
    )


def items(view: View) -> Section:
    """Return item scores with the chart of gaps, tests and ceilings."""
    results = view.results
    rows = []
    for name, one in results.items.items():
        row: list[Cell] = [
            view.named("item", name),
            view.named("dimension", one.dimension) if one.dimension else None,
        ]
        row += [getattr(one, battery) for battery in _asked(view)]
        row += [one.gap] if view.has_gaps else []
        row += [(one.gap if view.has_gaps else one.perception).n]
        rows.append(tuple(row))
    table = Table(
        id="items",
        title=view.say("tables.items"),
        columns=(
            view.column("item", "name"),
            view.column("dimension", "name"),
            *(view.column(name, "mean") for name in _asked(view)),
            *([view.column("gap", "signed")] if view.has_gaps else []),
            view.column("n", "count"),
        ),
        rows=tuple(rows),
        note=view.say("notes.items", level=view.level),
    )
    chart = item_gaps(view) if preferred(view) else None
    blocks: list[Block] = [chart] if chart else []
    blocks.append(table)
    if view.has_gaps:
        blocks.append(_tests_table(view, "item"))
    blocks.append(_ceiling_table(view, "item"))
    other = {"stated": "derived", "derived": None, None: None}[preferred(view)]
    second = importance_grid(view, "derived") if other else None
    if second is not None:
        blocks.append(second)
    return Section("items", view.say("sections.items"), "analyst", tuple(blocks))


def zone(view: View) -> Section | None:
    """Return the zones of tolerance by dimension and item; None without that battery."""
    found = view.results.zone
    if found is None:
        return None
    return Section(
        "zone",
        view.say("sections.zone"),
        "analyst",
        (
            Paragraph(view.say("lead.zone")),
            zone_table(view, "zone_dimensions", "dimension", dict(found.dimensions)),
            zone_table(view, "zone_items", "item", dict(found.items)),
        ),
    )

"""Reliability of the dimensions and of their items, battery by battery."""

from __future__ import annotations

from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.tables import Cell, Table
from fivegaps.report.view import View


def reliability(view: View) -> Section | None:
    """Return alpha, omega and item statistics; None when nothing of it was computed."""
    rows = [
        (
            view.named("dimension", name),
            view.named("battery", battery),
            len(scores.items),
            one.alpha,
            one.omega,
            one.mean_inter_item_r,
            one.alpha.n,
        )
        for name, scores in view.results.dimensions.items()
        for battery, one in scores.reliability.items()
    ]
    if not rows:
        return None
    blocks: list[Block] = [
        Paragraph(view.say("lead.reliability")),
        Table(
            id="reliability",
            title=view.say("tables.reliability"),
            columns=(
                view.column("dimension", "name"),
                view.column("battery", "name"),
                view.column("items", "count"),
                view.column("alpha", "coefficient"),
                view.column("omega", "coefficient"),
                view.column("mean_inter_item_r", "coefficient"),
                view.column("n", "count"),
            ),
            rows=tuple(rows),
            note=view.say("notes.reliability", level=view.level),
        ),
    ]
    batteries = list(
        dict.fromkeys(name for one in view.results.items.values() for name in one.reliability)
    )
    if batteries:
        blocks.append(_items(view, batteries))
    return Section("reliability", view.say("sections.reliability"), "analyst", tuple(blocks))


def _items(view: View, batteries: list[str]) -> Table:
    """Return how items sit among the others, the batteries side by side."""
    rows = []
    for name, scores in view.results.items.items():
        if not scores.reliability:
            continue
        row: list[Cell] = [
            view.named("item", name),
            view.named("dimension", scores.dimension) if scores.dimension else None,
        ]
        for battery in batteries:
            one = scores.reliability.get(battery)
            row += [one.item_rest if one else None, one.alpha_if_dropped if one else None]
        rows.append(tuple(row))
    return Table(
        id="item_reliability",
        title=view.say("tables.item_reliability"),
        columns=(
            view.column("item", "name"),
            view.column("dimension", "name"),
            *(
                view.column(column, "coefficient", about=view.battery(battery))
                for battery in batteries
                for column in ("item_rest", "alpha_if_dropped")
            ),
        ),
        rows=tuple(rows),
        note=view.say("notes.item_reliability"),
    )

"""Reliability of the dimensions and of their items, battery by battery."""

from __future__ import annotations

from fivegaps.report.document import Block, Paragraph, Section
from fivegaps.report.tables import Table
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
    items = [
        (
            view.named("item", name),
            view.named("dimension", scores.dimension) if scores.dimension else None,
            view.named("battery", battery),
            one.item_rest,
            one.alpha_if_dropped,
        )
        for name, scores in view.results.items.items()
        for battery, one in scores.reliability.items()
    ]
    if items:
        blocks.append(
            Table(
                id="item_reliability",
                title=view.say("tables.item_reliability"),
                columns=(
                    view.column("item", "name"),
                    view.column("dimension", "name"),
                    view.column("battery", "name"),
                    view.column("item_rest", "coefficient"),
                    view.column("alpha_if_dropped", "coefficient"),
                ),
                rows=tuple(items),
                note=view.say("notes.item_reliability"),
            )
        )
    return Section("reliability", view.say("sections.reliability"), "analyst", tuple(blocks))

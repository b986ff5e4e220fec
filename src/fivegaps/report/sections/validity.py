"""Convergent and discriminant validity of the dimensions of one battery."""

from __future__ import annotations

from fivegaps.report.document import Block
from fivegaps.report.tables import Table
from fivegaps.report.view import View


def validity_blocks(view: View, battery: str) -> list[Block]:
    """Return AVE and CR, and the pairs with HTMT and Fornell-Larcker."""
    blocks: list[Block] = []
    rows = [
        (view.named("dimension", name), one.ave, one.cr, one.ave.n)
        for name, scores in view.results.dimensions.items()
        if (one := scores.validity.get(battery)) is not None
    ]
    if rows:
        blocks.append(
            Table(
                id=f"validity_{battery}",
                title=view.say("tables.validity", battery=view.battery(battery)),
                columns=(
                    view.column("dimension", "name"),
                    view.column("ave", "coefficient"),
                    view.column("cr", "coefficient"),
                    view.column("n", "count"),
                ),
                rows=tuple(rows),
                note=view.say("notes.validity"),
            )
        )
    found = view.results.factors[battery]
    pairs = list(dict.fromkeys([*found.htmt, *found.fornell_larcker]))
    if pairs:
        blocks.append(_pairs(view, battery, pairs))
    return blocks


def _pairs(view: View, battery: str, pairs: list[str]) -> Table:
    found = view.results.factors[battery]
    rows = []
    for pair in pairs:
        left, _, right = pair.partition("|")
        larcker = found.fornell_larcker.get(pair)
        holds = None
        if larcker is not None:
            holds = view.say("phrases.yes") if larcker.holds else view.say("phrases.no")
        rows.append(
            (
                view.named("dimension", left),
                view.named("dimension", right),
                found.htmt.get(pair),
                larcker.correlation if larcker else None,
                larcker.sqrt_ave_low if larcker else None,
                holds,
            )
        )
    return Table(
        id=f"discriminant_{battery}",
        title=view.say("tables.discriminant", battery=view.battery(battery)),
        columns=(
            view.column("left", "name"),
            view.column("right", "name"),
            view.column("htmt", "coefficient"),
            view.column("factor_correlation", "coefficient"),
            view.column("sqrt_ave", "coefficient"),
            view.column("fornell_larcker", "text"),
        ),
        rows=tuple(rows),
        note=view.say("notes.discriminant"),
    )

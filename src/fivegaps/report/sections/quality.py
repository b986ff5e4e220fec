"""Survey weights, and the quality of the answers with its effect on the figures."""

from __future__ import annotations

from fivegaps.report.document import Block, Facts, Paragraph, Section
from fivegaps.report.tables import Cell, Named, Table
from fivegaps.report.view import View


def weights(view: View) -> Section | None:
    """Return how answers were weighted; None when they were not."""
    found = view.results.weights
    if found is None:
        return None
    number, count = view.numerals.number, view.numerals.count
    facts = [
        (view.say("weights.source"), found.source),
        (view.say("weights.deff"), number(found.deff, 3)),
        (view.say("weights.n_effective"), count(round(found.n_effective))),
    ]
    if found.smallest is not None and found.largest is not None:
        facts.append(
            (view.say("weights.range"), f"{number(found.smallest)} – {number(found.largest)}")
        )
    blocks: list[Block] = [Paragraph(view.say("lead.weights")), Facts(tuple(facts))]
    rows = [
        (column, value, share)
        for column, margins in found.margins.items()
        for value, share in margins.items()
    ]
    if rows:
        blocks.append(
            Table(
                id="margins",
                title=view.say("tables.margins"),
                columns=(
                    view.column("margin_column", "text"),
                    view.column("margin_value", "text"),
                    view.column("margin_target", "mean"),
                ),
                rows=tuple(rows),
            )
        )
    return Section("weights", view.say("sections.weights"), "analyst", tuple(blocks))


def quality(view: View) -> Section:
    """Return rows read and used, flags, and the main figures without the flagged."""
    found = view.results.quality
    count = view.numerals.count
    blocks: list[Block] = [
        Paragraph(
            view.say(
                "quality.rows",
                read=count(found.read),
                used=count(found.used),
                flagged=count(found.flagged),
            )
        )
    ]
    if found.flags:
        rows: list[tuple[Cell, ...]] = []
        for flag, n in found.flags.items():
            rows.append((Named(flag, _flag(view, flag)), n, n / found.used if found.used else None))
        blocks.append(
            Table(
                id="flags",
                title=view.say("tables.flags"),
                columns=(
                    view.column("flag", "name"),
                    view.column("answers", "count"),
                    view.column("share", "share"),
                ),
                rows=tuple(rows),
                note=view.say("notes.flags"),
            )
        )
    without = found.without_flagged
    if found.flagged and view.has_gaps:
        rows = [
            (
                Named("overall", view.say("overall.mean_of_dimensions")),
                view.results.overall.mean_of_dimensions,
                without.overall,
                _change(view.results.overall.mean_of_dimensions.value, without.overall.value),
            )
        ]
        for name, gap in without.dimensions.items():
            whole = view.results.dimensions[name].gap
            rows.append(
                (view.named("dimension", name), whole, gap, _change(whole.value, gap.value))
            )
        blocks.append(
            Table(
                id="without_flagged",
                title=view.say("tables.without_flagged", n=count(without.n)),
                columns=(
                    view.column("figure", "name"),
                    view.column("gap", "signed"),
                    view.column("gap_without", "signed"),
                    view.column("change", "signed"),
                ),
                rows=tuple(rows),
                note=view.say("notes.without_flagged"),
            )
        )
    return Section("quality", view.say("sections.quality"), "analyst", tuple(blocks))


def _flag(view: View, flag: str) -> str:
    """Return a flag in words; one of a battery ends with the battery's id."""
    if view.words.knows(f"flags.{flag}"):
        return view.say(f"flags.{flag}")
    for battery in view.results.batteries:
        stem = flag.removesuffix(f"_{battery}")
        if stem != flag and view.words.knows(f"flags.{stem}"):
            return f"{view.say(f'flags.{stem}')} ({view.battery(battery)})"
    return flag


def _change(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else after - before

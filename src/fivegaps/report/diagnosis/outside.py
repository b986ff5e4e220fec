"""Verdicts on actions, competitors, and what the gaps lead to."""

from __future__ import annotations

from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Paragraph, Remarks, Section
from fivegaps.report.tables import Cell, Named


def actions(seen: Seen) -> Section | None:
    """Return the verdicts, effect and state apart; None without actions."""
    found = seen.diagnosis.actions
    if not found:
        return None
    heads: Heads = (
        ("action", "name"), ("effect_verdict", "text"), ("effect", "signed"), ("n", "count"),
        ("comparison", "text"), ("state_verdict", "text"), ("state_now", "signed"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    remarks: list[str] = []
    for name, one in found.items():
        row: tuple[Cell, ...] = (
            Named(name, name),
            seen.tell(f"verdict.{one.effect_verdict}"),
            one.effect,
            one.effect.n,
            seen.tell(f"verdict.{one.comparison}"),
            seen.tell(f"verdict.{one.state_verdict}"),
            one.state,
        )
        rows.append(row)
        if one.registered_before is False:
            remarks.append(seen.tell("verdict.late", action=name))
        mean = one.regression_to_the_mean
        if mean is not None and mean.value is not None:
            shown = seen.signed_span(mean.value, mean.low, mean.high)
            remarks.append(seen.tell("verdict.mean", action=name, value=shown))
        remarks += [f"{name}: {note}" for note in one.notes]
    blocks: list[Block] = [
        Paragraph(seen.tell("methods_verdicts"), "lead"),
        seen.table("actions", seen.tell("table.actions"), heads, rows),
    ]
    if remarks:
        blocks.append(Remarks(seen.words.say("page.caution"), tuple(remarks), "caution"))
    return Section("actions", seen.tell("sections.actions"), "analyst", tuple(blocks))


def competitors(seen: Seen) -> Section | None:
    """Return our standing against each competitor; None without any."""
    blocks: list[Block] = []
    for number, (name, standing) in enumerate(seen.diagnosis.competitors.items(), start=1):
        rows: list[tuple[Cell, ...]] = []
        for dimension, one in standing.dimensions.items():
            place = standing.our_ranks.get(dimension)
            if place is None or place.value is None:
                rank = "–" if place is None else f"– ({seen.reason(place.reason)})"
            else:
                rank = f"{place.value} [{place.low}–{place.high}] / {place.of}"
            row: tuple[Cell, ...] = (
                seen.dimension(dimension), one.difference, one.difference.n, rank,
            )  # fmt: skip
            rows.append(row)
        heads: Heads = (
            ("dimension", "name"), ("difference_ours", "signed"), ("n", "count"),
            ("rank", "text"),
        )  # fmt: skip
        title = seen.tell("table.competitors", name=name)
        blocks.append(seen.table(f"competitor_{number}", title, heads, rows))
    if not blocks:
        return None
    return Section("competitors", seen.tell("sections.competitors"), "analyst", tuple(blocks))


def consequences(seen: Seen) -> Section | None:
    """Return outcomes, customers at risk and the customers' part; None when nothing is known."""
    found, part = seen.diagnosis.consequences, seen.diagnosis.customer_part
    blocks: list[Block] = []
    if found.outcomes:
        rows: list[tuple[Cell, ...]] = [
            (Named(name, _outcome(seen, name)), one.mean, one.slope, one.n)
            for name, one in found.outcomes.items()
        ]
        heads: Heads = (
            ("outcome", "name"), ("mean", "mean"), ("slope", "signed"), ("n", "count"),
        )  # fmt: skip
        blocks.append(seen.table("outcomes", seen.tell("table.outcomes"), heads, rows))
    risk = found.at_risk
    shares: list[tuple[Cell, ...]] = []
    if risk is not None:
        shares += [
            (Named("at_risk.low", seen.tell("risk.low")), risk.low, risk.low.n),
            (Named("at_risk.high", seen.tell("risk.high")), risk.high, risk.high.n),
        ]
    if part.share.value is not None or part.promises.value is not None:
        shares += [
            (Named("customer_part", seen.tell("part.cases")), part.share, part.share.n),
            (
                Named("misunderstanding", seen.tell("part.misunderstanding")),
                part.misunderstanding,
                part.misunderstanding.n,
            ),
            (Named("promises", seen.tell("part.promises")), part.promises, part.promises.n),
        ]
    if shares:
        note = "" if risk is None else seen.tell("at_risk_assumption", text=risk.assumption)
        share_heads: Heads = (("what", "name"), ("share", "share"), ("n", "count"))
        title = seen.tell("table.shares")
        blocks.append(seen.table("consequence_shares", title, share_heads, shares, note))
    if not blocks:
        return None
    return Section("consequences", seen.tell("sections.consequences"), "analyst", tuple(blocks))


def _outcome(seen: Seen, name: str) -> str:
    key = f"terms.outcome.{name}"
    return seen.words.say(key) if seen.words.knows(key) else name

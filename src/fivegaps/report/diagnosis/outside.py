"""Competitors, and what the gaps lead to."""

from __future__ import annotations

from fivegaps.diagnosis.consequences import ASSUMPTION
from fivegaps.diagnosis.results import AtRisk
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Section
from fivegaps.report.tables import Cell, Named


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
                span = f"[{place.low}–{place.high}] " if place.low != place.high else ""
                # A rank broken over lines is hard to read.
                rank = f"{place.value} {span}/ {place.of}".replace(" ", "\N{NO-BREAK SPACE}")
            row: tuple[Cell, ...] = (
                seen.dimension(dimension), one.difference, one.difference.n, rank,
            )  # fmt: skip
            rows.append(row)
        heads: Heads = (
            ("dimension", "name"), ("difference_ours", "signed"), ("n", "count"),
            ("rank", "text"),
        )  # fmt: skip
        title = seen.tell("table.competitors", name=name)
        note = seen.tell("sign.competitors")
        blocks.append(seen.table(f"competitor_{number}", title, heads, rows, note))
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
        note = seen.tell("sign.outcomes")
        blocks.append(seen.table("outcomes", seen.tell("table.outcomes"), heads, rows, note))
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
    shares += [
        (Named(f"channel.{name}", seen.tell("part.channel", name=name)), one, one.n)
        for name, one in part.by_channel.items()
    ]
    if shares:
        note = "" if risk is None else seen.tell("at_risk_assumption", text=_assumption(seen, risk))
        share_heads: Heads = (("what", "name"), ("share", "share"), ("n", "count"))
        title = seen.tell("table.shares")
        blocks.append(seen.table("consequence_shares", title, share_heads, shares, note))
    if not blocks:
        return None
    return Section("consequences", seen.tell("sections.consequences"), "analyst", tuple(blocks))


def _assumption(seen: Seen, risk: AtRisk) -> str:
    """Return the assumption in the language; one that we do not know stays as it is."""
    return seen.tell("risk.assumption") if risk.assumption == ASSUMPTION else risk.assumption


def _outcome(seen: Seen, name: str) -> str:
    key = f"terms.outcome.{name}"
    return seen.words.say(key) if seen.words.knows(key) else name

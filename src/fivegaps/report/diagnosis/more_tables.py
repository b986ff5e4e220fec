"""Tables for the workbook alone: what the page tells in prose, one row a sentence."""

from __future__ import annotations

from fivegaps.diagnosis.story import cause_title
from fivegaps.knowledge.remedies import remedy
from fivegaps.report.diagnosis.cause_pages import sentence
from fivegaps.report.diagnosis.remedy_cards import remedy_title
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.diagnosis.verdict_pages import effect_told, notes, state_told
from fivegaps.report.tables import Cell, Named, Table
from fivegaps.report.view import in_language


def more_tables(seen: Seen) -> tuple[Table, ...]:
    """Return the evidence, the remedies' steps and the verdicts in words, those with rows."""
    found = (_evidence(seen), _steps(seen), _verdicts(seen))
    return tuple(table for table in found if table.rows)


def _evidence(seen: Seen) -> Table:
    """Return a row for each sign of each cause: which way it speaks, its figure, the sentence."""
    rows: list[tuple[Cell, ...]] = []
    for cause in seen.diagnosis.causes:
        for side, signs in (
            ("for", cause.for_),
            ("against", cause.against),
            ("missing", cause.missing),
        ):
            for sign in signs:
                n = sign.estimate.n if sign.estimate else None
                row: tuple[Cell, ...] = (
                    Named(cause.id, cause_title(cause, seen.lang)),
                    seen.tell(f"evidence.{side}"), sign.measure, sign.estimate, n,
                    sign.values.get("distance"), sentence(seen, sign),
                )  # fmt: skip
                rows.append(row)
    heads: Heads = (
        ("cause", "name"), ("side", "text"), ("measure", "text"), ("value_found", "mean"),
        ("n", "count"), ("strength", "signed"), ("in_words", "text"),
    )  # fmt: skip
    return seen.table("evidence", seen.tell("table.evidence"), heads, rows)


def _steps(seen: Seen) -> Table:
    """Return a row for each step of each remedy, with proof and risks."""
    rows: list[tuple[Cell, ...]] = []
    for one in seen.diagnosis.remedies:
        record = remedy(one.id)
        name = Named(one.id, remedy_title(seen, one.id))
        steps = record.steps.get(seen.lang) or record.steps["en"]
        told = [(seen.tell("card.steps"), step) for step in steps]
        told.append((seen.tell("card.knowing"), in_language(record.knowing, seen.lang)))
        told.append((seen.tell("card.risks"), in_language(record.risks, seen.lang)))
        rows += [(name, one.order, what, text) for what, text in told]
    heads: Heads = (("remedy", "name"), ("order", "count"), ("what", "text"), ("in_words", "text"))
    return seen.table("remedy_steps", seen.tell("card.steps"), heads, rows)


def _verdicts(seen: Seen) -> Table:
    """Return effect, state and remarks of each action in words."""
    rows: list[tuple[Cell, ...]] = []
    for name, one in seen.diagnosis.actions.items():
        registered = seen.names.actions.get(name)
        target = registered.target if registered else None
        row: tuple[Cell, ...] = (
            Named(name, name), effect_told(seen, one), state_told(seen, one, target),
            " ".join(notes(seen, one)) or "–",
        )  # fmt: skip
        rows.append(row)
    heads: Heads = (
        ("action", "name"), ("effect_verdict", "text"), ("state_verdict", "text"),
        ("remarks", "text"),
    )  # fmt: skip
    return seen.table("action_verdicts", seen.tell("table.actions"), heads, rows)

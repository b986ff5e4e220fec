"""The first minutes: three sentences, the model board, the largest gaps."""

from __future__ import annotations

from fivegaps.diagnosis.results import Located
from fivegaps.diagnosis.story import three_sentences
from fivegaps.report.diagnosis.gap_pages import overall
from fivegaps.report.diagnosis.model_board import board
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Answer, Block, Paragraph, Section, Verdict
from fivegaps.report.tables import Cell, Named
from fivegaps.stats.estimate import Estimate

MOST_LOCATED = 12


def story(seen: Seen) -> Section:
    """Return the diagnosis in three sentences."""
    told = three_sentences(seen.diagnosis, seen.lang, names=seen.dimensions)
    answers = tuple(
        Answer(seen.tell(f"question.{name}"), text)
        for name, text in zip(("customers", "why", "first"), told, strict=True)
    )
    return Section("story", seen.tell("sections.story"), "board", (Verdict(answers, _tone(seen)),))


def _tone(seen: Seen) -> str:
    high = overall(seen.measured.gaps, 5).high
    return "trouble" if high is not None and high < 0 else "mark"


def model(seen: Seen) -> Section:
    """Return the model board."""
    return Section("board", seen.tell("sections.board"), "board", (board(seen),))


def largest(seen: Seen) -> Section:
    """Return the largest gaps by dimension, with intervals and ties."""
    blocks: list[Block] = [Paragraph(seen.tell("largest_lead"), "lead")]
    found = [one for one in seen.diagnosis.largest if one.wave == seen.wave][:MOST_LOCATED]
    worst = [one for one in seen.diagnosis.worst if one.wave == seen.wave]
    if found or worst:
        heads: Heads = (
            ("gap_of_model", "name"), ("standardised", "statistic"), ("n", "count"),
            ("measured", "signed"), ("tied", "text"),
        )  # fmt: skip
        rows = [_row(seen, one) for one in (*found, *worst)]
        blocks.append(seen.table("largest", seen.tell("table.largest"), heads, rows))
    else:
        blocks.append(Paragraph(seen.tell("no_figures")))
    return Section("largest", seen.tell("sections.largest"), "board", tuple(blocks))


def _row(seen: Seen, one: Located) -> tuple[Cell, ...]:
    place = f"gap{one.gap}.{one.dimension}"
    size = Estimate(one.standardised, one.low, one.high, one.n, "gap / SD")
    others = "; ".join(seen.place(name) for name in one.tied_with) or "–"
    return (Named(place, seen.place(place)), size, one.n, one.measured, others)

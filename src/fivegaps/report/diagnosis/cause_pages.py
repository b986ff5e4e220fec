"""Causes, claimed and unclaimed, with the evidence for and against them and what is missing."""

from __future__ import annotations

from fivegaps.diagnosis.evidence.telling import title as measure_title
from fivegaps.diagnosis.results import CauseFound, Evidence
from fivegaps.diagnosis.story import cause_title
from fivegaps.knowledge.causes import cause
from fivegaps.knowledge.measures import measure as known_measure
from fivegaps.report.charts.chart import Chart
from fivegaps.report.charts.whiskers import Whisker
from fivegaps.report.diagnosis.picturing import whisker_chart
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Paragraph, Remarks, Section, Subheading
from fivegaps.report.tables import Cell, Named, Table
from fivegaps.report.view import in_language
from fivegaps.stats.estimate import Estimate

NEAREST = 3
MOST_DRAWN = 12


def causes(seen: Seen) -> Section:
    """Return the section of causes: the claimed ones, the nearest others, and a table of all."""
    blocks: list[Block] = [Paragraph(seen.tell("strength_rule"), "lead")]
    claimed = [one for one in seen.diagnosis.causes if one.claimed]
    others = [one for one in seen.diagnosis.causes if not one.claimed]
    nearest = [one for one in others if one.strength.value is not None][:NEAREST]
    if not claimed:
        blocks.append(Paragraph(seen.tell("none_claimed")))
    heads: Heads = (
        ("cause", "name"), ("gap_of_model", "count"), ("claimed", "text"),
        ("strength", "signed"), ("n", "count"), ("p", "p"),
    )  # fmt: skip
    rows = [_row(seen, one) for one in seen.diagnosis.causes]
    table = seen.table("causes", seen.tell("table.causes"), heads, rows, seen.tell("sign.causes"))
    blocks.append(_picture(seen, [*claimed, *others], table) or table)
    for one in (*claimed, *nearest):
        blocks += _told(seen, one)
    return Section("causes", seen.tell("sections.causes"), "analyst", tuple(blocks))


def _picture(seen: Seen, found: list[CauseFound], table: Table) -> Chart | None:
    """Return the strengths with their intervals, the claimed causes set apart."""
    known = [one for one in found if one.strength.value is not None][:MOST_DRAWN]
    drawn = [
        Whisker(
            cause_title(one, seen.lang),
            one.strength.value,
            one.strength.low,
            one.strength.high,
            shown=seen.numerals.signed(one.strength.value or 0.0),
            remark=seen.gap_name(one.gap),
            tone="trouble" if one.claimed else "mark",
        )
        for one in known
    ]
    claimed = sum(one.claimed for one in found)
    title = seen.tell("causes_title", n=claimed) if claimed else seen.tell("causes_title_none")
    return whisker_chart(
        seen, "causes", drawn, table,
        title=title, subtitle=seen.tell("causes_subtitle"), axis=seen.tell("axis.strength"),
        note=seen.tell("causes_note"),
    )  # fmt: skip


def _row(seen: Seen, one: CauseFound) -> tuple[Cell, ...]:
    strength = one.strength
    n = max((known.estimate.n for known in one.for_ + one.against if known.estimate), default=0)
    figure = Estimate(
        strength.value, strength.low, strength.high, n, strength.method, strength.reason
    )
    claimed = seen.words.say("phrases.yes" if one.claimed else "phrases.no")
    name = Named(one.id, cause_title(one, seen.lang))
    return (name, one.gap, claimed, figure, n, one.p_adjusted)


def _told(seen: Seen, one: CauseFound) -> list[Block]:
    strength = one.strength
    key = "evidence.claimed" if one.claimed else "evidence.unclaimed"
    shown = seen.signed_span(strength.value, strength.low, strength.high)
    blocks: list[Block] = [
        Subheading(f"cause-{one.id}", cause_title(one, seen.lang)),
        Paragraph(seen.tell(key, gap=one.gap, strength=shown)),
        Paragraph(in_language(cause(one.id).text, seen.lang)),
    ]
    for side, found in (("for", one.for_), ("against", one.against), ("missing", one.missing)):
        if found:
            sentences = tuple(sentence(seen, known) for known in found)
            blocks.append(Remarks(seen.tell(f"evidence.{side}"), sentences, "plain"))
    return blocks


def sentence(seen: Seen, one: Evidence) -> str:
    """Return one sign as a sentence of the language; English ones come with the evidence."""
    if seen.lang == "en":
        return one.text
    name, write = measure_title(one.measure, seen.lang), seen.numerals
    n = write.count(one.estimate.n if one.estimate else 0)
    if one.code.startswith("missing"):
        reason = one.estimate.reason if one.estimate else "not_asked"
        return seen.tell("evidence.absent", measure=name, reason=seen.reason(reason))
    if "mean" in one.values:
        return seen.tell(
            "evidence.relative",
            measure=name,
            mean=write.number(one.values["mean"], 1),
            others=write.number(one.values["others"], 1),
            n=n,
            distance=write.signed(one.values["distance"], 1),
        )
    kind = known_measure(one.measure)
    shares = kind is not None and kind.kind == "share"

    def written(value: float | None) -> str:
        if value is None:
            return "–"
        return write.share(value) if shares else write.number(value, 1)

    value = one.estimate.value if one.estimate else None
    line = one.values.get("threshold")
    return seen.tell(
        "evidence.threshold", measure=name, value=written(value), line=written(line), n=n
    )

"""Inside the company: blind spot and self-audit, commitment as two sides see it, service within."""

from __future__ import annotations

from fivegaps.report.diagnosis.closing import unmeasured
from fivegaps.report.diagnosis.leading import leading
from fivegaps.report.diagnosis.picturing import whisker, whisker_chart
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Paragraph, Section, Subheading
from fivegaps.report.tables import Cell, Named
from fivegaps.stats.estimate import Estimate

_NOTHING = Estimate.cannot("not_asked")


def blind_spot(seen: Seen) -> Section:
    """Return the managers' audit of themselves against the customers, also by channel."""
    found = seen.measured.blind_spot
    blocks: list[Block] = [Paragraph(seen.tell("blind.lead"), "lead")]
    known = [one for one in found.dimensions.values() if one.value is not None]
    if not known and not found.questions:
        blocks += unmeasured(seen, "blind_spot")
        return Section("blind-spot", seen.tell("sections.blind_spot"), "analyst", tuple(blocks))
    rows: list[tuple[Cell, ...]] = []
    drawn = []
    for name, label in seen.dimensions.items():
        one = seen.shielded(found.dimensions.get(name, _NOTHING), "managers")
        rows.append((seen.dimension(name), one, one.n))
        tone = "trouble" if one.low is not None and one.low > 0 else "mark"
        drawn.append(whisker(seen, label, one, tone=tone))
    heads: Heads = (("dimension", "name"), ("audit_difference", "signed"), ("n", "count"))
    table = seen.table(
        "blind_spot", seen.tell("table.blind_spot"), heads, rows, seen.tell("sign.blind")
    )
    over = [
        seen.dimension(name).name
        for name, one in found.dimensions.items()
        if one.low is not None and one.low > 0
    ]
    title = (
        seen.tell("blind.over", names=seen.numerals.listed(over))
        if over
        else seen.tell("blind.none")
    )
    chart = whisker_chart(
        seen, "blind-spot", drawn, table,
        title=title,
        subtitle=seen.tell("blind.subtitle", n=max((one.n for one in known), default=0)),
        axis=seen.tell("axis.audit"),
    )  # fmt: skip
    blocks.append(chart or table)
    blocks += _audit_by_channel(seen)
    blocks += _audit_questions(seen)
    return Section("blind-spot", seen.tell("sections.blind_spot"), "analyst", tuple(blocks))


def _audit_by_channel(seen: Seen) -> list[Block]:
    """Return the blind spot by dimension and channel, or that the audit was not asked so."""
    channels = seen.measured.blind_spot.channels
    names = list(dict.fromkeys(name for one in channels.values() for name in one))
    if not names:
        return [Paragraph(seen.tell("blind.no_channels"), "note")]
    rows: list[tuple[Cell, ...]] = []
    for dimension, by_channel in channels.items():
        for channel in names:
            one = seen.shielded(by_channel.get(channel, _NOTHING), "managers")
            rows.append((seen.dimension(dimension), channel, one, one.n))
    heads: Heads = (
        ("dimension", "name"), ("channel", "text"), ("audit_difference", "signed"), ("n", "count"),
    )  # fmt: skip
    title = seen.tell("table.audit_channels")
    return [seen.table("audit_channels", title, heads, rows, seen.tell("sign.blind"))]


def _audit_questions(seen: Seen) -> list[Block]:
    questions = seen.measured.blind_spot.questions
    if not questions:
        return []
    rows: list[tuple[Cell, ...]] = []
    for name, one in sorted(
        questions.items(), key=lambda pair: (pair[1].value is None, pair[1].value or 0.0)
    ):
        shown = seen.shielded(one, "managers")
        rows.append((Named(name, question(seen, name)), shown, shown.n))
    heads: Heads = (("question", "name"), ("answer", "mean"), ("n", "count"))
    return [seen.table("audit_questions", seen.tell("table.audit_questions"), heads, rows)]


def question(seen: Seen, name: str) -> str:
    """Return what a question of the self-audit asks, in few words."""
    key = f"audit.{name}"
    return seen.words.say(key) if seen.words.knows(key) else name


def within(seen: Seen) -> Section:
    """Return commitment as managers state it and staff see it, and service between units."""
    blocks: list[Block] = [
        Subheading("commitment", seen.tell("inside.commitment")),
        Paragraph(_commitment_told(seen)),
    ]
    one = seen.measured.commitment
    if one.managers.value is None and one.staff.value is None:
        blocks[1:] = unmeasured(seen, "commitment")
        blocks += (*leading(seen), *_service(seen))
        return Section("inside", seen.tell("sections.inside"), "analyst", tuple(blocks))
    rows: list[tuple[Cell, ...]] = []
    for key, figure, voice in (
        ("managers", one.managers, "managers"),
        ("employees", one.staff, "employees"),
        ("difference", one.difference, "managers"),
    ):
        shown = seen.shielded(figure, voice)
        rows.append((Named(key, seen.tell(f"inside.{key}")), shown, shown.n))
    heads: Heads = (("what", "name"), ("answer", "mean"), ("n", "count"))
    note = seen.tell("sign.commitment")
    blocks.append(seen.table("commitment", seen.tell("table.commitment"), heads, rows, note))
    blocks += (*leading(seen), *_service(seen))
    return Section("inside", seen.tell("sections.inside"), "analyst", tuple(blocks))


def _commitment_told(seen: Seen) -> str:
    one = seen.measured.commitment.difference
    if one.value is None or one.low is None or one.high is None:
        return seen.tell("inside.commitment_untold", reason=seen.reason(one.reason))
    span = seen.signed_span(one.value, one.low, one.high)
    which = "more" if one.low > 0 else "less" if one.high < 0 else "alike"
    return seen.tell(f"inside.commitment_{which}", value=span)


def _service(seen: Seen) -> list[Block]:
    """Return each support unit as the staff it serves rate it."""
    found = seen.measured.internal_service
    blocks: list[Block] = [
        Subheading("internal-service", seen.tell("inside.service")),
        Paragraph(seen.tell("inside.service_lead" if found else "inside.service_none")),
    ]
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.items():
        asked = {"employees": one.raters}
        overall = seen.shielded(one.overall, "employees", asked)
        dimensions = [
            seen.shielded(one.dimensions.get(dimension, _NOTHING), "employees", asked)
            for dimension in seen.dimensions
        ]
        rows.append((name, overall, one.raters, *dimensions))
    heads: Heads = (
        ("support_unit", "text"), ("overall_rating", "mean"), ("n", "count"),
        *((f"of_{dimension}", "mean") for dimension in seen.dimensions),
    )  # fmt: skip
    if rows:
        title = seen.tell("table.internal_service")
        blocks.append(seen.table("internal_service", title, heads, rows))
    return blocks

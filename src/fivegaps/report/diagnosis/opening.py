"""The first minutes: three sentences, the model board, what to do first, the largest gaps."""

from __future__ import annotations

from collections.abc import Sequence

from fivegaps.diagnosis.results import CauseFound, Located, RemedyChosen
from fivegaps.diagnosis.story import cause_title, leading, three_sentences
from fivegaps.knowledge.remedies import remedy
from fivegaps.report.charts.chart import Chart
from fivegaps.report.charts.whiskers import Whisker
from fivegaps.report.diagnosis.cause_pages import sentence
from fivegaps.report.diagnosis.model_board import LINES, TONES, board
from fivegaps.report.diagnosis.overall import overall
from fivegaps.report.diagnosis.picturing import whisker_chart
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import (
    Answer,
    Block,
    Card,
    Cards,
    Paragraph,
    Section,
    Subheading,
    Verdict,
)
from fivegaps.report.tables import Cell, Named, Table
from fivegaps.report.view import in_language
from fivegaps.stats.estimate import Estimate

MOST_FIRST = 3


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


def first(seen: Seen) -> Section:
    """Return the best supported causes and the first remedies as cards."""
    blocks: list[Block] = []
    leaders = first_causes(seen)
    if leaders:
        blocks.append(Subheading("first-causes", seen.tell("first.causes")))
        blocks.append(Cards(tuple(_cause_card(seen, one) for one in leaders)))
    chosen = first_remedies(seen)
    if chosen:
        blocks.append(Subheading("first-actions", seen.tell("first.actions")))
        blocks.append(Cards(tuple(_action_card(seen, one) for one in chosen)))
        if not any(one.claimed for one in chosen):
            blocks.append(Paragraph(seen.tell("first.unproven"), "note"))
    if not blocks:
        blocks.append(Paragraph(seen.tell("first.nothing")))
    return Section("first", seen.tell("sections.first"), "board", tuple(blocks))


def first_causes(seen: Seen, *, fewest: int = 1) -> list[CauseFound]:
    """Return the claimed causes, at most three; the nearest ones where there are fewer."""
    claimed = [one for one in seen.diagnosis.causes if one.claimed]
    known = [one for one in seen.diagnosis.causes if one.strength.value is not None]
    return claimed[:MOST_FIRST] if len(claimed) >= fewest else known[:fewest]


def first_remedies(seen: Seen) -> Sequence[RemedyChosen]:
    """Return the first three remedies."""
    return seen.diagnosis.remedies[:MOST_FIRST]


def confidence(seen: Seen, one: CauseFound) -> str:
    """Return how sure a cause is: strength with interval and the adjusted probability."""
    strength = one.strength
    if strength.value is None:
        return seen.reason(strength.reason)
    span = seen.signed_span(strength.value, strength.low, strength.high)
    if one.p_adjusted is None:
        return seen.tell("first.strength", span=span)
    p = seen.numerals.p_phrase(one.p_adjusted)
    return seen.tell("first.strength_p", span=span, p=p)


def _cause_card(seen: Seen, one: CauseFound) -> Card:
    found = leading(one)
    pairs = [
        (seen.tell("first.where"), seen.gap_name(one.gap)),
        (
            seen.tell("evidence.for"),
            sentence(seen, found) if found else seen.words.say("phrases.none"),
        ),
        (seen.tell("first.sure"), confidence(seen, one)),
    ]
    tag = seen.tell("first.claimed" if one.claimed else "first.not_claimed")
    tone = "trouble" if one.claimed else "mark"
    return Card(cause_title(one, seen.lang), tag, tuple(pairs), tone)


def _action_card(seen: Seen, one: RemedyChosen) -> Card:
    record = remedy(one.id)
    pairs = (
        (seen.tell("card.owner"), seen.tell(f"owner.{one.owner}")),
        (seen.tell("first.effort"), effort(seen, one)),
        (seen.tell("card.knowing"), in_language(record.knowing, seen.lang)),
    )
    title = f"{one.order}. {in_language(record.title, seen.lang)}"
    tag = seen.tell("first.for_claimed" if one.claimed else "first.for_unproven")
    return Card(title, tag, pairs, "strength" if one.claimed else "mark")


def effort(seen: Seen, one: RemedyChosen) -> str:
    """Return cost class and time to effect in words."""
    weeks = seen.tell("card.weeks_text", first=one.weeks[0], last=one.weeks[1])
    return seen.tell("first.effort_text", cost=seen.tell(f"cost.{one.cost}"), weeks=weeks)


def largest(seen: Seen) -> Section:
    """Return the largest gaps by dimension as a picture, with the places that they may take."""
    blocks: list[Block] = [Paragraph(seen.tell("largest_lead"), "lead")]
    found = [one for one in seen.diagnosis.largest if one.wave == seen.wave]
    worst = [one for one in seen.diagnosis.worst if one.wave == seen.wave]
    if not found and not worst:
        blocks.append(Paragraph(seen.tell("no_figures")))
        return Section("largest", seen.tell("sections.largest"), "board", tuple(blocks))
    heads: Heads = (
        ("gap_of_model", "name"), ("standardised", "statistic"), ("n", "count"),
        ("place", "text"),
    )  # fmt: skip
    rows = [_row(seen, one, found) for one in found] + [_row(seen, one, worst) for one in worst]
    table = seen.table("largest", seen.tell("table.largest"), heads, rows, seen.tell("place_note"))
    blocks.append(_picture(seen, [*found, *worst], table) or table)
    return Section("largest", seen.tell("sections.largest"), "board", tuple(blocks))


def _picture(seen: Seen, found: Sequence[Located], table: Table) -> Chart | None:
    drawn: list[Whisker] = []
    for gap in (1, 2, 3, 4, 5):
        rows = [one for one in found if one.gap == gap]
        for number, one in enumerate(sorted(rows, key=lambda row: -abs(row.standardised))):
            size = abs(one.standardised)
            name = next((name for end, name in LINES if size < end), "large")
            ends = sorted((abs(one.low), abs(one.high)))
            through = one.low < 0 < one.high
            drawn.append(
                Whisker(
                    seen.dimension(one.dimension).name, size, 0.0 if through else ends[0],
                    ends[1], shown=seen.numerals.number(size), tone=TONES.get(name, "trouble"),
                    group=seen.gap_name(gap) if number == 0 else "",
                )
            )  # fmt: skip
    return whisker_chart(
        seen, "largest-gaps", drawn, table,
        title=_title(seen),
        subtitle=seen.tell("largest_subtitle", wave=seen.wave),
        axis=seen.tell("axis.sd"),
        rules=tuple(end for end, _ in LINES),
        write=seen.numerals.number,
    )  # fmt: skip


def _title(seen: Seen) -> str:
    found = [one for one in seen.diagnosis.largest if one.wave == seen.wave]
    if not found:
        return seen.tell("largest_title_none")
    top = seen.place(f"gap{found[0].gap}.{found[0].dimension}")
    if found[0].tied_with:
        return seen.tell("largest_title_tied", name=top, n=len(found[0].tied_with))
    return seen.tell("largest_title", name=top)


def _row(seen: Seen, one: Located, among: Sequence[Located]) -> tuple[Cell, ...]:
    place = f"gap{one.gap}.{one.dimension}"
    size = Estimate(one.standardised, one.low, one.high, one.n, "gap / SD")
    return (Named(place, seen.place(place)), size, one.n, _place(one, among))


def _place(one: Located, among: Sequence[Located]) -> str:
    """Return the places that it may take: those tied with it may stand before or after."""
    ahead = sum(
        abs(other.standardised) > abs(one.standardised)
        and f"gap{other.gap}.{other.dimension}" not in one.tied_with
        for other in among
    )
    last = min(ahead + 1 + len(one.tied_with), len(among))
    return f"{ahead + 1}–{last}" if last > ahead + 1 else f"{last}"

"""What to do: each remedy as a card, and a table of them all."""

from __future__ import annotations

from fivegaps.diagnosis.results import RemedyChosen
from fivegaps.knowledge.causes import cause
from fivegaps.knowledge.remedies import remedy
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.document import Block, Facts, Paragraph, Remarks, Section, Subheading
from fivegaps.report.tables import Cell, Named
from fivegaps.report.view import in_language

MOST_CARDS = 8


def remedies(seen: Seen) -> Section:
    """Return the remedies in the order to try them."""
    chosen = seen.diagnosis.remedies
    blocks: list[Block] = []
    if not chosen:
        blocks.append(Paragraph(seen.words.say("phrases.none")))
    if len(chosen) > MOST_CARDS:
        blocks.append(
            Paragraph(seen.tell("first_cards", shown=MOST_CARDS, all=len(chosen)), "lead")
        )
    only = seen.tell("english_only")
    if chosen and only:
        blocks.append(Paragraph(only, "note"))
    for one in chosen[:MOST_CARDS]:
        blocks += _card(seen, one)
    rows: list[tuple[Cell, ...]] = [
        (
            Named(one.id, remedy_title(seen, one.id)),
            one.order,
            seen.words.say("phrases.yes" if one.claimed else "phrases.no"),
            seen.tell(f"owner.{one.owner}"),
            seen.tell(f"cost.{one.cost}"),
            f"{one.weeks[0]}–{one.weeks[1]}",
        )
        for one in chosen
    ]
    if rows:
        heads: Heads = (
            ("remedy", "name"), ("order", "count"), ("claimed", "text"), ("owner", "text"),
            ("cost", "text"), ("weeks", "text"),
        )  # fmt: skip
        blocks.append(seen.table("remedies", seen.tell("table.remedies"), heads, rows))
    return Section("remedies", seen.tell("sections.remedies"), "analyst", tuple(blocks))


def remedy_title(seen: Seen, name: str) -> str:
    """Return a remedy's title in the language."""
    return in_language(remedy(name).title, seen.lang)


def _card(seen: Seen, one: RemedyChosen) -> list[Block]:
    record, lang = remedy(one.id), seen.lang
    pairs = [
        (seen.tell("card.why"), "; ".join(in_language(cause(x).title, lang) for x in one.causes)),
        (seen.tell("card.owner"), seen.tell(f"owner.{one.owner}")),
        (seen.tell("card.cost"), seen.tell(f"cost.{one.cost}")),
        (
            seen.tell("card.weeks"),
            seen.tell("card.weeks_text", first=one.weeks[0], last=one.weeks[1]),
        ),
        (seen.tell("card.knowing"), in_language(record.knowing, lang)),
        (seen.tell("card.risks"), in_language(record.risks, lang)),
    ]
    if one.uses:
        pairs.append((seen.tell("card.uses"), _uses(seen, one)))
    steps = record.steps.get(lang) or record.steps["en"]
    return [
        Subheading(f"remedy-{one.id}", f"{one.order}. {remedy_title(seen, one.id)}"),
        Paragraph(_text(seen, one.id)),
        Remarks(seen.tell("card.steps"), tuple(steps), "plain"),
        Facts(tuple(pairs)),
        *_both_sides(seen, one),
    ]


def _both_sides(seen: Seen, one: RemedyChosen) -> list[Block]:
    """Return a contradiction with both sides in full, and the rule between them."""
    blocks: list[Block] = []
    for opponent in one.both_sides or one.against:
        sides = [f"{remedy_title(seen, x)}: {_text(seen, x)}" for x in (one.id, opponent)]
        if one.policy:
            rule = seen.tell(f"policy.{one.policy}")
            sides.append(f"{seen.tell('card.policy')}: {rule}")
        key = "card.both_sides" if opponent in one.both_sides else "card.one_side"
        title = seen.tell(key, name=remedy_title(seen, opponent))
        blocks.append(Remarks(title, tuple(sides), "caution"))
    return blocks


def _uses(seen: Seen, one: RemedyChosen) -> str:
    """Return the effects of actions with this remedy: pooled from three on, before that listed."""
    pooled = one.pooled
    if pooled is not None and pooled.value is not None:
        span = seen.signed_span(pooled.value, pooled.low, pooled.high)
        return seen.tell("card.uses_text", n=len(one.uses), effect=span)
    return "; ".join(
        f"{seen.signed_span(use.value, use.low, use.high)} (n = {seen.numerals.count(use.n)})"
        for use in one.uses
    )


def _text(seen: Seen, name: str) -> str:
    return in_language(remedy(name).text, seen.lang)

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
    # Both sides of a contradiction stand on each card, with the rule between them.
    opponents = one.both_sides or one.against
    if opponents:
        sides = "; ".join(f"{remedy_title(seen, x)}: {_text(seen, x)}" for x in opponents)
        pairs.append((seen.tell("card.against"), sides))
        if one.policy:
            pairs.append((seen.tell("card.policy"), seen.tell(f"policy.{one.policy}")))
    if one.uses:
        pooled = one.pooled
        effect = seen.signed_span(pooled.value, pooled.low, pooled.high) if pooled else "–"
        pairs.append(
            (seen.tell("card.uses"), seen.tell("card.uses_text", n=len(one.uses), effect=effect))
        )
    steps = record.steps.get(lang) or record.steps["en"]
    return [
        Subheading(f"remedy-{one.id}", f"{one.order}. {remedy_title(seen, one.id)}"),
        Paragraph(_text(seen, one.id)),
        Remarks(seen.tell("card.steps"), tuple(steps), "plain"),
        Facts(tuple(pairs)),
    ]


def _text(seen: Seen, name: str) -> str:
    return in_language(remedy(name).text, seen.lang)

"""Verdicts on actions: did it work, and is the target reached; two answers, never mixed."""

from __future__ import annotations

import re

from fivegaps.diagnosis.results import ActionVerdict
from fivegaps.knowledge.constructs import constructs
from fivegaps.report.diagnosis.remedy_cards import remedy_title
from fivegaps.report.diagnosis.seen import Heads, Seen
from fivegaps.report.diagnosis.telling import Telling
from fivegaps.report.document import Block, Card, Cards, Paragraph, Section
from fivegaps.report.tables import Cell, Named
from fivegaps.report.view import in_language

MOST_CARDS = 12
_TONES = {"better": "strength", "worse": "trouble"}
_LOST = re.compile(r"(\d+) treated units have no answers in one of the waves")
_RANDOMISED = "randomisation inference"


def actions(seen: Seen) -> Section | None:
    """Return the verdicts, effect and state apart; None without actions."""
    found = seen.diagnosis.actions
    if not found:
        return None
    heads: Heads = (
        ("action", "name"), ("effect_verdict", "text"), ("effect", "signed"), ("n", "count"),
        ("comparison", "text"), ("state_verdict", "text"), ("state_now", "mean"),
        ("target", "mean"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for name, one in found.items():
        registered = seen.names.actions.get(name)
        row: tuple[Cell, ...] = (
            Named(name, name),
            seen.tell(f"verdict.{one.effect_verdict}"),
            one.effect,
            one.effect.n,
            seen.tell(f"verdict.{one.comparison}"),
            seen.tell(f"verdict.{one.state_verdict}"),
            one.state,
            registered.target if registered else None,
        )
        rows.append(row)
    cards = tuple(_card(seen, name, one) for name, one in list(found.items())[:MOST_CARDS])
    blocks: list[Block] = [
        Paragraph(seen.tell("methods_verdicts"), "lead"),
        Cards(cards),
        seen.table("actions", seen.tell("table.actions"), heads, rows, seen.tell("sign.actions")),
    ]
    return Section("actions", seen.tell("sections.actions"), "analyst", tuple(blocks))


def _card(seen: Seen, name: str, one: ActionVerdict) -> Card:
    registered = seen.names.actions.get(name)
    pairs: list[tuple[str, str]] = []
    if registered:
        what = metric_in_words(seen, registered.metric)
        if registered.remedy:
            what = f"{remedy_title(seen, registered.remedy)}; {what}"
        pairs.append((seen.tell("verdict_card.what"), what))
    pairs += [
        (seen.tell("column.effect_verdict"), effect_told(seen, one)),
        (
            seen.tell("column.state_verdict"),
            state_told(seen, one, registered.target if registered else None),
        ),
    ]
    noted = notes(seen, one)
    if noted:
        pairs.append((seen.words.say("page.caution"), " ".join(noted)))
    verdict = seen.tell(f"verdict.{one.effect_verdict}")
    tag = f"{seen.tell('column.effect')}: {verdict}"
    return Card(name, tag, tuple(pairs), _TONES.get(one.effect_verdict, "mark"))


def effect_told(seen: Telling, one: ActionVerdict) -> str:
    """Return whether the action worked, the effect, n and what it was compared with."""
    verdict = seen.tell(f"verdict.{one.effect_verdict}")
    if one.effect.value is None:
        return seen.tell("verdict_card.untold", verdict=verdict, reason=why(seen, one))
    effect = one.effect
    return seen.tell(
        "verdict_card.effect",
        verdict=verdict,
        span=seen.signed_span(effect.value, effect.low, effect.high),
        n=seen.numerals.count(effect.n),
        comparison=seen.tell(f"verdict.{one.comparison}"),
    )


def state_told(seen: Telling, one: ActionVerdict, target: float | None) -> str:
    """Return where the metric stands against its target now; it never credits the action."""
    verdict = seen.tell(f"verdict.{one.state_verdict}")
    numerals, state = seen.numerals, one.state
    if state.value is None:
        reason = seen.reason(state.reason)
        return seen.tell("verdict_card.untold", verdict=verdict, reason=reason)
    span = numerals.number(state.value)
    if state.low is not None and state.high is not None:
        span = f"{span} {numerals.span(state.low, state.high)}"
    if target is None:
        return seen.tell("verdict_card.state_only", verdict=verdict, span=span)
    return seen.tell(
        "verdict_card.state", verdict=verdict, span=span, target=numerals.number(target)
    )


def why(seen: Telling, one: ActionVerdict) -> str:
    """Return in a plain sentence why an effect cannot be told."""
    key = f"why.{one.effect.reason}"
    known = seen.words.knows(f"diagnosis.{key}")
    return seen.tell(key) if known else seen.reason(one.effect.reason)


def notes(seen: Telling, one: ActionVerdict) -> list[str]:
    """Return what to keep in mind about a verdict, in plain words."""
    found: list[str] = []
    if one.registered_before is False:
        found.append(seen.tell("verdict_note.late"))
    if one.comparison == "before_after" and one.effect.value is not None:
        found.append(seen.tell("verdict_note.before_after"))
    if _RANDOMISED in one.effect.method:
        found.append(seen.tell("verdict_note.few_units"))
    mean = one.regression_to_the_mean
    if mean is not None and mean.value is not None:
        shown = seen.signed_span(mean.value, mean.low, mean.high)
        found.append(seen.tell("verdict_note.mean", value=shown))
    elif mean is not None:
        found.append(seen.tell("verdict_note.mean_untold", reason=seen.reason(mean.reason)))
    for note in one.notes:
        lost = _LOST.fullmatch(note)
        found.append(seen.tell("verdict_note.lost", n=lost.group(1)) if lost else note)
    return found


def metric_in_words(seen: Seen, metric: str) -> str:
    """Return ``perception.reliability`` in words: the kind of metric and what it is of."""
    kind, _, subject = metric.partition(".")
    if kind == "construct":
        voice, _, name = subject.partition(".")
        titles = {one.id: one.title for one in constructs() if one.voice == voice}
        named = in_language(titles[name], seen.lang) if name in titles else name
        return seen.tell("metric.construct", name=named)
    if kind in {"observation", "kept"}:
        named = (seen.standard if kind == "observation" else seen.promise)(subject).name
    elif kind == "outcome":
        key = f"terms.outcome.{subject}"
        named = seen.words.say(key) if seen.words.knows(key) else subject
    elif subject == "overall":
        named = seen.tell("metric.overall")
    else:
        known_name = seen.dimensions.get(subject) or seen.item(subject).name
        named = known_name.replace("_", " ")
    known = seen.words.knows(f"diagnosis.metric.{kind}")
    return seen.tell(f"metric.{kind}", name=named) if known else metric

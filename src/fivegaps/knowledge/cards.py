"""The pages docs/causes.md and docs/remedies.md, written from the records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from fivegaps.knowledge.bibliography import bibliography
from fivegaps.knowledge.causes import causes
from fivegaps.knowledge.measures import measure
from fivegaps.knowledge.remedies import remedies, remedy
from fivegaps.model.instrument import LANGUAGES
from fivegaps.model.knowledge import Cause, Remedy, Sign

GAP_TITLES = {
    1: "Gap 1: what customers expect is not known",
    2: "Gap 2: what is known does not become a standard",
    3: "Gap 3: the standard is not delivered",
    4: "Gap 4: more is promised than delivered",
    5: "Gap 5: the customer's part, and recovery",
}
POLICY_TEXTS = {
    "feedback-first": "Feedback, coaching and recognition come first. Consequences for a person "
    "need a reliability of .80 over two periods, never one survey, one visit or one decision in "
    "good faith.",
    "both-sides": "Both sides are shown wherever one is prescribed; the human way stays open.",
    "result-fixed-method-free": "Where the result is fixed, the method stays free.",
}
CAUSES_HEAD = """\
# Causes

<!-- Written by fivegaps.knowledge.cards from src/fivegaps/knowledge/causes; change the records. -->

Why each gap opens. A sign is a measure of the company's own files: a relative one is judged
against the other answers of the same people, so that sour or kind staff is no cause of everything;
the others have a threshold. A cause is claimed only when the evidence carries it. The measures are
those of `fivegaps knowledge list measures`. Records are drafts until a named person reviews them.

```console
fivegaps knowledge list causes --gap 1
fivegaps knowledge show gap1-no-listening --lang vi
```

"""
REMEDIES_HEAD = """\
# Remedies

<!-- Written by fivegaps.knowledge.cards from the records in knowledge/remedies; change them. -->

What closes a gap, as cards to act on. Weeks are the time to effect that we expect, not a promise;
the verdict on an action comes from the next wave. Where two remedies pull in different directions
both cards say so and name the policy that settles it.

```console
fivegaps knowledge list remedies --dimension empathy
fivegaps knowledge show customer-panel --lang vi
```

"""


def causes_page() -> str:
    """Return the text of docs/causes.md."""
    parts = [CAUSES_HEAD]
    for gap, title in GAP_TITLES.items():
        parts.append(f"## {title}\n")
        parts.extend(_cause(one) for one in causes(gap=gap))
    return "\n".join(parts)


def remedies_page() -> str:
    """Return the text of docs/remedies.md."""
    policies = "".join(f"- **{name}**: {text}\n" for name, text in POLICY_TEXTS.items())
    cards = "\n".join(_remedy(one) for one in remedies())
    return f"{REMEDIES_HEAD}## Policies\n\n{policies}\n## Cards\n\n{cards}"


def told_sign(sign: Sign, lang: str = "en") -> str:
    """Return a sign as words: the measure's title and the side that speaks for the cause."""
    known = measure(sign.measure)
    title = sign.measure if known is None else known.title.get(lang, known.title["en"])
    low, high, above, below = _SIDES["vi" if lang == "vi" else "en"]
    if sign.above is not None:
        return f"{title}: {above} {sign.above:g}"
    if sign.below is not None:
        return f"{title}: {below} {sign.below:g}"
    return f"{title}: {low if sign.bad == 'low' else high}"


_SIDES = {
    "en": ("low", "high", "above", "below"),
    "vi": ("thấp", "cao", "trên", "dưới"),
}


@cache
def _prescribed_by() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for one in causes():
        for name in one.remedies:
            found[name] = (*found.get(name, ()), one.id)
    return found


def prescribed_by(name: str) -> tuple[str, ...]:
    """Return the ids of the causes that prescribe a remedy."""
    return _prescribed_by().get(name, ())


@cache
def _opponents() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in remedies():
        for other in one.against:
            found.setdefault(one.id, []).append(other)
            found.setdefault(other, []).append(one.id)
    return {name: tuple(dict.fromkeys(others)) for name, others in found.items()}


def opponents(name: str) -> tuple[str, ...]:
    """Return the remedies that pull the other way, whichever of the two cards says so."""
    return _opponents().get(name, ())


def policies(name: str) -> tuple[str, ...]:
    """Return the policies that settle a remedy's contradictions, its own first."""
    cards = (remedy(name), *(remedy(other) for other in opponents(name)))
    return tuple(dict.fromkeys(one.policy for one in cards if one.policy))


def _cause(one: Cause) -> str:
    lines = [
        f"### {one.id}\n",
        f"**{one.title['en']}** ({_others(one.title)})\n",
        f"{one.text['en']}\n",
        f"*{one.text['vi']}*\n",
        *_facts(one),
    ]
    return "\n".join(lines)


def _facts(one: Cause) -> Iterator[str]:
    if one.dimensions:
        yield f"- Dimensions: {', '.join(one.dimensions)}"
    yield "- Signs: " + "; ".join(f"{told_sign(sign)} (`{sign.measure}`)" for sign in one.signs)
    yield "- Remedies: " + ", ".join(f"[{name}](remedies.md#{name})" for name in one.remedies)
    yield f"- Serves {', '.join(one.mission)}. Status: {one.status}."
    yield f"- Sources: {_cited(one.sources)}\n"


def _remedy(one: Remedy) -> str:
    steps = "\n".join(
        f"{place}. {said} *({words})*"
        for place, (said, words) in enumerate(zip(one.steps["en"], one.steps["vi"], strict=True), 1)
    )
    lines = [
        f"### {one.id}\n",
        f"**{one.title['en']}** ({_others(one.title)})\n",
        f"{one.text['en']}\n",
        f"*{one.text['vi']}*\n",
        f"{steps}\n",
        f"- Who, cost, effect: {one.owner}; {one.cost}; {one.weeks[0]} to {one.weeks[1]} weeks",
        f"- How we would know: {one.knowing['en']} *({one.knowing['vi']})* Metric `{one.metric}`",
        f"- Risks: {one.risks['en']} *({one.risks['vi']})*",
        *_scope(one),
    ]
    return "\n".join(lines)


def _scope(one: Remedy) -> Iterator[str]:
    known = ", ".join(f"[{name}](causes.md#{name})" for name in prescribed_by(one.id))
    yield f"- Closes gap {', '.join(map(str, one.gaps))}; against {known}"
    if one.dimensions or one.industries:
        parts = [", ".join(one.dimensions), ", ".join(one.industries)]
        yield f"- Helps most: {'; '.join(part for part in parts if part)}"
    if others := opponents(one.id):
        linked = ", ".join(f"[{name}](#{name})" for name in others)
        rules = ", ".join(policies(one.id))
        yield f"- Pulls the other way: {linked}. Policy: {rules}"
    yield f"- Serves {', '.join(one.mission)}. Status: {one.status}."
    yield f"- Sources: {_cited(one.sources)}\n"


def _cited(names: tuple[str, ...]) -> str:
    return " ".join(str(bibliography()[name]) for name in names) or "our own."


def _others(title: Mapping[str, str]) -> str:
    return " · ".join(title[lang] for lang in LANGUAGES if lang != "en")

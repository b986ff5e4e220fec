"""Every measure of the vocabulary: who reads it, and what part it may play.

A measure of part ``lead`` can carry the claim of a cause. One of part ``support``
can strengthen or weaken it only: facts and spreads have no usual value that would
hold everywhere, and words depend on how the question was put. One of part ``gap``
is the gap itself: it tells where, never why, so that an open gap alone proves no cause.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from fivegaps.diagnosis.evidence import differences
from fivegaps.diagnosis.evidence.cases import cases
from fivegaps.diagnosis.evidence.constructs import audit, commitment_difference, construct, rating
from fivegaps.diagnosis.evidence.dossier import Dossier, Reading
from fivegaps.diagnosis.evidence.records import decisions, facts, ideas
from fivegaps.diagnosis.evidence.registers import policies, promises, standards
from fivegaps.diagnosis.evidence.words import words
from fivegaps.knowledge.measures import measure as known_measure

Reader = Callable[[Dossier, str], Reading]
Part = Literal["lead", "support", "gap"]

READERS: Mapping[str, Reader] = {
    "construct": construct,
    "commitment-difference": commitment_difference,
    "audit": audit,
    "audit-blind-spot": differences.difference,
    "gap1": differences.difference,
    "gap1-weights": differences.difference,
    "gap6": differences.difference,
    "gap7": differences.difference,
    "spread": differences.spread,
    "standards": standards,
    "none-share": differences.no_standard,
    "observations": differences.conformance,
    "policies": policies,
    "promises": promises,
    "cases": cases,
    "voiced-share": differences.voiced,
    "ideas": ideas,
    "decisions": decisions,
    "facts": facts,
    "words": words,
    "gap3": rating,
    "gap4": rating,
    "internal-service": rating,
    "expectation-against-competitors": differences.against_competitors,
}

# By whole id first, then by family; what is not named leads.
_PARTS: Mapping[str, Part] = {
    "commitment-difference": "support",
    "audit-blind-spot": "gap",
    "gap1": "gap",
    "gap1-weights": "gap",
    "gap6": "gap",
    "gap7": "gap",
    "gap3": "gap",
    "gap4": "gap",
    "none-share": "gap",
    "observations": "gap",
    "expectation-against-competitors": "gap",
    "internal-service": "support",
    "spread": "support",
    "voiced-share": "support",
    "facts": "support",
    "words": "support",
    # Coverage states are gap 2 as measured, kept promises gap 4.
    "standards.uncovered-share": "gap",
    "standards.unmeasured-share": "gap",
    "standards.looser-share": "gap",
    "promises.kept-share": "gap",
    "promises.overclaimed-share": "gap",
    # How many cases repeat, take hands or contacts depends on how many there are and
    # how they are counted.
    "cases.repeated-cause-share": "support",
    "cases.many-contacts-share": "support",
    "cases.many-handlers-share": "support",
    "cases.not-first-contact-share": "support",
    "ideas.days-to-answer": "support",
}


def read_measure(dossier: Dossier, measure: str) -> Reading:
    """Return what the company's files say of one measure.

    Raises:
        KeyError: The vocabulary does not know the measure.
    """
    if known_measure(measure) is None:
        raise KeyError(measure)
    return READERS[measure.partition(".")[0]](dossier, measure)


def part_of(measure: str) -> Part:
    """Return the part that a measure may play."""
    return _PARTS.get(measure) or _PARTS.get(measure.partition(".")[0]) or "lead"

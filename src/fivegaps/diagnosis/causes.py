"""From evidence to causes: what speaks for each, how strongly, and which may be claimed.

A cause is claimed when one of its leading signs in what people answered lies on the bad
side by more than chance, and by .3 SD at least, and no record that it must show in denies
it. Chance is kept for the family: Holm over every leading sign that could be looked at, 5 %
in all. Records order causes and carry no claim: nobody knows how far chance takes them.
A sign that several causes share speaks for the one that all signs together fit best.
An open gap alone claims nothing.

Causes are ordered by the weight of evidence over all their signs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from fivegaps.diagnosis.evidence.dossier import Dossier, Reading
from fivegaps.diagnosis.evidence.judging import SPEAKS, Judgement, judged
from fivegaps.diagnosis.evidence.telling import told, told_missing
from fivegaps.diagnosis.evidence.vocabulary import read_measure
from fivegaps.diagnosis.evidence.weighing import weight_of
from fivegaps.diagnosis.results import CauseFound, Evidence, Located, Strength
from fivegaps.knowledge.causes import causes
from fivegaps.model.knowledge import Cause, Sign
from fivegaps.stats.adjust import holm

FAMILY_WISE_ERROR = 0.05
CUSTOMER = 5
# A distance under it is of no use to anybody, however sure.
RELEVANT = 0.3
# What the other signs of a cause, taken together, add to its leading one; that they are
# not there takes away less than their being there adds: a cause need not show everywhere.
OTHERS_WEIGH = 0.25
MOST_A_SIGN, LEAST_A_SIGN = 1.0, -0.4
# Without a leading sign the best of the others stands in; the gap itself says half as much.
STANDS_IN = {"lead": 1.0, "support": 1.0, "gap": 0.5}
# A cause of a wide gap, and of the worst dimension, is likelier beforehand: at most by so
# much, as a logarithm. A gap is wide beyond its usual size in SD; that of gap 1 is one of
# two voices, that of gap 5 one of answers of the same people, the others lie under the top
# of a scale.
WIDE_GAP, WORST_DIMENSION = 0.5, 0.2
USUAL_SIZE = {1: 0.3, 2: 1.5, 3: 1.5, 4: 1.5, 5: 0.7}
SIZES_DIFFER = 0.5
# The largest of five normal deviates is 1.16 SD above their mean.
LARGEST_OF = {1: 0.0, 2: 0.56, 3: 0.85, 4: 1.03, 5: 1.16}
# Ties are told among the first so many; further down everything is tied.
MOST_TIED = 10
METHOD = (
    "distance of the leading sign on the bad side in SD, and a quarter of what other signs say; "
    "95 % interval; ranked by the weight of evidence of all signs"
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A cause with its signs judged: the worst of each, the rest, and what could not be read."""

    cause: Cause
    judgements: tuple[Judgement, ...]
    missing: tuple[Reading, ...]
    several: tuple[int, ...]
    weights: tuple[float, ...]

    @property
    def weight(self) -> float:
        """How much likelier all that was seen is with the cause, as a logarithm."""
        return sum(self.weights)

    @property
    def leads(self) -> tuple[Judgement, ...]:
        """Signs that lead."""
        return tuple(one for one in self.judgements if one.part == "lead")

    @property
    def carriers(self) -> tuple[Judgement, ...]:
        """Signs that may carry a claim."""
        return tuple(one for one in self.judgements if one.carries)

    @property
    def denied(self) -> bool:
        """Whether the first sign is a record that is surely on its good side.

        In further signs a cause need not show: they count against it, no more.
        """
        first = self.cause.signs[0]
        return any(one.denies for one in self.leads if one.sign == first)


def causes_found(
    dossier: Dossier, largest: Sequence[Located], worst: Sequence[Located]
) -> tuple[CauseFound, ...]:
    """Return every cause with its evidence, the best supported first.

    Args:
        dossier: One wave of a company.
        largest: Gaps 1 to 4 by size; causes of the largest go first among equals.
        worst: Dimensions of gap 5, the worst first.
    """
    readings: dict[str, Reading] = {}
    weighed = [weigh(dossier, one, readings) for one in causes() if one.status != "retired"]
    adjusted = adjusted_p(weighed)
    claimed = claims(weighed, adjusted)
    found = [_found(one, adjusted, claimed=one.cause.id in claimed) for one in weighed]
    weights = {one.cause.id: one.weight for one in weighed}
    return ranked(found, [*largest, *worst], weights)


def weigh(dossier: Dossier, cause: Cause, readings: dict[str, Reading]) -> Weighed:
    """Return a cause with each sign read and judged; ``readings`` keeps what was read."""
    judgements, missing, several, weights = [], [], [], []
    for sign in cause.signs:
        made, unread = [], []
        for measure in measures_of(sign, cause, dossier.company.dimension_ids):
            if measure not in readings:
                readings[measure] = read_measure(dossier, measure)
            judgement = judged(sign, readings[measure])
            if judgement is None:
                unread.append(readings[measure])
            else:
                made.append(judgement)
        if made:
            judgements.append(max(made, key=lambda one: one.distance))
            several.append(len(made))
            weights.append(weight_of(made, first=sign == cause.signs[0]))
        elif unread:
            missing.append(unread[0])
    return Weighed(cause, tuple(judgements), tuple(missing), tuple(several), tuple(weights))


def measures_of(sign: Sign, cause: Cause, dimensions: Sequence[str]) -> tuple[str, ...]:
    """Return the measures that a sign looks at: one, or one for each dimension."""
    head, slot, _ = sign.measure.partition("<dimension>")
    if not slot:
        return (sign.measure,)
    chosen = [one for one in dimensions if not cause.dimensions or one in cause.dimensions]
    return tuple(f"{head}{one}" for one in chosen)


def adjusted_p(weighed: Iterable[Weighed]) -> dict[Sign, float]:
    """Return each leading sign's p, Holm over all that could be judged; each counts once."""
    p = {one.sign: one.p for found in weighed for one in found.leads}
    return dict(zip(p, (float(one) for one in holm(list(p.values()))), strict=True))


def claims(weighed: Sequence[Weighed], adjusted: Mapping[Sign, float]) -> frozenset[str]:
    """Return the ids of the causes that the evidence carries.

    Where causes share the sign that carries them, it speaks for the one whose signs
    together weigh most.
    """
    standing = [one for one in weighed if not one.denied]
    carried: dict[Sign, list[tuple[float, str]]] = {}
    for one in standing:
        for lead in one.carriers:
            if adjusted[lead.sign] <= FAMILY_WISE_ERROR and lead.distance >= RELEVANT:
                carried.setdefault(lead.sign, []).append((one.weight, one.cause.id))
    return frozenset(max(of_sign)[1] for of_sign in carried.values())


def strength_of(weighed: Weighed) -> Strength:
    """Return how strongly the signs speak for a cause, with its interval."""
    if not weighed.judgements:
        return Strength(None, None, None, METHOD, reason="not_asked")
    signs = dict(zip(weighed.judgements, weighed.several, strict=True))
    best = weighed.leads or tuple(one for one in signs if one.part == "support") or tuple(signs)
    confidence = 1 - 0.05 / len(best)
    lead = max(best, key=lambda one: one.ends(confidence)[0] - _by_chance(one, signs[one]))
    factor, chance = STANDS_IN[lead.part], _by_chance(lead, signs[lead])
    low, high = lead.ends(confidence)
    others = [_held(one.distance - _by_chance(one, k)) for one, k in signs.items() if one != lead]
    shift = OTHERS_WEIGH * sum(others) / len(others) if others else 0.0
    value = factor * (lead.distance - chance) + shift
    method = METHOD if weighed.leads else f"{METHOD}; no leading sign was read"
    return Strength(value, value - (lead.distance - low), value + (high - lead.distance), method)


def ranked(
    found: Sequence[CauseFound], located: Sequence[Located], weights: Mapping[str, float]
) -> tuple[CauseFound, ...]:
    """Return causes in order: claimed first, then by the weight of their evidence.

    Args:
        found: The causes.
        located: Gaps by dimension; those of gap 5 with the worst dimension first.
        weights: Cause id to the weight of its signs.
    """
    before = _beforehand(located)
    worst = next((one.dimension for one in located if one.gap == CUSTOMER), "")

    def weight(one: CauseFound) -> float:
        more = WORST_DIMENSION * (worst in one.dimensions)
        return weights.get(one.id, 0.0) + before.get(one.gap, 0.0) + more

    ordered = sorted(
        found,
        key=lambda one: (not one.claimed, one.strength.value is None, -weight(one), one.id),
    )
    in_gap: dict[int, int] = {}
    told = {one.id for place, one in enumerate(ordered) if one.claimed or place < MOST_TIED}
    placed = []
    for rank, one in enumerate(ordered, start=1):
        in_gap[one.gap] = in_gap.get(one.gap, 0) + 1
        ties = tuple(
            other.id
            for other in ordered
            if other is not one and {one.id, other.id} <= told and _tied(one, other)
        )
        placed.append(replace(one, rank=rank, rank_in_gap=in_gap[one.gap], tied_with=ties))
    return tuple(placed)


def _beforehand(located: Iterable[Located]) -> dict[int, float]:
    """Return what the width of each gap says beforehand of its causes, by gap."""
    sizes: dict[int, list[float]] = {}
    for place in located:
        sizes.setdefault(place.gap, []).append(place.standardised)
    return {
        gap: WIDE_GAP * min(max((sum(of) / len(of) - USUAL_SIZE[gap]) / SIZES_DIFFER, -1.0), 1.0)
        for gap, of in sizes.items()
    }


def _found(weighed: Weighed, adjusted: Mapping[Sign, float], *, claimed: bool) -> CauseFound:
    cause = weighed.cause
    evidence = [
        (one, _with_values(told(one), weight, adjusted.get(one.sign)))
        for one, weight in zip(weighed.judgements, weighed.weights, strict=True)
    ]
    speaking = [one for one, _ in evidence if one.speaks]
    return CauseFound(
        id=cause.id,
        gap=cause.gap,
        title=cause.title.get("en", cause.id),
        mission=cause.mission,
        claimed=claimed,
        strength=strength_of(weighed),
        for_=tuple(told_one for one, told_one in evidence if one.speaks),
        against=tuple(told_one for one, told_one in evidence if not one.speaks),
        missing=tuple(told_missing(one) for one in weighed.missing),
        dimensions=cause.dimensions or _dimensions(speaking),
        p_adjusted=min((adjusted[one.sign] for one in weighed.carriers), default=None),
    )


def _with_values(evidence: Evidence, weight: float, p: float | None) -> Evidence:
    more = {"weight": weight}
    if p is not None and evidence.part == "lead":
        more["p_adjusted"] = p
    return replace(evidence, values={**evidence.values, **more})


def _dimensions(speaking: Iterable[Judgement]) -> tuple[str, ...]:
    """Return the dimensions in which signs of every dimension spoke loudest."""
    found = [
        one.reading.measure.rpartition(".")[2]
        for one in speaking
        if one.sign.measure.endswith("<dimension>")
    ]
    return tuple(dict.fromkeys(found))


def _by_chance(judgement: Judgement, of: int) -> float:
    """Return how far the worst of several signs lies by chance alone."""
    return LARGEST_OF.get(of, max(LARGEST_OF.values())) * judgement.error


def _held(distance: float) -> float:
    return min(max(distance, LEAST_A_SIGN), MOST_A_SIGN)


def _tied(one: CauseFound, other: CauseFound) -> bool:
    """Tell whether the order of two causes cannot be told.

    It cannot when their difference is within error, and when the sign that carries
    the claim of one is a sign of the other as well.
    """
    if one.claimed != other.claimed:
        return not _carriers(one).isdisjoint(_carriers(other))
    first, second = one.strength, other.strength
    if first.value is None or second.value is None:
        return False
    if first.low is None or second.low is None or max(first.value, second.value) < SPEAKS:
        return False
    return abs(first.value - second.value) < math.hypot(
        first.value - first.low, second.value - second.low
    )


def _carriers(found: CauseFound) -> frozenset[str]:
    """Return the measures that could carry the claim of a cause."""
    return frozenset(
        one.measure
        for one in found.for_
        if one.part == "lead" and one.values.get("p_adjusted", 1.0) <= FAMILY_WISE_ERROR
    )

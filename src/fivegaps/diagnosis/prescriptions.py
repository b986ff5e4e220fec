"""From causes to remedies: what to do, in which order, and what pulls the other way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from fivegaps.diagnosis.evidence.judging import SPEAKS
from fivegaps.diagnosis.results import CauseFound, Located, RemedyChosen
from fivegaps.diagnosis.verdicts.verify import pooled_uses
from fivegaps.knowledge.cards import opponents
from fivegaps.knowledge.causes import cause
from fivegaps.knowledge.remedies import remedies, remedy
from fivegaps.model.knowledge import COSTS, Remedy
from fivegaps.stats.estimate import Estimate

# How many causes that are not claimed are prescribed for as well.
UNCLAIMED = 3
# How many strategies of the worst dimension are offered beyond what causes ask for.
OF_WORST_DIMENSION = 6


@dataclass(frozen=True, slots=True)
class Setting:
    """What the order of remedies depends on beside causes.

    ``worst`` are dimensions of gap 5, the worst first, and ``open`` those of them
    that fall short; ``weights`` are customers' points of 100 by dimension; ``uses``
    maps a remedy to the effects that its actions had.
    """

    worst: tuple[str, ...] = ()
    open: frozenset[str] = frozenset()
    weights: Mapping[str, float] = field(default_factory=dict)
    industry: str = ""
    uses: Mapping[str, tuple[Estimate, ...]] = field(default_factory=dict)


def setting_of(
    worst: Sequence[Located],
    weights: Mapping[str, Estimate],
    *,
    industry: str = "",
    uses: Mapping[str, tuple[Estimate, ...]] | None = None,
) -> Setting:
    """Return the setting of a wave.

    Args:
        worst: Dimensions of gap 5, the worst first.
        weights: Points of 100 by dimension.
        industry: Profile of the company.
        uses: Remedy id to effects of its actions.
    """
    return Setting(
        worst=tuple(one.dimension for one in worst),
        open=frozenset(one.dimension for one in worst if one.low > 0),
        weights={name: one.value for name, one in weights.items() if one.value is not None},
        industry=industry,
        uses=uses or {},
    )


def prescriptions(found: Sequence[CauseFound], setting: Setting) -> tuple[RemedyChosen, ...]:
    """Return remedies in the order to try them.

    Those of claimed causes come first, then those of the most probable other causes
    (``claimed`` is False), then strategies for the worst dimension of gap 5, if it
    falls short (they name no cause). Within each: by the rank of the cause, the worst
    dimension, its weight to customers and the cost.
    """
    causes = treated(found)
    asked: dict[str, list[CauseFound]] = {}
    for one in causes:
        for name in cause(one.id).remedies:
            asked.setdefault(name, []).append(one)
    chosen = [
        _chosen(remedy(name), tuple(of), setting)
        for name, of in asked.items()
        if _fits(remedy(name), setting)
    ]
    chosen.sort(key=lambda one: _order(one, causes, setting))
    chosen += _strategies(setting, frozenset(asked))
    names = frozenset(one.id for one in chosen)
    return tuple(
        replace(one, order=order, both_sides=tuple(x for x in one.against if x in names))
        for order, one in enumerate(chosen, start=1)
    )


def treated(found: Sequence[CauseFound]) -> tuple[CauseFound, ...]:
    """Return the causes that are prescribed for: all claimed, and the next probable ones."""
    claimed = [one for one in found if one.claimed]
    others = [
        one
        for one in found
        if not one.claimed and one.for_ and (one.strength.value or 0.0) >= SPEAKS
    ]
    return (*claimed, *others[:UNCLAIMED])


def _chosen(record: Remedy, of: tuple[CauseFound, ...], setting: Setting) -> RemedyChosen:
    against = opponents(record.id)
    policies = [record.policy, *(remedy(other).policy for other in against)]
    effects = tuple(setting.uses.get(record.id, ()))
    pooled = pooled_uses(effects)
    # A remedy for any dimension helps the worst one.
    helped = record.dimensions or setting.worst[:1]
    weights = [setting.weights[one] for one in helped if one in setting.weights]
    return RemedyChosen(
        id=record.id,
        title=record.title.get("en", record.id),
        causes=tuple(one.id for one in of),
        mission=record.mission,
        order=0,
        dimensions=record.dimensions,
        against=against,
        policy=next((one for one in policies if one), ""),
        claimed=any(one.claimed for one in of),
        owner=record.owner,
        cost=record.cost,
        weeks=record.weeks,
        weight=sum(weights) if weights else None,
        uses=effects,
        pooled=None if pooled is None else pooled.effect,
    )


def _fits(record: Remedy, setting: Setting) -> bool:
    in_industry = not record.industries or setting.industry in record.industries
    return in_industry and record.status != "retired"


def _order(
    one: RemedyChosen, causes: Sequence[CauseFound], setting: Setting
) -> tuple[bool, int, int, float, int, str]:
    ranks = {cause.id: rank for rank, cause in enumerate(causes)}
    places = [setting.worst.index(name) for name in one.dimensions if name in setting.worst]
    # A remedy for any dimension helps the worst one.
    worst = min(places, default=len(setting.worst)) if one.dimensions else 0
    return (
        not one.claimed,
        min(ranks[name] for name in one.causes),
        worst,
        -(one.weight or 0.0),
        COSTS.index(one.cost),
        one.id,
    )


def _strategies(setting: Setting, asked: frozenset[str]) -> list[RemedyChosen]:
    """Return strategies for the worst dimension of gap 5, where it falls short."""
    if not setting.worst or setting.worst[0] not in setting.open:
        return []
    found = [
        _chosen(one, (), setting)
        for one in remedies(dimension=setting.worst[0])
        if setting.worst[0] in one.dimensions and one.id not in asked and _fits(one, setting)
    ]
    found.sort(key=lambda one: (len(one.dimensions), COSTS.index(one.cost), one.id))
    return found[:OF_WORST_DIMENSION]

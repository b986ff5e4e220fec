"""The importance-performance grid: where effort is best spent.

Crosshairs lie at the means of the items' importance and performance (data means;
the middle of the scale or a line of equal importance and performance are other
choices). Stated importance is what people say, derived importance how strongly an
item goes with the outcome: an association, not a cause. Source: martilla-1977.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from fivegaps.scoring.results import Crosshairs, ImportancePerformance, ItemPriority
from fivegaps.stats.estimate import Estimate

NOT_ASKED = Estimate.cannot("not_asked")


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """What is known of an item: how well it goes and how much it matters.

    ``stated`` is the mean of the importance battery, ``derived`` for instance the
    correlation of the item with the outcome.
    """

    performance: Estimate
    stated: Estimate = NOT_ASKED
    derived: Estimate = NOT_ASKED


def importance_performance(
    items: Mapping[str, ItemStanding], *, performance_battery: str
) -> ImportancePerformance:
    """Return each item's quadrant, once by stated and once by derived importance.

    Important and well done: keep; important and not well done: concentrate; neither:
    low; well done but unimportant: overkill. An item on a crosshair counts as high.

    Args:
        items: Item id to its standing; an item without performance or importance
            has no quadrant and does not move the crosshairs.
        performance_battery: ``satisfaction`` where it was asked, else ``perception``.
    """
    crosshairs = Crosshairs(
        performance=_mean(item.performance for item in items.values()),
        stated=_mean(item.stated for item in items.values()),
        derived=_mean(item.derived for item in items.values()),
    )
    return ImportancePerformance(
        crosshairs=crosshairs,
        performance_battery=performance_battery,
        items={
            name: ItemPriority(
                performance=item.performance,
                stated=item.stated,
                derived=item.derived,
                quadrant_stated=_quadrant(item.performance, item.stated, crosshairs, "stated"),
                quadrant_derived=_quadrant(item.performance, item.derived, crosshairs, "derived"),
            )
            for name, item in items.items()
        },
    )


def _mean(estimates: Iterable[Estimate]) -> float | None:
    known = [estimate.value for estimate in estimates if estimate.value is not None]
    return sum(known) / len(known) if known else None


def _quadrant(
    performance: Estimate, importance: Estimate, crosshairs: Crosshairs, which: str
) -> str | None:
    split = crosshairs.stated if which == "stated" else crosshairs.derived
    across = crosshairs.performance
    if performance.value is None or importance.value is None or split is None or across is None:
        return None
    good = performance.value >= across
    if importance.value >= split:
        return "keep" if good else "concentrate"
    return "overkill" if good else "low"

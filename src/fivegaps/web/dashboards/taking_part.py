"""Who took part: served, asked, begun, answered, of a place and of each place below it.

Numbers of people are no answers: they are told of every place, also where figures are hidden.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from fivegaps.web.dashboards.selectors import Place, is_anonymous
from fivegaps.web.surveys.anonymity import answered_by_unit, begun_by_unit
from fivegaps.web.surveys.models import Draft, Reach, Response, Wave
from fivegaps.web.surveys.parts import Part, part_of


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """Counts of one unit's own people; None: nobody told them."""

    served: int | None = None
    asked: int | None = None
    begun: int = 0
    answered: int = 0
    tests: int = 0


def counts_by_unit(wave: Wave) -> dict[int, UnitCounts]:
    """Return the counts of a wave by unit, 0 for none."""
    reach = {row.unit_id: row for row in Reach.objects.filter(wave=wave)}
    if is_anonymous(wave):
        answered, begun = answered_by_unit(wave), begun_by_unit(wave)
        tests = answered_by_unit(wave, is_test=True)
    else:
        answered = _counted(Response, wave, is_test=False)
        tests = _counted(Response, wave, is_test=True)
        waiting = _counted(Draft, wave, is_test=False)
        begun = {unit: answered.get(unit, 0) + waiting.get(unit, 0) for unit in answered | waiting}
    return {
        unit or 0: UnitCounts(
            served=reach[unit].all_served if unit in reach else None,
            asked=reach[unit].all_asked if unit in reach else None,
            begun=begun.get(unit, 0),
            answered=answered.get(unit, 0),
            tests=tests.get(unit, 0),
        )
        for unit in reach.keys() | answered.keys() | begun.keys() | tests.keys()
    }


def part_in(counts: Mapping[int, UnitCounts], place: Place) -> Part:
    """Return who took part in a place."""
    if place.units is None:
        return part_of(counts.values())
    return part_of(counts.get(unit.pk, UnitCounts()) for unit in place.units)


def _counted(model: type[Response | Draft], wave: Wave, *, is_test: bool) -> dict[int | None, int]:
    rows = model.objects.filter(wave=wave, is_test=is_test).order_by()
    return dict(rows.values_list("unit_id").annotate(n=Count("id")))

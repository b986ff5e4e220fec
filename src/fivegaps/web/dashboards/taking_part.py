"""Who took part: served, asked, begun, answered, of a place and of each place below it.

Numbers of people are no answers: they are told of every place, also where figures are hidden.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from fivegaps.stats.intervals import wilson
from fivegaps.web.dashboards.selectors import Place, is_anonymous
from fivegaps.web.surveys.anonymity import answered_by_unit, begun_by_unit
from fivegaps.web.surveys.models import Draft, Reach, Response, Wave

ASKED, SERVED = "asked", "served"


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """Counts of one unit's own people; None: nobody told them."""

    served: int | None = None
    asked: int | None = None
    begun: int = 0
    answered: int = 0
    tests: int = 0

    @property
    def is_there(self) -> bool:
        """Whether somebody could have been asked here."""
        return bool(self.begun or self.answered or self.served or self.asked)


@dataclass(frozen=True, slots=True)
class Part:
    """Who took part in a place; ``served`` and ``asked`` are None unless every unit tells them."""

    served: int | None
    asked: int | None
    begun: int
    answered: int
    tests: int

    @property
    def base(self) -> str:
        """Whom the rate counts: ``asked``, else ``served``, else ""."""
        return ASKED if self.asked else SERVED if self.served else ""

    @property
    def n(self) -> int:
        """How many the rate counts."""
        return self.asked or self.served or 0

    @property
    def rate(self) -> float | None:
        """Share of answers, 0 to 1 or, oddly told, more; None when nobody told the base."""
        return self.answered / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the rate; None where there is no rate up to 1."""
        if self.rate is None or self.rate > 1:
            return None
        return wilson(self.answered, self.n)


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


def part_of(counts: Iterable[UnitCounts]) -> Part:
    """Return the sum of units; a base is known where each unit with somebody tells it."""
    found = [one for one in counts if one.is_there or one.tests]
    there = [one for one in found if one.is_there]
    return Part(
        served=_known([one.served for one in there]),
        asked=_known([one.asked for one in there]),
        begun=sum(one.begun for one in found),
        answered=sum(one.answered for one in found),
        tests=sum(one.tests for one in found),
    )


def _known(values: Sequence[int | None]) -> int | None:
    told = [one for one in values if one is not None]
    return sum(told) if told and len(told) == len(values) else None


def _counted(model: type[Response | Draft], wave: Wave, *, is_test: bool) -> dict[int | None, int]:
    rows = model.objects.filter(wave=wave, is_test=is_test).order_by()
    return dict(rows.values_list("unit_id").annotate(n=Count("id")))

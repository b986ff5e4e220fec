"""Who took part, summed over units: a rate counts the units that told whom they asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from babel.numbers import format_percent

from fivegaps.stats.intervals import wilson
from fivegaps.web.shared.templatetags.office import babel_locale

ASKED, SERVED = "asked", "served"


class Counts(Protocol):
    """Counts of one unit; ``served`` and ``asked`` are None where nobody told them."""

    @property
    def served(self) -> int | None:
        """How many were served."""

    @property
    def asked(self) -> int | None:
        """How many were asked."""

    @property
    def begun(self) -> int:
        """How many began the form."""

    @property
    def answered(self) -> int:
        """How many sent it."""

    @property
    def tests(self) -> int:
        """How many tried it out."""


@dataclass(frozen=True, slots=True)
class Part:
    """Who took part in several units.

    ``served`` and ``asked`` are None unless every unit tells them. The rate counts ``among``
    answers of ``n`` people: those of the ``told`` units, of ``units``, that tell ``base``.
    """

    served: int | None
    asked: int | None
    begun: int
    answered: int
    tests: int
    base: str
    n: int
    among: int
    told: int
    units: int

    @property
    def rate(self) -> float | None:
        """Share of answers, 0 to 1 or, oddly told, more; None when nobody told the base."""
        return self.among / self.n if self.n else None

    @property
    def percent(self) -> str:
        """The rate as the reader writes it; "" when there is none."""
        return "" if self.rate is None else format_percent(self.rate, locale=babel_locale())

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's 95 % interval of the rate; None where there is no rate up to 1."""
        if self.rate is None or self.rate > 1:
            return None
        return wilson(self.among, self.n)


def part_of(counts: Iterable[Counts]) -> Part:
    """Return the sum of units; those in which nobody could have been asked tell no base."""
    found = list(counts)
    there = [one for one in found if one.begun or one.answered or one.served or one.asked]
    asked = [(one.asked, one.answered) for one in there if one.asked]
    served = [(one.served, one.answered) for one in there if one.served]
    base, pairs = (ASKED, asked) if len(asked) >= len(served) else (SERVED, served)
    return Part(
        served=_known([one.served for one in there]),
        asked=_known([one.asked for one in there]),
        begun=sum(one.begun for one in found),
        answered=sum(one.answered for one in found),
        tests=sum(one.tests for one in found),
        base=base if pairs else "",
        n=sum(n for n, _answered in pairs),
        among=sum(answered for _n, answered in pairs),
        told=len(pairs),
        units=len(there),
    )


def _known(values: Sequence[int | None]) -> int | None:
    told = [one for one in values if one is not None]
    return sum(told) if told and len(told) == len(values) else None

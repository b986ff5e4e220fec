"""One wave against another of the same survey: what changed, and what cannot be told apart."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from fivegaps.analysis.comparing import Compared, compare
from fivegaps.report.numerals import Numerals
from fivegaps.stats.estimate import GapEstimate
from fivegaps.web.dashboards.selectors import Place, is_protected
from fivegaps.web.surveys.answers import answers_of
from fivegaps.web.surveys.models import Wave
from fivegaps.web.surveys.selectors import instrument_of

ALPHA = 0.05


@dataclass(frozen=True, slots=True)
class Difference:
    """How much one figure changed; ``tone`` is strength, trouble or mark (cannot be told)."""

    name: str
    value: str
    interval: str
    verdict: str
    tone: str


@dataclass(frozen=True, slots=True)
class Between:
    """Two waves of one place compared; ``refused`` are questions that changed in between."""

    first: str
    second: str
    n: tuple[str, str]
    measure: str
    overall: Difference
    dimensions: tuple[Difference, ...]
    items: tuple[Difference, ...]
    refused: int


def between(first: Wave, second: Wave, place: Place, lang: str) -> Between:
    """Return how a place's second wave differs from the first.

    Of a protected wave no question is told by itself.
    """
    found = compare(answers_of(first, place.units), answers_of(second, place.units))
    asked = instrument_of(second)
    numerals = Numerals(lang)
    titles = {
        one.id: one.title.get(lang) or one.title.get("en", one.id) for one in asked.dimensions
    }
    return Between(
        first=first.name,
        second=second.name,
        n=(numerals.count(found.n[0]), numerals.count(found.n[1])),
        measure=found.measure,
        overall=_difference(_("Overall"), found.overall, numerals),
        dimensions=tuple(
            _difference(titles.get(name, name), one, numerals)
            for name, one in found.dimensions.items()
        ),
        items=() if is_protected(second.survey) else _items(found, second, numerals, lang),
        refused=len(found.refused),
    )


def _items(found: Compared, wave: Wave, numerals: Numerals, lang: str) -> tuple[Difference, ...]:
    """Return the questions that changed beyond chance, the largest change first."""
    short = {
        one.id: one.short.get(lang) or one.short.get("en") for one in instrument_of(wave).items
    }
    told = [
        (one, _difference(short.get(name) or name, one, numerals))
        for name, one in found.items.items()
        if one.value is not None and one.p_adjusted is not None and one.p_adjusted < ALPHA
    ]
    return tuple(line for _one, line in sorted(told, key=lambda pair: -abs(pair[0].value or 0)))


def _difference(name: str, found: GapEstimate, numerals: Numerals) -> Difference:
    if found.value is None:
        return Difference(name, "–", "", _("cannot tell: too few answers"), "mark")
    interval = ""
    if found.low is not None and found.high is not None:
        interval = numerals.span(found.low, found.high, 2, "signed")
    p = found.p if found.p_adjusted is None else found.p_adjusted
    if p is None or p >= ALPHA:
        verdict, tone = _("cannot be told apart"), "mark"
    elif found.value > 0:
        verdict, tone = _("better"), "strength"
    else:
        verdict, tone = _("worse"), "trouble"
    return Difference(name, numerals.signed(found.value), interval, verdict, tone)

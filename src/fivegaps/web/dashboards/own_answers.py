"""Tables of a survey's own questions: shares with their interval, scores, means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from django.utils.translation import gettext as _

from fivegaps.report.numerals import Numerals
from fivegaps.stats.intervals import t_interval, wilson
from fivegaps.web.dashboards.selectors import Place, is_protected
from fivegaps.web.surveys.models import Response, Wave
from fivegaps.web.surveys.own_questions import OwnQuestion
from fivegaps.web.surveys.selectors import fields_in

SCORED = frozenset({"nps", "csat", "ces", "number"})
PROMOTERS, DETRACTORS, CONTENT = 9, 6, 4


@dataclass(frozen=True, slots=True)
class OwnLine:
    """One answer: how many gave it, their share and its interval."""

    name: str
    n: str
    share: str
    interval: str


@dataclass(frozen=True, slots=True)
class OwnTable:
    """What was answered to one question; ``score`` in words, "" where there is none."""

    title: str
    n: str
    score_name: str
    score: str
    interval: str
    lines: tuple[OwnLine, ...]


def own_tables(wave: Wave, place: Place, lang: str) -> tuple[OwnTable, ...]:
    """Return a table for each own question of a place; none of protected waves, nor of texts."""
    asked = [one for one in fields_in(wave).own if one.kind not in {"short", "long", "date"}]
    if not asked or is_protected(wave.survey):
        return ()
    rows = Response.objects.filter(place.counted(), wave=wave, is_test=False)
    others = list(rows.values_list("other", flat=True))
    tables = (_table(one, others, lang) for one in asked)
    return tuple(table for table in tables if table is not None)


def _table(
    question: OwnQuestion, others: Sequence[dict[str, object]], lang: str
) -> OwnTable | None:
    numerals = Numerals(lang)
    title = question.text.get(lang) or next(iter(question.text.values()), question.id)
    if question.kind == "points":
        return _points(question, others, title, lang)
    given = [row[question.column] for row in others if row.get(question.column) is not None]
    if not given:
        return None
    n = len(given)
    if question.kind in SCORED:
        values = [float(one) for one in given if isinstance(one, int | float)]
        name, score, interval = _score(question.kind, values, numerals)
        lines = () if question.kind == "number" else _scale(question, values, numerals)
        return OwnTable(title, numerals.count(n), name, score, interval, lines)
    chosen = Counter(
        one for answer in given for one in (answer if isinstance(answer, list) else [answer])
    )
    lines = tuple(
        _line(
            option.text.get(lang) or next(iter(option.text.values()), option.id),
            chosen.get(option.id, 0),
            n,
            numerals,
        )
        for option in question.options
    )
    return OwnTable(title, numerals.count(n), "", "", "", lines)


def _scale(
    question: OwnQuestion, values: Sequence[float], numerals: Numerals
) -> tuple[OwnLine, ...]:
    lowest, highest = question.range
    found = Counter(values)
    return tuple(
        _line(numerals.count(point), found.get(float(point), 0), len(values), numerals)
        for point in range(highest, lowest - 1, -1)
    )


def _line(name: str, k: int, n: int, numerals: Numerals) -> OwnLine:
    return OwnLine(
        name, numerals.count(k), numerals.share(k / n), numerals.span(*wilson(k, n), 0, "share")
    )


def _score(kind: str, values: Sequence[float], numerals: Numerals) -> tuple[str, str, str]:
    """Return the name of a question's score, the score and its interval."""
    if kind == "csat":
        k = sum(value >= CONTENT for value in values)
        span = numerals.span(*wilson(k, len(values)), 0, "share")
        return _("Content (4 or 5 of 5)"), numerals.share(k / len(values)), span
    if kind == "nps":
        values = [100.0 * ((one >= PROMOTERS) - (one <= DETRACTORS)) for one in values]
        name, places, how = _("Net promoter score"), 0, "signed"
    else:
        name, places, how = _("Mean"), 2, "number"
    mean = fmean(values)
    told = numerals.signed(mean, 0) if kind == "nps" else numerals.number(mean)
    if len(values) < 2 or not stdev(values):
        return name, told, ""
    error = stdev(values) / len(values) ** 0.5
    low, high = t_interval(mean, error, df=len(values) - 1)
    if kind == "nps":
        low, high = max(low, -100.0), min(high, 100.0)
    return name, told, numerals.span(low, high, places, how)


def _points(
    question: OwnQuestion, others: Sequence[dict[str, object]], title: str, lang: str
) -> OwnTable | None:
    numerals = Numerals(lang)
    given = [row for row in others if all(field in row for field in question.fields)]
    if not given:
        return None
    lines = []
    for option, field in zip(question.options, question.fields, strict=True):
        values = [float(str(row[field])) for row in given]
        _name, mean, interval = _score("number", values, numerals)
        text = option.text.get(lang) or next(iter(option.text.values()), option.id)
        lines.append(OwnLine(text, "", mean, interval))
    return OwnTable(title, numerals.count(len(given)), "", "", "", tuple(lines))

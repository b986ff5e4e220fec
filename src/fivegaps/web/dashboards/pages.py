"""The page of results, made of figures, words and what its visitor may do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from fivegaps.analysis.results import Results
from fivegaps.report.charts.dumbbell import dumbbell
from fivegaps.report.charts.importance_grid import importance_grid, preferred
from fivegaps.report.charts.item_gaps import item_gaps
from fivegaps.report.charts.perceptions import perceptions
from fivegaps.report.charts.tolerance import tolerance
from fivegaps.report.document import Answer, Tile
from fivegaps.report.numerals import Numerals
from fivegaps.report.sections.cautions import cautions
from fivegaps.report.sections.verdict import tiles, verdict
from fivegaps.report.tables import reason_in_words
from fivegaps.report.view import View, side
from fivegaps.report.words import Words
from fivegaps.web.dashboards.analyses import OWN, STEP
from fivegaps.web.dashboards.figures import Figure, figure_of
from fivegaps.web.dashboards.own_answers import OwnTable
from fivegaps.web.dashboards.selectors import Counted, Place, is_protected
from fivegaps.web.dashboards.small_groups import FEWEST, WITHOUT_UNIT, Group
from fivegaps.web.dashboards.taking_part import counts_by_unit, part_in
from fivegaps.web.people.models import Unit
from fivegaps.web.surveys.models import State, Wave
from fivegaps.web.surveys.parts import Part
from fivegaps.web.surveys.selectors import instrument_of


@dataclass(frozen=True, slots=True)
class WaveChoice:
    """A wave that results can be shown of; ``since`` leads from it to the wave of the page."""

    id: UUID
    survey: str
    name: str
    answered: int
    is_here: bool
    since: str


@dataclass(frozen=True, slots=True)
class TopChoice:
    """One of the highest places of who does not see the whole."""

    code: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ChannelChoice:
    """A channel by which the place's answers can be told."""

    code: str
    name: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """A place one step down: its overall gap with interval, or why it is hidden.

    ``code`` "": it has no page of its own.
    """

    code: str
    name: str
    answered: int
    gap: str
    interval: str
    hidden: str
    tone: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of taking part: ``width`` is its bar, 0 to 100."""

    title: str
    n: str
    width: str


@dataclass(frozen=True, slots=True)
class RateLine:
    """Who took part in a place below."""

    name: str
    code: str
    served: str
    asked: str
    begun: str
    answered: str
    rate: str
    interval: str


@dataclass(frozen=True, slots=True)
class PartSaid:
    """Who took part, in words and bars; ``rate`` "" when nobody told who was asked."""

    steps: tuple[Step, ...]
    rate: str
    interval: str
    base: str
    n: str
    told: int
    units: int
    tests: int
    places: tuple[RateLine, ...]


@dataclass(frozen=True, slots=True)
class Findings:
    """What the answers say: three sentences, figures in large type, charts, cautions."""

    tone: str
    answers: tuple[Answer, ...]
    tiles: tuple[Tile, ...]
    dimensions: tuple[Figure, ...]
    items: tuple[Figure, ...]
    cautions_title: str
    cautions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Results of one wave in one place."""

    survey_id: UUID
    survey: str
    wave_id: UUID
    wave: str
    state: str
    code: str
    name: str
    above: str
    above_name: str
    part: PartSaid
    last: datetime | None
    held: int
    is_protected: bool
    findings: Findings | None
    hidden: str
    is_few: bool
    empty: str
    links: tuple[str, ...]
    places: tuple[PlaceLine, ...]
    own: tuple[OwnTable, ...]
    remarks: tuple[str, ...]
    all_remarks: int
    remarks_address: str
    waves: tuple[WaveChoice, ...]
    channels: tuple[ChannelChoice, ...]
    channel: str
    tops: tuple[TopChoice, ...]
    may_see_survey: bool
    may_export: bool


def findings_of(wave: Wave, results: Results, lang: str) -> Findings:
    """Return what a place's figures say, in a language of the report.

    Of a protected wave only figures by dimension are told: no question by itself.
    """
    protected = is_protected(wave.survey)
    view = View(results, instrument_of(wave), lang)
    said = verdict(view)
    by_dimension = [chart for chart in (tolerance(view), dumbbell(view)) if chart is not None]
    if not by_dimension and (rated := perceptions(view)) is not None:
        by_dimension = [rated]
    kind = None if protected else preferred(view)
    of_items = [importance_grid(view, kind) if kind else None, item_gaps(view)]
    of_items = [] if protected else of_items
    remarks = None if protected else cautions(view)
    return Findings(
        tone=said.tone,
        answers=said.answers[:2] if protected else said.answers,
        tiles=tiles(view).tiles,
        dimensions=tuple(figure_of(view, chart) for chart in by_dimension),
        items=tuple(figure_of(view, chart) for chart in of_items if chart is not None),
        cautions_title="" if remarks is None else remarks.title,
        cautions=() if remarks is None else tuple(map(_without_options, remarks.sentences)),
    )


def _without_options(sentence: str) -> str:
    """Return a sentence of the report without options of the command line in brackets."""
    return re.sub(r"\s?[(（]--[a-z]+[)）]", "", sentence)


def hidden_in_words(answered: int, lang: str) -> str:
    """Return why a place is hidden: too few answered, or others could be worked out from it."""
    words = Words(lang)
    reason = f"small_cell:{FEWEST}" if answered < FEWEST else "small_cell:others"
    return f"{words.say('phrases.hidden')} ({reason_in_words(reason, words)})"


def is_earlier(one: Wave, other: Wave) -> bool:
    """Return whether a wave is of the same survey and opened before the other."""
    if one.survey_id != other.survey_id or one.opened_at is None or other.opened_at is None:
        return False
    return one.opened_at < other.opened_at


def part_here(wave: Wave, place: Place, below: list[Place], lang: str) -> PartSaid:
    """Return who took part in a place and in those below it."""
    counts = counts_by_unit(wave)
    parts = [(one, part_in(counts, one)) for one in below]
    lines = [
        rate_line(part, str(one.unit), one.code, lang)
        for one, part in parts
        if part.begun or part.n
    ]
    return part_said(part_in(counts, place), tuple(lines), lang)


def part_said(part: Part, places: tuple[RateLine, ...], lang: str) -> PartSaid:
    """Return who took part in a place."""
    numerals = Numerals(lang)
    named = [
        (_("Served"), part.served),
        (_("Asked"), part.asked),
        (_("Begun"), part.begun),
        (_("Answered"), part.answered),
    ]
    most = max((n for _title, n in named if n), default=1)
    line = rate_line(part, "", "", lang)
    return PartSaid(
        steps=tuple(
            Step(title, numerals.count(n), f"{100 * n / most:.1f}")
            for title, n in named
            if n is not None
        ),
        rate=line.rate,
        interval=line.interval,
        base=part.base,
        n=numerals.count(part.n),
        told=part.told,
        units=part.units,
        tests=part.tests,
        places=places,
    )


def rate_line(part: Part, name: str, code: str, lang: str) -> RateLine:
    """Return who took part in one place as a line of a table."""
    numerals = Numerals(lang)
    span = part.interval
    return RateLine(
        name=name,
        code=code,
        served="" if part.served is None else numerals.count(part.served),
        asked="" if part.asked is None else numerals.count(part.asked),
        begun=numerals.count(part.begun),
        answered=numerals.count(part.answered),
        rate=part.percent,
        interval="" if span is None else numerals.span(*span, 0, "share"),
    )


def place_lines(
    wave: Wave,
    results: Results,
    below: list[Place],
    *,
    known: Counted,
    here: Unit | None,
    own_name: str,
    lang: str,
) -> tuple[PlaceLine, ...]:
    """Return the places below, worst gap first, hidden ones last, and what none of them has.

    Args:
        wave: The wave.
        results: Figures of the place above, split by step.
        below: The places one step down.
        known: Answers of the wave.
        here: The unit above; None: the whole.
        own_name: How answers that came through no unit below are named.
        lang: Language of the report.
    """
    view = View(results, instrument_of(wave), lang)
    own = WITHOUT_UNIT if here is None else Group(here.pk, below=False)
    listed = [
        (place.code, str(place.unit), str(place.group.unit), place.group, known.of(place))
        for place in below
    ]
    listed.append(("", own_name, OWN, own, known.answered.get(own.unit, 0)))
    lines = [
        _line(view, code, name, step, answered, is_shown=group in known.shown)
        for code, name, step, group, answered in listed
        if answered
    ]
    if len(lines) == 1 and not lines[0].code:
        return ()
    return tuple(sorted(lines, key=lambda line: (bool(line.hidden), line.name)))


def _line(
    view: View, code: str, name: str, step: str, answered: int, *, is_shown: bool
) -> PlaceLine:
    if not is_shown:
        hidden = hidden_in_words(answered, view.lang)
        return PlaceLine(code, name, answered, "", "", hidden, "mark")
    overall = view.results.segments[STEP].values[step].overall
    gap = "–" if overall.value is None else view.numerals.signed(overall.value)
    interval = ""
    if overall.low is not None and overall.high is not None:
        interval = view.numerals.span(overall.low, overall.high, 2, "signed")
    return PlaceLine(code, name, answered, gap, interval, "", side(overall))


def why_empty(wave: Wave, answered: int) -> str:
    """Return what keeps a wave from having results: its state, or erased; "" if nothing."""
    if wave.erased_at is not None:
        return "erased"
    return "" if answered else str(State(wave.state))

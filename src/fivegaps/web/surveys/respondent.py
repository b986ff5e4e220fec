"""What the respondent's page shows, in one language; no markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from fivegaps.knowledge.phrasing import filled
from fivegaps.model.instrument import Battery, Instrument, Item
from fivegaps.report.forms.layout import (
    SECONDS_A_MARK,
    Scale,
    outcome_lines,
    outcome_scale,
    scale_of,
    wording,
)
from fivegaps.report.words import Words
from fivegaps.web.surveys.conditions import asked_of, drawn
from fivegaps.web.surveys.own_blocks import OwnLine, in_attribute, own_line, told_condition
from fivegaps.web.surveys.own_questions import NONE, Condition, Extras
from fivegaps.web.surveys.sheet import CANNOT_JUDGE

# What one wishes for and what one gets must never be taken for one another.
IDEAL = frozenset({"expectation", "adequate", "desired", "importance"})
MOST_ON_A_STEP = 6
MOST_OWN = 4
# How many marks on a scale a question of another kind is worth in time.
LONG_KINDS = {"long": 5, "short": 2, "points": 5, "multiple": 2, "number": 2, "date": 2}


@dataclass(frozen=True, slots=True)
class Point:
    """One radio button; ``words`` are read out beside the number."""

    value: int
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with its points; ``cannot`` tells whether the person cannot judge it.

    ``only_if`` says in a sentence when it is asked, ``condition`` says it to the page's script.
    """

    field: str
    text: str
    points: tuple[Point, ...]
    cannot: bool
    only_if: str = ""
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Words3:
    """The words over a scale: at its lowest point, its middle and its highest."""

    lowest: str
    middle: str
    highest: str
    minimum: int
    centre: int
    maximum: int
    count: int


@dataclass(frozen=True, slots=True)
class Block:
    """Statements on one scale, in steps of a few; ``look`` is ideal, real or whole.

    ``none`` is what the box beside the scale says instead of "cannot judge".
    """

    id: str
    look: str
    part: int
    title: str
    instruction: str
    scale: Words3
    steps: tuple[tuple[Line, ...], ...]
    example: int
    none: str = ""


@dataclass(frozen=True, slots=True)
class ShareLine:
    """One dimension of the 100 points."""

    field: str
    title: str
    text: str
    value: str


@dataclass(frozen=True, slots=True)
class Questions:
    """Everything that a form asks; ``parts`` counts its numbered parts, the last words too."""

    blocks: tuple[Block, ...]
    shares: tuple[ShareLine, ...]
    parts: int
    marks: int
    minutes: int
    share_title: str
    share_instruction: str
    share_part: int
    own: tuple[tuple[OwnLine, ...], ...] = ()
    own_part: int = 0
    title: str = ""
    introduction: str = ""

    @property
    def has_needed(self) -> bool:
        """Whether some question must be answered before the form can be sent."""
        return any(line.is_required for step in self.own for line in step)

    @property
    def is_conditional(self) -> bool:
        """Whether what is asked depends on other answers."""
        lines = [line for block in self.blocks for step in block.steps for line in step]
        own = [line for step in self.own for line in step]
        return any(line.condition for line in lines) or any(line.condition for line in own)

    @property
    def contrasts(self) -> bool:
        """Whether the ideal and the real are both asked, so that they must be told apart."""
        return {"ideal", "real"} <= {block.look for block in self.blocks}


def questions(
    instrument: Instrument,
    lang: str,
    *,
    company: str,
    values: Mapping[str, str],
    extras: Extras = NONE,
    submission_id: UUID | None = None,
) -> Questions:
    """Return what a form asks in a language, with the answers that it has so far.

    Args:
        instrument: The frozen questionnaire.
        lang: One of its languages.
        company: Name of the firm that is rated.
        values: Field to text.
        extras: What the questionnaire has beside its instrument.
        submission_id: The form, on which items drawn by lot depend; None where all are asked.
    """
    rules = _Rules(instrument, extras, lang, company)
    if extras.sampling is not None and submission_id is not None:
        asked = drawn([item.id for item in instrument.items], extras.sampling, submission_id)
        items = tuple(item for item in instrument.items if item.id in asked)
        instrument = replace(instrument, items=items)
    blocks = _sections(instrument, extras, lang, company, values=values, rules=rules) or [
        _battery(instrument, battery, lang, company=company, values=values, part=part, rules=rules)
        for part, battery in enumerate(instrument.batteries, 1)
        if instrument.items_in(battery.id)
    ]
    blocks += _outcomes(instrument, lang, company, values, first=len(blocks) + 1, rules=rules)
    shares = _shares(instrument, lang, values)
    own = _own(extras, lang, values, rules)
    marks = sum(len(step) for block in blocks for step in block.steps)
    words = Words(lang)
    share_part = len(blocks) + 1 if shares else 0
    parts = len(blocks) + bool(shares) + bool(own) + 1
    return Questions(
        blocks=tuple(blocks),
        shares=shares,
        parts=parts,
        marks=marks,
        minutes=minutes_of(marks, extras, points=bool(shares)),
        share_title=words.say("form.points_title"),
        share_instruction=words.say("form.points_instruction", count=len(shares)),
        share_part=share_part,
        own=own,
        own_part=parts - 1 if own else 0,
        title=extras.texts.get("title", {}).get(lang, ""),
        introduction=extras.texts.get("introduction", {}).get(lang, ""),
    )


def minutes_of(marks: int, extras: Extras, *, points: bool) -> int:
    """Return how many minutes a form takes: so many marks on scales, and own questions."""
    own = sum(LONG_KINDS.get(one.kind, 1) for one in extras.own)
    return max(2, round((marks + 5 * points + own) * SECONDS_A_MARK / 60))


def length_of(asked: Instrument, extras: Extras) -> int:
    """Return how many minutes a questionnaire takes, drawn statements counted as many as asked."""
    marks = sum(len(one.columns) for one in asked.outcomes)
    per_item = sum(len(one.columns) for one in asked.items) / max(1, len(asked.items))
    n = len(asked.items)
    if extras.sampling is not None:
        n = min(n, len(extras.sampling.linking) + extras.sampling.k)
    return minutes_of(round(marks + n * per_item), extras, points=bool(asked.weights))


class _Rules:
    """Conditions of the columns of a form, as sentences in one language."""

    def __init__(self, instrument: Instrument, extras: Extras, lang: str, company: str) -> None:
        self._of = asked_of(instrument, extras).rules if extras.rules else {}
        self._known = (instrument, extras, lang, company)

    def told(self, column: str) -> str:
        """Return when a column is asked; "" when it always is."""
        return told_condition(self._of.get(column), *self._known)

    def condition(self, column: str) -> Condition | None:
        """Return the condition of a column, None when it is always asked."""
        return self._of.get(column)


def _shares(instrument: Instrument, lang: str, values: Mapping[str, str]) -> tuple[ShareLine, ...]:
    return tuple(
        ShareLine(
            field=instrument.weights[one.id],
            title=one.title.get(lang, one.id),
            text=one.text.get(lang, ""),
            value=values.get(instrument.weights[one.id], ""),
        )
        for one in instrument.dimensions
        if one.id in instrument.weights
    )


def _own(
    extras: Extras, lang: str, values: Mapping[str, str], rules: _Rules
) -> tuple[tuple[OwnLine, ...], ...]:
    lines = [
        own_line(
            one,
            lang,
            values=values,
            only_if=rules.told(one.column),
            condition=rules.condition(one.column),
        )
        for one in extras.own
    ]
    return tuple(tuple(lines[start : start + MOST_OWN]) for start in range(0, len(lines), MOST_OWN))


def _battery(
    instrument: Instrument,
    battery: Battery,
    lang: str,
    *,
    company: str,
    values: Mapping[str, str],
    part: int,
    rules: _Rules,
) -> Block:
    scale = scale_of(instrument, battery, lang, company=company)

    def line(item: Item) -> Line:
        text = filled(wording(item, battery.id, lang), instrument, lang, company=company)
        return _line(item.columns[battery.id], text, scale, values, rules)

    steps: list[tuple[Line, ...]] = []
    items = instrument.items_in(battery.id)
    for _, group in groupby(items, key=lambda item: item.dimension):
        lines = [line(item) for item in group]
        steps += [
            tuple(lines[start : start + MOST_ON_A_STEP])
            for start in range(0, len(lines), MOST_ON_A_STEP)
        ]
    look = "ideal" if battery.id in IDEAL else "real"
    return Block(
        id=battery.id,
        look=look,
        part=part,
        title=scale.title,
        instruction=scale.instruction,
        scale=_words(scale),
        steps=_joined(steps),
        example=_example(battery, look),
    )


def _sections(
    instrument: Instrument,
    extras: Extras,
    lang: str,
    company: str,
    *,
    values: Mapping[str, str],
    rules: _Rules,
) -> list[Block]:
    """Return the blocks of a form for managers or employees; none of one for customers."""

    def say(text: str) -> str:
        return filled(text, instrument, lang, company=company)

    items = {name: item for item in instrument.items for name in item.columns.values()}
    found: list[Block] = []
    for one in extras.sections:
        anchors = {int(point): words for point, words in one.anchors.get(lang, {}).items()}
        battery = instrument.batteries[0]
        scale = Scale(
            id=one.id,
            title=say(one.title.get(lang, one.id)),
            instruction=say(one.instruction.get(lang, "")),
            minimum=battery.minimum,
            maximum=battery.maximum,
            anchors=anchors,
        )
        lines = [
            _line(name, say(wording(items[name], battery.id, lang)), scale, values, rules)
            for name in one.columns
            if name in items
        ]
        starts = range(0, len(lines), MOST_ON_A_STEP)
        steps = tuple(tuple(lines[start : start + MOST_ON_A_STEP]) for start in starts)
        part, said, none = len(found) + 1, scale.instruction, one.none.get(lang, "")
        block = Block(one.id, "whole", part, scale.title, said, _words(scale), steps, 0, none)
        found += [block] if lines else []
    return found


def _joined(steps: list[tuple[Line, ...]]) -> tuple[tuple[Line, ...], ...]:
    """Return the steps with short neighbours put together: a short form is one step."""
    joined: list[tuple[Line, ...]] = []
    for step in steps:
        if joined and len(joined[-1]) + len(step) <= MOST_ON_A_STEP:
            joined[-1] += step
        else:
            joined.append(step)
    return tuple(joined)


def _example(battery: Battery, look: str) -> int:
    """Return the point that the worked example chooses: high for the ideal, low for the real."""
    return battery.maximum - 1 if look == "ideal" else battery.minimum + 1


def _outcomes(
    instrument: Instrument,
    lang: str,
    company: str,
    values: Mapping[str, str],
    *,
    first: int,
    rules: _Rules,
) -> list[Block]:
    title = Words(lang).say("form.outcomes_title")
    blocks: list[Block] = []
    ranges = groupby(instrument.outcomes, key=lambda one: (one.minimum, one.maximum))
    for _, group in ranges:
        outcomes = tuple(group)
        scale = outcome_scale(outcomes[0], instrument, lang)
        lines = tuple(
            _line(line.columns[0], line.text, scale, values, rules)
            for outcome in outcomes
            for line in outcome_lines(outcome, instrument, lang, company=company)
        )
        part = first + len(blocks)
        blocks.append(
            Block("outcomes", "whole", part, title, "", _words(scale), (lines,), example=0)
        )
    return blocks


def _line(field: str, text: str, scale: Scale, values: Mapping[str, str], rules: _Rules) -> Line:
    given = values.get(field, "")
    return Line(
        field=field,
        text=text,
        points=tuple(
            Point(point, scale.anchors.get(point, ""), given == str(point))
            for point in scale.points
        ),
        cannot=given == CANNOT_JUDGE,
        only_if=rules.told(field),
        condition=in_attribute(rules.condition(field)),
    )


def _words(scale: Scale) -> Words3:
    centre = (scale.minimum + scale.maximum) // 2
    return Words3(
        lowest=scale.anchors.get(scale.minimum, ""),
        middle=scale.anchors.get(centre, ""),
        highest=scale.anchors.get(scale.maximum, ""),
        minimum=scale.minimum,
        centre=centre,
        maximum=scale.maximum,
        count=len(scale.points),
    )

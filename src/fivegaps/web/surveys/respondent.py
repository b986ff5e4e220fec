"""What the respondent's page shows, in one language; no markup."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

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
from fivegaps.web.surveys.sheet import CANNOT_JUDGE

# What one wishes for and what one gets must never be taken for one another.
IDEAL = frozenset({"expectation", "adequate", "desired", "importance"})
MOST_ON_A_STEP = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One radio button; ``words`` are read out beside the number."""

    value: int
    words: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One statement with its points; ``cannot`` tells whether the person cannot judge it."""

    field: str
    text: str
    points: tuple[Point, ...]
    cannot: bool


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
    """Statements on one scale, in steps of a few; ``look`` is ideal or real."""

    id: str
    look: str
    part: int
    title: str
    instruction: str
    scale: Words3
    steps: tuple[tuple[Line, ...], ...]
    example: int


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

    @property
    def contrasts(self) -> bool:
        """Whether the ideal and the real are both asked, so that they must be told apart."""
        return {"ideal", "real"} <= {block.look for block in self.blocks}


def questions(
    instrument: Instrument, lang: str, *, company: str, values: Mapping[str, str]
) -> Questions:
    """Return what a form asks in a language, with the answers that it has so far.

    Args:
        instrument: The frozen questionnaire.
        lang: One of its languages.
        company: Name of the firm that is rated.
        values: Field to text.
    """
    blocks = [
        _battery(instrument, battery, lang, company=company, values=values, part=part)
        for part, battery in enumerate(instrument.batteries, 1)
    ]
    blocks += _outcomes(instrument, lang, company, values, first=len(blocks) + 1)
    shares = tuple(
        ShareLine(
            field=instrument.weights[one.id],
            title=one.title.get(lang, one.id),
            text=one.text.get(lang, ""),
            value=values.get(instrument.weights[one.id], ""),
        )
        for one in instrument.dimensions
        if one.id in instrument.weights
    )
    marks = sum(len(step) for block in blocks for step in block.steps)
    words = Words(lang)
    share_part = len(blocks) + 1 if shares else 0
    return Questions(
        blocks=tuple(blocks),
        shares=shares,
        parts=len(blocks) + bool(shares) + 1,
        marks=marks,
        minutes=max(2, round((marks + 5 * bool(shares)) * SECONDS_A_MARK / 60)),
        share_title=words.say("form.points_title"),
        share_instruction=words.say("form.points_instruction", count=len(shares)),
        share_part=share_part,
    )


def _battery(
    instrument: Instrument,
    battery: Battery,
    lang: str,
    *,
    company: str,
    values: Mapping[str, str],
    part: int,
) -> Block:
    scale = scale_of(instrument, battery, lang, company=company)

    def line(item: Item) -> Line:
        text = filled(wording(item, battery.id, lang), instrument, lang, company=company)
        return _line(item.columns[battery.id], text, scale, values)

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
    instrument: Instrument, lang: str, company: str, values: Mapping[str, str], *, first: int
) -> list[Block]:
    title = Words(lang).say("form.outcomes_title")
    blocks: list[Block] = []
    ranges = groupby(instrument.outcomes, key=lambda one: (one.minimum, one.maximum))
    for _, group in ranges:
        outcomes = tuple(group)
        scale = outcome_scale(outcomes[0], instrument, lang)
        lines = tuple(
            _line(line.columns[0], line.text, scale, values)
            for outcome in outcomes
            for line in outcome_lines(outcome, instrument, lang, company=company)
        )
        part = first + len(blocks)
        blocks.append(
            Block("outcomes", "whole", part, title, "", _words(scale), (lines,), example=0)
        )
    return blocks


def _line(field: str, text: str, scale: Scale, values: Mapping[str, str]) -> Line:
    given = values.get(field, "")
    return Line(
        field=field,
        text=text,
        points=tuple(
            Point(point, scale.anchors.get(point, ""), given == str(point))
            for point in scale.points
        ),
        cannot=given == CANNOT_JUDGE,
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

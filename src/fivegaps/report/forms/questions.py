"""Every column that answers are keyed into, with what it asks in one language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from fivegaps.knowledge.phrasing import filled
from fivegaps.model.instrument import Instrument
from fivegaps.report.forms.layout import (
    kano_label,
    kano_scales,
    outcome_lines,
    outcome_scale,
    scale_of,
    wording,
)
from fivegaps.report.words import Words

WEIGHTS = "weights"


@dataclass(frozen=True, slots=True)
class Question:
    """One column of a form: ``block`` is a battery's or section's id, weights, outcome or kano.

    ``kind`` is scale, points, text, choice or observation. ``hint`` tells how to
    answer the block, ``anchors`` maps point to words, ``none`` names the box beside
    the scale, ``choices`` are values with their words.
    """

    column: str
    block: str
    block_title: str
    item: str
    dimension: str
    label: str
    wording: str
    minimum: int
    maximum: int
    lowest: str = ""
    highest: str = ""
    missing: tuple[int, ...] = ()
    status: str = ""
    kind: str = "scale"
    hint: str = ""
    anchors: Mapping[int, str] = field(default_factory=dict)
    none: str = ""
    choices: tuple[tuple[str, str], ...] = ()


def structure_columns(instrument: Instrument) -> tuple[str, ...]:
    """Return the columns that tell who answered, where and when; a running number at least."""
    structure = instrument.structure
    named = (
        structure.respondent or "respondent",
        structure.cluster,
        *structure.segments,
        structure.date,
        structure.seconds,
    )
    return tuple(dict.fromkeys(column for column in named if column))


def questions(
    instrument: Instrument, lang: str, *, company: str | None = None
) -> tuple[Question, ...]:
    """Return the questions of an instrument in the order of its form.

    Points come first, then the batteries, Kano pairs and outcomes.
    """
    return (
        *_points(instrument, lang),
        *_items(instrument, lang, company),
        *_kano(instrument, lang),
        *_outcomes(instrument, lang, company),
    )


def _points(instrument: Instrument, lang: str) -> Iterator[Question]:
    title = Words(lang).say("form.points_title")
    for dimension in instrument.dimensions:
        if dimension.id not in instrument.weights:
            continue
        name = dimension.title.get(lang, dimension.id)
        yield Question(
            column=instrument.weights[dimension.id],
            block=WEIGHTS,
            block_title=title,
            item="",
            dimension=dimension.id,
            label=name,
            wording=f"{name}: {text}" if (text := dimension.text.get(lang)) else name,
            minimum=0,
            maximum=100,
            kind="points",
            hint=Words(lang).say("form.points_instruction", count=len(instrument.weights)),
        )


def _items(instrument: Instrument, lang: str, company: str | None) -> Iterator[Question]:
    for battery in instrument.batteries:
        scale = scale_of(instrument, battery, lang, company=company)
        for item in instrument.items_in(battery.id):
            text = wording(item, battery.id, lang)
            yield Question(
                column=item.columns[battery.id],
                block=battery.id,
                block_title=scale.title,
                item=item.id,
                dimension=item.dimension or "",
                label=item.short.get(lang, item.id),
                wording=filled(text, instrument, lang, company=company),
                minimum=battery.minimum,
                maximum=battery.maximum,
                lowest=scale.anchors.get(battery.minimum, ""),
                highest=scale.anchors.get(battery.maximum, ""),
                missing=battery.missing,
                status=item.status.get(lang, "draft"),
                hint=scale.instruction,
                anchors=scale.anchors,
            )


def _kano(instrument: Instrument, lang: str) -> Iterator[Question]:
    scales = kano_scales(lang)
    for number, pair in enumerate(instrument.kano):
        label = kano_label(instrument, number, lang)
        for column, scale in zip((pair.functional, pair.dysfunctional), scales, strict=True):
            yield Question(
                column=column,
                block="kano",
                block_title=scale.title,
                item=pair.item,
                dimension="",
                label=label,
                wording=f"{label}: {scale.title}",
                minimum=scale.minimum,
                maximum=scale.maximum,
                lowest=scale.anchors[scale.minimum],
                highest=scale.anchors[scale.maximum],
                hint=Words(lang).say("form.kano_instruction"),
                anchors=scale.anchors,
            )


def _outcomes(instrument: Instrument, lang: str, company: str | None) -> Iterator[Question]:
    title = Words(lang).say("form.outcomes_title")
    seen: set[str] = set()
    for outcome in instrument.outcomes:
        scale = outcome_scale(outcome, instrument, lang)
        for line in outcome_lines(outcome, instrument, lang, company=company):
            if line.columns[0] in seen:
                continue  # two outcomes may share a column; it is keyed in once
            seen.add(line.columns[0])
            yield Question(
                column=line.columns[0],
                block="outcome",
                block_title=title,
                item=outcome.id,
                dimension="",
                label=line.label,
                wording=line.text,
                minimum=outcome.minimum,
                maximum=outcome.maximum,
                lowest=scale.anchors.get(outcome.minimum, ""),
                highest=scale.anchors.get(outcome.maximum, ""),
                status=outcome.status.get(lang, "draft"),
                anchors=scale.anchors,
            )

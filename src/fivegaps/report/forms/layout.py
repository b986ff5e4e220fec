"""What a questionnaire asks, block by block, in one language; no markup yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from fivegaps.errors import OptionRefused
from fivegaps.knowledge.phrasing import filled
from fivegaps.model.instrument import Battery, Instrument, Item, Outcome
from fivegaps.report.words import Words

KANO_POINTS = 5
SECONDS_A_MARK = 7
SIDE_BY_SIDE = ("adequate", "desired", "perception")


@dataclass(frozen=True, slots=True)
class Scale:
    """A row of points to choose from; ``anchors`` maps point to words.

    ``none`` names the box beside the points; "" when there is none.
    """

    id: str
    title: str
    instruction: str
    minimum: int
    maximum: int
    anchors: Mapping[int, str]
    none: str = ""

    @property
    def points(self) -> tuple[int, ...]:
        """The points, lowest first."""
        return tuple(range(self.minimum, self.maximum + 1))


@dataclass(frozen=True, slots=True)
class Line:
    """One statement; ``columns`` has the answer's column for each scale of its block.

    Lines with the same ``heading`` stand together under it.
    """

    text: str
    label: str
    columns: tuple[str, ...]
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Statements that are answered on the same scales.

    ``kind`` is statements, outcomes, kano, points, texts, choice, rows or evidenced;
    ``part`` counts the blocks from 1, 0 has no number. ``choices`` are what to
    choose from, ``space`` the lines to write on, ``home`` where the answers go.
    """

    kind: str
    part: int
    title: str
    instruction: str
    scales: tuple[Scale, ...]
    lines: tuple[Line, ...]
    choices: tuple[str, ...] = ()
    space: int = 0
    home: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """A dimension's line in the 100-point question."""

    title: str
    text: str
    column: str


@dataclass(frozen=True, slots=True)
class Form:
    """A questionnaire in one language.

    ``kind`` stands over its title, ``intro`` under it, ``fields`` are what the
    office fills in, ``rules`` tell how to answer;
    ``voice`` is managers, employees or assessor, "" for customers;
    ``consent`` is what people agree to by answering, "" when nothing is said.
    """

    lang: str
    name: str
    title: str
    company: str
    kind: str
    intro: str
    fields: tuple[str, ...]
    rules: tuple[str, ...]
    shares: tuple[Share, ...]
    blocks: tuple[Block, ...]
    minutes: int
    draft: bool
    subtitle: str = ""
    voice: str = ""
    asks_remark: bool = True
    consent: str = ""


def form_of(instrument: Instrument, lang: str, *, company: str | None = None) -> Form:
    """Return the questionnaire of an instrument in one language.

    Args:
        instrument: A shipped instrument or one's own.
        lang: One of the instrument's languages.
        company: Name of the firm that is rated; "this bank" and the like when None.

    Raises:
        OptionRefused: The instrument has no texts in this language.
    """
    if lang not in instrument.languages:
        known = ", ".join(instrument.languages)
        raise OptionRefused("--lang", f"{instrument.id} has texts in {known}, not in {lang}")
    blocks = _blocks(instrument, lang, company)
    marks = sum(len(block.lines) * len(block.scales) for block in blocks)
    own = filled("{company}", instrument, lang, company=company)
    named = own if company is not None else instrument.words.get(lang, {}).get("company", "")
    title = instrument.title.get(lang, instrument.id)
    minutes = max(2, round(marks * SECONDS_A_MARK / 60))
    words = Words(lang)
    return Form(
        lang=lang,
        name=f"{instrument.id} · {instrument.version}",
        title=title,
        company=named,
        kind=words.say("form.kind"),
        intro=words.say("form.intro", company=named or title, minutes=minutes),
        fields=(words.say("form.serial"), words.say("form.date")),
        rules=(words.say("form.how_circle"), words.say("form.how_skip")),
        shares=_shares(instrument, lang),
        blocks=blocks,
        minutes=minutes,
        draft=any(item.status.get(lang, "draft") == "draft" for item in instrument.items),
    )


def wording(item: Item, battery: str, lang: str) -> str:
    """Return how a battery words an item; its label or id when it has no text."""
    return item.text.get(lang, {}).get(battery) or item.short.get(lang) or item.id


def scale_of(
    instrument: Instrument, battery: Battery, lang: str, *, company: str | None = None
) -> Scale:
    """Return a battery's scale in one language."""
    instruction = battery.instruction.get(lang, "")
    return Scale(
        id=battery.id,
        title=battery.title.get(lang, battery.id),
        instruction=filled(instruction, instrument, lang, company=company),
        minimum=battery.minimum,
        maximum=battery.maximum,
        anchors=battery.anchors.get(lang, {}),
    )


def outcome_lines(
    outcome: Outcome, instrument: Instrument, lang: str, *, company: str | None = None
) -> tuple[Line, ...]:
    """Return the lines of an outcome: one for each of its columns."""
    title = outcome.title.get(lang, outcome.id)
    text = filled(outcome.text.get(lang, title), instrument, lang, company=company)
    if len(outcome.columns) == 1:
        return (Line(text, title, outcome.columns),)
    return tuple(
        Line(f"{text} ({number})", f"{title} ({number})", (column,))
        for number, column in enumerate(outcome.columns, 1)
    )


def outcome_scale(outcome: Outcome, instrument: Instrument, lang: str) -> Scale:
    """Return the scale of an outcome; it borrows the anchors of a battery of equal range."""
    anchors = outcome.anchors.get(lang, {})
    for battery in reversed(instrument.batteries):
        if not anchors and (battery.minimum, battery.maximum) == (outcome.minimum, outcome.maximum):
            anchors = battery.anchors.get(lang, {})
    return Scale("outcome", "", "", outcome.minimum, outcome.maximum, anchors)


def kano_scales(lang: str) -> tuple[Scale, Scale]:
    """Return the two scales of a Kano pair: with the feature, without it."""
    words = Words(lang)
    anchors = {point: words.say(f"form.kano_{point}") for point in range(1, KANO_POINTS + 1)}
    with_it, without = (
        Scale(name, words.say(f"form.kano_{name}"), "", 1, KANO_POINTS, anchors)
        for name in ("functional", "dysfunctional")
    )
    return with_it, without


def kano_label(instrument: Instrument, number: int, lang: str) -> str:
    """Return the name of a Kano pair: its title, or the label of its item."""
    pair = instrument.kano[number]
    labels = {item.id: item.short.get(lang, item.id) for item in instrument.items}
    return pair.title.get(lang) or labels.get(pair.item, pair.item)


def _shares(instrument: Instrument, lang: str) -> tuple[Share, ...]:
    return tuple(
        Share(
            title=dimension.title.get(lang, dimension.id),
            text=dimension.text.get(lang, ""),
            column=instrument.weights[dimension.id],
        )
        for dimension in instrument.dimensions
        if dimension.id in instrument.weights
    )


def _blocks(instrument: Instrument, lang: str, company: str | None) -> tuple[Block, ...]:
    words = Words(lang)
    first = 2 if instrument.weights else 1  # the 100 points are part 1
    blocks: list[Block] = []
    for batteries in _together(instrument):
        scales = tuple(
            scale_of(instrument, battery, lang, company=company) for battery in batteries
        )
        single = len(scales) == 1
        blocks.append(
            Block(
                kind="statements",
                part=first + len(blocks),
                title=scales[0].title if single else instrument.title.get(lang, instrument.id),
                instruction=scales[0].instruction if single else instrument.text.get(lang, ""),
                scales=scales,
                lines=_item_lines(instrument, batteries, lang, company),
            )
        )
    if instrument.kano:
        lines = tuple(
            Line(label, label, (pair.functional, pair.dysfunctional))
            for number, pair in enumerate(instrument.kano)
            if (label := kano_label(instrument, number, lang))
        )
        title, instruction = words.say("form.kano_title"), words.say("form.kano_instruction")
        part = first + len(blocks)
        blocks.append(Block("kano", part, title, instruction, kano_scales(lang), lines))
    ranges = groupby(instrument.outcomes, key=lambda outcome: (outcome.minimum, outcome.maximum))
    for _, group in ranges:
        outcomes = tuple(group)
        blocks.append(
            Block(
                kind="outcomes",
                part=first + len(blocks),
                title=words.say("form.outcomes_title"),
                instruction="",
                scales=(outcome_scale(outcomes[0], instrument, lang),),
                lines=tuple(
                    line
                    for outcome in outcomes
                    for line in outcome_lines(outcome, instrument, lang, company=company)
                ),
            )
        )
    return tuple(blocks)


def _together(instrument: Instrument) -> tuple[tuple[Battery, ...], ...]:
    """Return the batteries block by block; those of the zone are answered side by side."""
    if not (instrument.has("adequate") and instrument.has("desired")):
        return tuple((battery,) for battery in instrument.batteries)
    zone = tuple(battery for battery in instrument.batteries if battery.id in SIDE_BY_SIDE)
    rest = (battery for battery in instrument.batteries if battery.id not in SIDE_BY_SIDE)
    return (zone, *((battery,) for battery in rest))


def _item_lines(
    instrument: Instrument, batteries: tuple[Battery, ...], lang: str, company: str | None
) -> tuple[Line, ...]:
    return tuple(
        Line(
            text=filled(wording(item, batteries[-1].id, lang), instrument, lang, company=company),
            label=item.short.get(lang, item.id),
            columns=tuple(item.columns[battery.id] for battery in batteries),
        )
        for item in instrument.items_in(batteries[0].id)
    )

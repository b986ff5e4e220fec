"""From the table of a pack's file to its record; every fault at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from fivegaps.knowledge.record_files import choice
from fivegaps.knowledge.table import Table
from fivegaps.model.instrument import LANGUAGES
from fivegaps.model.questionnaire import Answer, Ask, Asker, Choice, Statement

Texts = Mapping[str, str]
_VOICES: dict[str, Asker] = {one: one for one in get_args(Asker)}
_ASKS: dict[str, Ask] = {one: one for one in get_args(Ask)}
_ANSWERS: dict[str, Answer] = {one: one for one in get_args(Answer)}


@dataclass(frozen=True, slots=True)
class QuestionRecord:
    """A question as its pack words it; ``by_channel`` is its wording over a list of channels."""

    column: str
    text: Texts
    label: Texts
    by_channel: Texts
    dimension: str
    mission: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """A section as its pack describes it.

    ``letter`` begins the columns of items and dimensions; ``half`` asks only as
    many statements of a construct as its score needs.
    """

    id: str
    ask: Ask
    answer: Answer
    letter: str
    scale: str
    title: Texts
    instruction: Texts
    questions: tuple[QuestionRecord, ...]
    constructs: tuple[str, ...]
    half: bool
    lines: int
    file: str
    choices: tuple[Choice, ...]
    mission: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """The record of a questionnaire; ``include`` names packs, or ``pack:section``."""

    id: str
    version: str
    voice: Asker
    status: str
    rights: str
    sources: tuple[str, ...]
    mission: tuple[str, ...]
    title: Texts
    include: tuple[str, ...]
    sections: tuple[SectionRecord, ...]


@dataclass(frozen=True, slots=True)
class SharedScale:
    """Words for points of a scale by language, and of the box beside it."""

    anchors: Mapping[str, Mapping[int, str]]
    none: Texts = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SharedWords:
    """Scales, dimensions and channels that several packs word alike."""

    scales: Mapping[str, SharedScale]
    aspects: Mapping[str, Texts]
    channels: Mapping[str, Texts]
    overall: Texts


def read_pack(table: Table) -> Pack:
    """Return the record of a pack."""
    pack = Pack(
        id=table.string("id", required=True),
        version=table.string("version", default="1"),
        voice=_VOICES[choice(table, "voice", tuple(_VOICES))],
        status=table.string("status", default="draft"),
        rights=table.string("rights", required=True),
        sources=table.strings("sources"),
        mission=table.strings("mission"),
        title=table.by_language("title"),
        include=table.strings("include"),
        sections=tuple(_section(one) for one in table.tables("section")),
    )
    if not pack.include and not pack.sections:
        table.fault("it has no section and includes none")
    table.refuse_unknown_keys()
    return pack


def read_statements(table: Table) -> tuple[Statement, ...]:
    """Return the statements of a voice."""
    found = tuple(_statement(one) for one in table.tables("statement"))
    table.refuse_unknown_keys()
    return found


def read_shared(table: Table) -> SharedWords:
    """Return the words that packs share."""
    words = SharedWords(
        scales={one.string("id", required=True): _scale(one) for one in table.tables("scale")},
        aspects=_texts_by_id(table, "aspect"),
        channels=_texts_by_id(table, "channel"),
        overall=table.table("overall").by_language("text"),
    )
    table.refuse_unknown_keys()
    return words


def _texts_by_id(table: Table, key: str) -> dict[str, Texts]:
    return {one.string("id", required=True): one.by_language("text") for one in table.tables(key)}


def _scale(table: Table) -> SharedScale:
    anchors: dict[str, Mapping[int, str]] = {}
    for lang in LANGUAGES:
        if table.has(lang):
            inner = table.table(lang)
            anchors[lang] = {int(point): inner.string(point) for point in inner.values}
    return SharedScale(anchors=anchors, none=table.by_language("none"))


def _section(table: Table) -> SectionRecord:
    ask = _ASKS[choice(table, "ask", tuple(_ASKS))]
    usual = "points" if ask == "points" else "scale"
    answer = _ANSWERS[choice(table, "answer", tuple(_ANSWERS))] if table.has("answer") else None
    section = SectionRecord(
        id=table.string("id", required=True),
        ask=ask,
        answer=answer or _ANSWERS[usual],
        letter=table.string("letter"),
        scale=table.string("scale"),
        title=table.by_language("title"),
        instruction=table.by_language("instruction"),
        questions=tuple(_question(one) for one in table.tables("question")),
        constructs=table.strings("constructs"),
        half=table.flag("half"),
        lines=(table.whole("lines") or 3) if table.has("lines") else 3,
        file=table.string("file"),
        choices=tuple(_choice(one) for one in table.tables("choice")),
        mission=table.strings("mission"),
    )
    if section.ask == "statements" and not section.constructs:
        table.fault("it asks statements and names no construct")
    if section.ask in {"items", "dimensions"} and not section.letter:
        table.fault("it names no letter for its columns")
    if section.ask == "questions" and not section.questions:
        table.fault("it has no question")
    if section.answer in {"scale", "evidenced"} and not section.scale:
        table.fault("it names no scale")
    table.refuse_unknown_keys()
    return section


def _question(table: Table) -> QuestionRecord:
    question = QuestionRecord(
        column=table.string("column", required=True),
        text=table.by_language("text"),
        label=table.by_language("label"),
        by_channel=table.by_language("by_channel"),
        dimension=table.string("dimension"),
        mission=table.strings("mission"),
    )
    table.refuse_unknown_keys()
    return question


def _choice(table: Table) -> Choice:
    found = Choice(value=table.string("value", required=True), title=table.by_language("title"))
    table.refuse_unknown_keys()
    return found


def _statement(table: Table) -> Statement:
    found = Statement(
        construct=table.string("construct", required=True),
        k=table.whole("k") or 0,
        reversed=table.flag("reversed"),
        text=table.by_language("text"),
        status=table.by_language("status"),
    )
    table.refuse_unknown_keys()
    return found

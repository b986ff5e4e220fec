"""The questionnaires of managers, employees and assessors, built on an item bank.

A pack is one file ``voices/<id>.toml``. Items and dimensions come from the
instrument (and its profile), statements from ``voices/statements``, scales and
channels from ``voices/shared/words.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from fivegaps.errors import Fault, FileRefused, InstrumentRefused
from fivegaps.knowledge.constructs import construct
from fivegaps.knowledge.instruments import instrument
from fivegaps.knowledge.record_files import read_record, record_ids
from fivegaps.knowledge.table import nearest
from fivegaps.knowledge.voice_reading import (
    Pack,
    QuestionRecord,
    SectionRecord,
    SharedScale,
    SharedWords,
    read_pack,
    read_shared,
    read_statements,
)
from fivegaps.model.company.constructs import Construct, Voice
from fivegaps.model.instrument import LANGUAGES, Instrument
from fivegaps.model.questionnaire import Asker, Prompt, Questionnaire, Section, Statement

ORDER = (
    "managers",
    "managers-on-customers",
    "managers-on-standards",
    "manager-self-audit",
    "employees",
    "contact-employees",
    "employees-on-customers",
    "employees-on-managers",
    "internal-service",
    "employee-pulse",
    "third-party-assessor",
)
ITEM_BANK = "rater-22"
WORDING = "expectation"
_NO_SCALE = SharedScale(anchors={})
_ANSWERED_AS: dict[Asker, Voice] = {"managers": "managers", "employees": "employees"}


def questionnaire_ids() -> tuple[str, ...]:
    """Return the ids of the shipped questionnaires, whole forms before their parts."""
    return (*ORDER, *(name for name in record_ids("voices") if name not in ORDER))


def questionnaires() -> tuple[Questionnaire, ...]:
    """Return every shipped questionnaire on the plain item bank."""
    return tuple(questionnaire(name) for name in questionnaire_ids())


def questionnaire(
    name: str,
    *,
    profile: str | None = None,
    bank: str | Instrument = ITEM_BANK,
    channels: Sequence[str] = (),
) -> Questionnaire:
    """Return a shipped questionnaire.

    Args:
        name: ``managers-on-customers``, or with a profile ``managers-on-customers@bank``.
        profile: An industry profile for the item bank.
        bank: The instrument that customers answer: itself, its id, or the path of one's own.
        channels: Ask the questions that are asked by channel for each of these;
            none asks them once.

    Raises:
        InstrumentRefused: No such questionnaire, instrument or profile, or an
            instrument that does not word what customers expect.
    """
    base, _, named = name.replace(":", "@").partition("@")
    if base not in questionnaire_ids():
        advice = nearest(base, questionnaire_ids())
        listed = advice or f"Shipped are {', '.join(questionnaire_ids())}."
        raise InstrumentRefused(base, Fault(f"there is no questionnaire {base!r}.", listed))
    items = (
        bank if isinstance(bank, Instrument) else instrument(bank, profile=profile or named or None)
    )
    return _built(pack(base), items, tuple(dict.fromkeys(channels)))


@cache
def pack(name: str) -> Pack:
    """Return the record of a questionnaire as it stands in its file.

    Raises:
        FileRefused: The file does not have the form of a pack.
    """
    return read_record("voices", name, read_pack)


@cache
def statements(voice: Voice) -> tuple[Statement, ...]:
    """Return the statements of a voice's constructs, in the order of their file."""
    return read_record("voices/statements", voice, read_statements)


@cache
def shared_words() -> SharedWords:
    """Return scales, dimensions and channels that several packs word alike."""
    return read_record("voices/shared", "words", read_shared)


def _built(record: Pack, items: Instrument, channels: tuple[str, ...]) -> Questionnaire:
    sections: dict[str, Section] = {}
    for one in (*_included(record), *record.sections):
        # A section that two parts share, such as the respondent's role, is asked once.
        if one.id not in sections:
            sections[one.id] = _section(one, record.voice, items, channels)
    return Questionnaire(
        id=f"{record.id}@{items.profile}" if items.profile else record.id,
        version=record.version,
        voice=record.voice,
        title=record.title,
        sections=tuple(sections.values()),
        bank=items,
        languages=tuple(lang for lang in items.languages if lang in record.title),
        status=record.status,
        rights=record.rights,
        sources=record.sources,
        mission=record.mission,
        parts=tuple(name for name in record.include if ":" not in name),
    )


def _included(record: Pack) -> Iterator[SectionRecord]:
    for name in record.include:
        owner, _, wanted = name.partition(":")
        if owner not in record_ids("voices"):
            raise FileRefused(
                f"knowledge/voices/{record.id}.toml", Fault(f"it includes {owner!r}, no pack.")
            )
        other = pack(owner)
        own = (*_included(other), *other.sections)
        yield from (one for one in own if not wanted or one.id == wanted)


def _section(
    record: SectionRecord, voice: Asker, items: Instrument, channels: tuple[str, ...]
) -> Section:
    scale = shared_words().scales.get(record.scale, _NO_SCALE)
    if record.ask == "items":
        prompts = tuple(_items(record, items))
        battery = items.battery(WORDING)
        minimum, maximum = battery.minimum, battery.maximum
    else:
        minimum, maximum = 1, 7
        prompts = tuple(_prompts(record, voice, items, channels))
    points = {
        lang: {maximum if point == 7 else point: text for point, text in own.items()}
        for lang, own in scale.anchors.items()
    }
    return Section(
        id=record.id,
        ask=record.ask,
        answer=record.answer,
        title=record.title,
        instruction=record.instruction,
        prompts=prompts,
        minimum=minimum,
        maximum=maximum,
        anchors=points,
        none=scale.none,
        choices=record.choices,
        lines=record.lines,
        file=record.file,
        mission=record.mission,
        constructs=record.constructs,
    )


def _items(record: SectionRecord, items: Instrument) -> Iterator[Prompt]:
    if not items.has(WORDING):
        fault = Fault(
            "it does not word what customers expect.",
            f"Choose one with a battery {WORDING!r}, such as {ITEM_BANK}.",
        )
        raise InstrumentRefused(items.id, fault)
    for item in items.items_in(WORDING):
        yield Prompt(
            column=f"{record.letter}_{item.id}",
            text={lang: text.get(WORDING, item.id) for lang, text in item.text.items()},
            label=item.short,
            dimension=item.dimension or "",
            about=item.id,
            status=item.status,
            mission=(),
        )


def _prompts(
    record: SectionRecord, voice: Asker, items: Instrument, channels: tuple[str, ...]
) -> Iterator[Prompt]:
    if record.ask == "statements":
        for name in record.constructs:
            yield from _statements(construct(_ANSWERED_AS[voice], name), half=record.half)
    elif record.ask in {"dimensions", "points"}:
        yield from _dimensions(record, items)
    else:
        for question in record.questions:
            yield from _question(question, channels)


def _dimensions(record: SectionRecord, items: Instrument) -> Iterator[Prompt]:
    own = {question.dimension: question for question in record.questions}
    for dimension in items.dimensions:
        text = shared_words().aspects.get(dimension.id, dimension.title)
        if record.ask == "points":
            text = dimension.text or dimension.title
        if dimension.id in own:
            text = own[dimension.id].text
        yield Prompt(
            column=f"{'w' if record.ask == 'points' else record.letter}_{dimension.id}",
            text=text,
            label=dimension.title,
            dimension=dimension.id,
            about=dimension.id,
            status=_drafts(text),
            mission=own[dimension.id].mission if dimension.id in own else (),
        )


def _statements(one: Construct, *, half: bool) -> Iterator[Prompt]:
    own = [statement for statement in statements(one.voice) if statement.construct == one.id]
    for statement in own[: one.fewest] if half else own:
        yield Prompt(
            column=statement.column,
            text=statement.text,
            label=one.title,
            about=one.id,
            status=statement.status,
        )


def _question(question: QuestionRecord, channels: tuple[str, ...]) -> Iterator[Prompt]:
    asked_by = channels if question.by_channel else ()
    words = shared_words()
    lines = [("", words.overall), *((f"@{name}", _channel(name)) for name in asked_by)]
    for suffix, channel in lines:
        yield Prompt(
            column=f"{question.column}{suffix}",
            text=channel if asked_by else question.text,
            label=question.label,
            heading=question.by_channel if asked_by else {},
            dimension=question.dimension,
            about=question.column.removeprefix("x_"),
            status=_drafts(question.text),
            mission=question.mission,
        )


def _channel(name: str) -> dict[str, str]:
    known = shared_words().channels
    return dict(known[name]) if name in known else dict.fromkeys(LANGUAGES, name)


def _drafts(texts: object) -> dict[str, str]:
    return dict.fromkeys(LANGUAGES, "draft") if texts else {}

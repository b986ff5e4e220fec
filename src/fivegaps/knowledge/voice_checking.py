"""The checker of the questionnaires of managers, employees and assessors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import get_args

from fivegaps.errors import Fault, FileRefused, InstrumentRefused
from fivegaps.knowledge.bibliography import bibliography
from fivegaps.knowledge.checking import CHARSETS, NEGATIONS, length
from fivegaps.knowledge.constructs import constructs
from fivegaps.knowledge.measures import slots
from fivegaps.knowledge.mission import mission_lines
from fivegaps.knowledge.phrasing import placeholders
from fivegaps.knowledge.voices import pack, questionnaire, questionnaire_ids, statements
from fivegaps.model.company.constructs import Voice
from fivegaps.model.instrument import LANGUAGES, Instrument
from fivegaps.model.questionnaire import Asker, Prompt, Questionnaire, Section, Statement

# Twenty words of English; the other limits keep the proportions of the instruments' checker.
LONGEST = {"en": 20, "vi": 32, "zh-hans": 48, "zh-hant": 48, "nl": 20}
# Columns that questionnaires ask beside those of the company folder's format.
EXTRA: dict[Asker, tuple[str, ...]] = {
    "managers": ("evidence_s0-07",),
    "employees": (),
    "assessor": ("evidence",),
}
_PLAIN: dict[Asker, tuple[str, ...]] = {
    "managers": ("level", "x_s0-10"),
    "employees": ("role", "problem", "first_change", "support_unit"),
    "assessor": ("standard", "value", "met", "n"),
}
_ITEM_LETTERS: dict[Asker, str] = {"managers": "e", "employees": "em", "assessor": ""}
_DIMENSION_LETTERS: dict[Asker, tuple[str, ...]] = {
    "managers": ("w", "s"),
    "employees": ("d", "c", "i"),
    "assessor": ("third_party",),
}
_AUDIT = re.compile(r"x_(?P<question>[^@]+)(@.+)?")
_STATEMENT_VOICES: tuple[Voice, ...] = get_args(Voice)
# Chinese words that hold a sign of negation and negate nothing: have to, individual, special.
_NO_NEGATION = re.compile("不得不|[个特分]别|[個特分]別")
_HAN = re.compile(r"[\u4e00-\u9fff]")


def check_voices() -> dict[str, tuple[Fault, ...]]:
    """Return the faults of packs and statements by file; none when all is well."""
    found: dict[str, tuple[Fault, ...]] = {}
    for voice in _STATEMENT_VOICES:
        place = f"voices/statements/{voice}.toml"
        try:
            found[place] = check_statements(voice, statements(voice))
        except FileRefused as refused:
            found[place] = refused.faults
    for name in questionnaire_ids():
        try:
            found[f"voices/{name}.toml"] = check_questionnaire(questionnaire(name), name)
        except (FileRefused, InstrumentRefused) as refused:
            found[f"voices/{name}.toml"] = refused.faults
    if not any(found.values()):
        found["voices"] = tuple(_unasked())
    return {place: faults for place, faults in found.items() if faults}


def check_statements(voice: Voice, given: tuple[Statement, ...]) -> tuple[Fault, ...]:
    """Return what is wrong with the statements of a voice."""
    return (
        *_numbers(voice, given),
        *(fault for one in given for fault in _statement(one)),
    )


def check_questionnaire(checked: Questionnaire, file: str) -> tuple[Fault, ...]:
    """Return what is wrong with a questionnaire that was read from ``voices/<file>.toml``.

    Items of the bank are left to the checker of instruments, statements to their own.
    """
    return (
        *_record(checked, file),
        *_texts("the title", checked.title),
        *(fault for section in checked.sections for fault in _section(section, checked)),
    )


def is_known_column(voice: Asker, column: str, bank: Instrument) -> bool:
    """Tell whether a company folder has such a column for a voice, or it is an extra one."""
    if column in (*_PLAIN[voice], *EXTRA[voice]):
        return True
    letter, _, rest = column.rpartition("_") if voice == "assessor" else column.partition("_")
    if letter in _ITEM_LETTERS[voice] and letter:
        return rest in {item.id for item in bank.items}
    if letter in _DIMENSION_LETTERS[voice]:
        return rest in {dimension.id for dimension in bank.dimensions}
    audit = _AUDIT.fullmatch(column)
    if voice == "managers" and audit is not None:
        return audit["question"] in slots()["question"]
    return column in {
        one.column for own in _STATEMENT_VOICES if own == voice for one in statements(own)
    }


def _numbers(voice: Voice, given: tuple[Statement, ...]) -> Iterator[Fault]:
    known = {one.id: one.statements for one in constructs(voice)}
    for name in dict.fromkeys(one.construct for one in given):
        if name not in known:
            yield Fault(f"{name!r} is no construct of {voice}.", "See constructs.toml.")
    for name, count in known.items():
        own = sorted(one.k for one in given if one.construct == name)
        if own != list(range(1, count + 1)):
            told = ", ".join(map(str, own)) or "none"
            yield Fault(f"construct {name!r} needs the statements 1 to {count}; there are: {told}.")


def _statement(one: Statement) -> Iterator[Fault]:
    name = f"statement {one.k} of {one.construct!r}"
    yield from _texts(name, one.text)
    yield from _wording(name, one.text)
    if missing := [lang for lang in LANGUAGES if lang not in one.status]:
        yield Fault(f"{name} has no status in {', '.join(missing)}.", 'Write status = "draft".')


def _record(checked: Questionnaire, file: str) -> Iterator[Fault]:
    if checked.id != file:
        yield Fault(f"id {checked.id!r} is not the name of the file, {file!r}.")
    if not checked.rights:
        yield Fault("rights are not stated.", "Say who owns the wordings.")
    if not checked.sources:
        yield Fault("no source is named.")
    for source in checked.sources:
        if source not in bibliography():
            yield Fault(f"source {source!r} is not in sources.toml.")
    for line in checked.served:
        if line not in mission_lines():
            yield Fault(f"the mission has no line {line!r}.")


def _section(section: Section, checked: Questionnaire) -> Iterator[Fault]:
    name = f"section {section.id!r}"
    yield from _texts(f"the title of {name}", section.title)
    if section.answer != "choice":
        yield from _texts(f"the instruction of {name}", section.instruction)
    if section.answer in {"scale", "evidenced"}:
        for point in (section.minimum, section.maximum):
            words = {lang: own.get(point, "") for lang, own in section.anchors.items()}
            yield from _texts(f"point {point} of {name}", words)
    if section.none:
        yield from _texts(f"the box of {name}", section.none)
    for choice in section.choices:
        yield from _texts(f"choice {choice.value!r} of {name}", choice.title)
    for prompt in section.prompts:
        yield from _prompt(prompt, section, checked)


def _prompt(prompt: Prompt, section: Section, checked: Questionnaire) -> Iterator[Fault]:
    name = f"question {prompt.column!r}"
    if not is_known_column(checked.voice, prompt.column, checked.bank):
        yield Fault(f"{name}: {checked.voice} have no such column.", "See docs/formats.md.")
    if section.answer != "choice" and not (section.mission or prompt.mission):
        yield Fault(f"{name} names no mission id, and {section.id!r} neither.")
    if section.ask in {"items", "points", "statements"}:
        return
    yield from _texts(name, prompt.text)
    yield from _wording(name, prompt.text)
    if prompt.heading:
        yield from _texts(f"the heading of {name}", prompt.heading)
        yield from _wording(f"the heading of {name}", prompt.heading)


def _texts(name: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    if missing := [lang for lang in LANGUAGES if not texts.get(lang, "").strip()]:
        yield Fault(f"{name} is not given in {', '.join(missing)}.")
    for lang, charset in CHARSETS.items():
        odd = [han for han in _HAN.findall(texts.get(lang, "")) if not _fits(han, charset)]
        if odd:
            yield Fault(f"{name}: {''.join(odd)} is not written so in {lang}.")
    if len({placeholders(text) for text in texts.values()}) > 1:
        yield Fault(f"{name} has other placeholders in some language.")


def _fits(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _wording(name: str, texts: Mapping[str, str]) -> Iterator[Fault]:
    for lang, text in texts.items():
        if length(text, lang) > LONGEST[lang]:
            yield Fault(
                f"{name} ({lang}) has {length(text, lang)} words.",
                f"At most {LONGEST[lang]} are read in one breath.",
            )
        plain = _NO_NEGATION.sub("", text)
        if len(re.findall(NEGATIONS[lang], plain, re.IGNORECASE)) > 1:
            yield Fault(f"{name} ({lang}) negates twice.", "Say it in the positive.")


def _unasked() -> Iterator[Fault]:
    for voice in _STATEMENT_VOICES:
        asked = {
            name
            for record in map(pack, questionnaire_ids())
            for section in record.sections
            if record.voice == voice and not section.half
            for name in section.constructs
        }
        for one in constructs(voice):
            if one.id not in asked:
                yield Fault(f"no questionnaire asks {voice} about {one.id!r}.")

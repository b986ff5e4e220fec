"""The checker of instruments: what a reader of the wordings would find fault with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from fivegaps.errors import Fault
from fivegaps.knowledge.instruments import instrument
from fivegaps.knowledge.phrasing import PLACEHOLDER, placeholders
from fivegaps.knowledge.records import subtable
from fivegaps.knowledge.shelf import instrument_ids, profile_ids, sources
from fivegaps.model.instrument import LANGUAGES, Instrument, Item

# A statement is read in one breath: words; Vietnamese writes each syllable
# apart; Chinese is counted in characters.
LONGEST_WORDING = {"en": 15, "vi": 24, "zh-hans": 36, "zh-hant": 36, "nl": 15}
LONGEST_LABEL = 26
NEGATIONS = {
    "en": r"\b(?:not|never|no|nothing|nobody|without|\w+n't)\b",
    "vi": r"\b(?:không|chưa|chẳng|đừng)\b",
    "zh-hans": r"[不没未无别]",
    "zh-hant": r"[不沒未無別]",
    "nl": r"\b(?:niet|nooit|geen|niets|niemand|zonder)\b",
}
CHARSETS = {"zh-hans": "gb2312", "zh-hant": "big5"}
MISSION_ID = re.compile(r"S[0-4]\.[1-9]\d{0,2}[a-p]?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NO_BREAK_NEEDED = ("zh-hans", "zh-hant")


def check(checked: Instrument, *, shipped: bool = False) -> tuple[Fault, ...]:
    """Return what is wrong with the wordings and references of an instrument.

    Args:
        checked: An instrument that was loaded; its structure is sound.
        shipped: Ask for every text in all five languages, rights, sources and
            mission ids; texts of one's own instrument are optional, and only
            texts that some of its languages lack are faults.
    """
    languages = LANGUAGES if shipped else checked.languages
    return (
        *_record(checked, shipped=shipped),
        *_translations(checked, languages, shipped=shipped),
        *(fault for item in checked.items for fault in _wordings(item, languages)),
        *(fault for item in checked.items for fault in _status(item, languages)),
    )


def check_shelf() -> dict[str, tuple[Fault, ...]]:
    """Return the faults of every shipped instrument and profile, by id; none when all is well."""
    names = [
        *instrument_ids(),
        *(f"{base}@{profile}" for base in instrument_ids() for profile in profile_ids()),
    ]
    found = {name: check(instrument(name), shipped=True) for name in names}
    found["sources"] = tuple(_sources())
    return {name: faults for name, faults in found.items() if faults}


def length(text: str, lang: str) -> int:
    """Return the number of words of a wording, of characters in Chinese; a placeholder is one."""
    if lang in _NO_BREAK_NEEDED:
        return len(re.sub(r"\W", "", PLACEHOLDER.sub("字", text)))
    return len(text.split())


def _record(checked: Instrument, *, shipped: bool) -> Iterator[Fault]:
    if shipped and not checked.rights:
        yield Fault("rights are not stated.", "Say who owns the wordings.")
    if shipped and not checked.sources:
        yield Fault("no source is named.")
    if shipped and not checked.mission:
        yield Fault("no mission id is named.")
    for source in checked.sources:
        if shipped and source not in sources():
            yield Fault(f"source {source!r} is not in sources.toml.")
    for mission in (*checked.mission, *(one for item in checked.items for one in item.mission)):
        if not MISSION_ID.fullmatch(mission):
            yield Fault(f"{mission!r} is no mission id.")
    for item in checked.items:
        if shipped and not item.mission:
            yield Fault(f"item {item.id!r} names no mission id.")


def _texts(checked: Instrument) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield every text of an instrument: its name, then language to text."""
    yield "title", checked.title
    for battery in checked.batteries:
        yield f"title of battery {battery.id!r}", battery.title
        yield f"instruction of battery {battery.id!r}", battery.instruction
        for point in (battery.minimum, battery.maximum):
            words = {lang: points.get(point, "") for lang, points in battery.anchors.items()}
            yield f"anchor {point} of battery {battery.id!r}", words
    for dimension in checked.dimensions:
        yield f"title of dimension {dimension.id!r}", dimension.title
        yield f"text of dimension {dimension.id!r}", dimension.text
    for outcome in checked.outcomes:
        yield f"title of outcome {outcome.id!r}", outcome.title
        yield f"text of outcome {outcome.id!r}", outcome.text
    for item in checked.items:
        yield f"short label of item {item.id!r}", item.short
        for battery_id in item.columns:
            wordings = {lang: texts.get(battery_id, "") for lang, texts in item.text.items()}
            yield f"{battery_id} of item {item.id!r}", wordings
    for word in ("provider", "company", "customer", "customers"):
        yield f"word {word!r}", {lang: words.get(word, "") for lang, words in checked.words.items()}


def _translations(
    checked: Instrument, languages: tuple[str, ...], *, shipped: bool
) -> Iterator[Fault]:
    for name, texts in _texts(checked):
        given = {lang: text for lang, text in texts.items() if text.strip()}
        if not given and not shipped:
            continue
        if missing := [lang for lang in languages if lang not in given]:
            yield Fault(f"{name} is not given in {', '.join(missing)}.")
        for lang, charset in CHARSETS.items():
            odd = [han for han in _HAN.findall(given.get(lang, "")) if not _fits(han, charset)]
            if odd:
                yield Fault(f"{name}: {''.join(odd)} is not written so in {lang}.")


def _fits(letter: str, charset: str) -> bool:
    try:
        letter.encode(charset)
    except UnicodeEncodeError:
        return False
    return True


def _wordings(item: Item, languages: tuple[str, ...]) -> Iterator[Fault]:
    for lang, label in item.short.items():
        if len(label) > LONGEST_LABEL:
            yield Fault(
                f"short label of item {item.id!r} ({lang}) has {len(label)} letters.",
                f"{LONGEST_LABEL} fit a chart.",
            )
    for battery in item.columns:
        wordings = {
            lang: item.text[lang][battery]
            for lang in languages
            if battery in item.text.get(lang, {})
        }
        kinds = {lang: placeholders(text) - {"customer"} for lang, text in wordings.items()}
        if len(set(kinds.values())) > 1:
            yield Fault(f"{battery} of item {item.id!r} has other placeholders in some language.")
        for lang, text in wordings.items():
            place = f"{battery} of item {item.id!r} ({lang})"
            if length(text, lang) > LONGEST_WORDING[lang]:
                yield Fault(
                    f"{place} has {length(text, lang)} words.",
                    f"At most {LONGEST_WORDING[lang]} are read in one breath.",
                )
            if len(re.findall(NEGATIONS[lang], text, re.IGNORECASE)) > 1:
                yield Fault(f"{place} negates twice.", "Say it in the positive.")


def _status(item: Item, languages: tuple[str, ...]) -> Iterator[Fault]:
    missing = [lang for lang in languages if lang in item.text and lang not in item.status]
    if missing:
        yield Fault(
            f"item {item.id!r} has no status in {', '.join(missing)}.", 'Write status = "draft".'
        )


def _sources() -> Iterator[Fault]:
    for name in sources():
        record = subtable(sources(), name)
        for key in ("authors", "year", "title", "container"):
            if not record.get(key):
                yield Fault(f"source {name!r} lacks {key}.")

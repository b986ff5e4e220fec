"""From an Instrument to the TOML text that reads back as the same instrument."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from fivegaps.model.instrument import (
    BATTERIES,
    LANGUAGES,
    Battery,
    Dimension,
    Instrument,
    Item,
    KanoPair,
    Outcome,
    Structure,
)

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def to_toml(instrument: Instrument) -> str:
    """Return the instrument file of an instrument (contracts, section 1).

    Reading the text gives the same instrument, but for its sha256.
    """
    blocks = [
        _head(instrument),
        *(_battery(battery) for battery in instrument.batteries),
        *(_dimension(dimension) for dimension in instrument.dimensions),
        *(_item(item, instrument) for item in instrument.items),
        *(_outcome(outcome) for outcome in instrument.outcomes),
        *(_pair(pair) for pair in instrument.kano),
        _table("weights", instrument.weights),
        _structure(instrument.structure),
        *(_table(f"words.{lang}", words) for lang, words in instrument.words.items()),
    ]
    return "\n".join("\n".join(block) + "\n" for block in blocks if block)


def quoted(text: str) -> str:
    """Return a TOML basic string; control characters are escaped."""
    escaped = "".join(
        _ESCAPES.get(letter, letter if letter.isprintable() else f"\\U{ord(letter):08x}")
        for letter in text
    )
    return f'"{escaped}"'


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else quoted(name)


def _list(values: Sequence[str]) -> str:
    return f"[{', '.join(quoted(value) for value in values)}]"


def _inline(values: Mapping[str, str]) -> str:
    pairs = ", ".join(f"{_key(name)} = {quoted(value)}" for name, value in values.items())
    return f"{{ {pairs} }}"


def _texts(key: str, texts: Mapping[str, str]) -> Iterator[str]:
    for lang, text in texts.items():
        yield f"{key}.{lang} = {quoted(text)}"


def _anchors(anchors: Mapping[str, Mapping[int, str]]) -> Iterator[str]:
    for lang, points in anchors.items():
        words = {str(point): text for point, text in points.items()}
        yield f"anchors.{lang} = {_inline(words)}"


def _status(status: Mapping[str, str]) -> Iterator[str]:
    if tuple(status) == LANGUAGES and len(set(status.values())) == 1:
        yield f"status = {quoted(status[LANGUAGES[0]])}"
    elif status:
        yield f"status = {_inline(status)}"


def _head(instrument: Instrument) -> list[str]:
    lines = [
        f"id = {quoted(instrument.id)}",
        f"version = {quoted(instrument.version)}",
        f"lang = {_list(instrument.languages)}",
    ]
    lines.extend(
        f"{key} = {quoted(value)}"
        for key in ("base", "profile", "rights")
        if (value := str(getattr(instrument, key)))
    )
    if instrument.sources:
        lines.append(f"sources = {_list(instrument.sources)}")
    if instrument.mission:
        lines.append(f"mission = {_list(instrument.mission)}")
    if instrument.weights_optional:
        lines.append("weights_optional = true")
    lines.extend(_texts("title", instrument.title))
    lines.extend(_texts("text", instrument.text))
    return lines


def _battery(battery: Battery) -> list[str]:
    lines = [
        "[[battery]]",
        f"id = {quoted(battery.id)}",
        f"minimum = {battery.minimum}",
        f"maximum = {battery.maximum}",
    ]
    if battery.missing:
        lines.append(f"missing = {list(battery.missing)}")
    if battery.patterns:
        lines.append(f"patterns = {_list(battery.patterns)}")
    lines.extend(_texts("title", battery.title))
    lines.extend(_texts("instruction", battery.instruction))
    lines.extend(_anchors(battery.anchors))
    return lines


def _dimension(dimension: Dimension) -> list[str]:
    return [
        "[[dimension]]",
        f"id = {quoted(dimension.id)}",
        *_texts("title", dimension.title),
        *_texts("text", dimension.text),
    ]


def _item(item: Item, instrument: Instrument) -> list[str]:
    columns = dict(item.columns)
    for battery in BATTERIES:
        if instrument.has(battery):
            columns.setdefault(battery, "")  # not asked here; left out, it would get a default
    lines = ["[[item]]", f"id = {quoted(item.id)}"]
    if item.dimension is not None:
        lines.append(f"dimension = {quoted(item.dimension)}")
    if item.reversed:
        lines.append("reversed = true")
    lines.append(f"columns = {_inline(columns)}")
    if item.mission:
        lines.append(f"mission = {_list(item.mission)}")
    lines.extend(_status(item.status))
    lines.extend(_texts("short", item.short))
    for lang, wordings in item.text.items():
        lines.extend(_texts(f"text.{lang}", wordings))
    return lines


def _outcome(outcome: Outcome) -> list[str]:
    lines = [
        "[[outcome]]",
        f"id = {quoted(outcome.id)}",
        f"columns = {_list(outcome.columns)}",
        f"combine = {quoted(outcome.combine)}",
        f"minimum = {outcome.minimum}",
        f"maximum = {outcome.maximum}",
    ]
    if outcome.optional:
        lines.append("optional = true")
    lines.extend(_status(outcome.status))
    lines.extend(_texts("title", outcome.title))
    lines.extend(_texts("text", outcome.text))
    lines.extend(_anchors(outcome.anchors))
    return lines


def _pair(pair: KanoPair) -> list[str]:
    lines = [
        "[[kano]]",
        f"item = {quoted(pair.item)}",
        f"functional = {quoted(pair.functional)}",
        f"dysfunctional = {quoted(pair.dysfunctional)}",
    ]
    if pair.about:
        lines.append(f"about = {_list(pair.about)}")
    lines.extend(_texts("title", pair.title))
    return lines


def _table(name: str, values: Mapping[str, str]) -> list[str]:
    if not values:
        return []
    return [f"[{name}]", *(f"{_key(key)} = {quoted(value)}" for key, value in values.items())]


def _structure(structure: Structure) -> list[str]:
    lines = [
        f"{key} = {quoted(value)}"
        for key in ("respondent", "cluster", "date", "seconds")
        if (value := getattr(structure, key))
    ]
    if structure.segments:
        lines.append(f"segments = {_list(structure.segments)}")
    return ["[structure]", *lines] if lines else []

"""From the table of an instrument file to an Instrument; every fault at once."""

from __future__ import annotations

import re
from collections.abc import Mapping

from fivegaps.errors import Fault
from fivegaps.knowledge.consistency import faults_between
from fivegaps.knowledge.table import Table, nearest
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

PLACEHOLDERS = ("provider", "company", "customer", "customers")
LETTERS = {battery: battery[0] for battery in BATTERIES}
STATUSES = ("draft", "reviewed", "retired")
MOST_POINTS = 21
_ID = re.compile(r"[^\W_][\w-]*")
_INSTRUMENT_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]*(@[A-Za-z0-9][A-Za-z0-9-]*)?")


def read_instrument(values: Mapping[str, object], faults: list[Fault]) -> Instrument:
    """Return the instrument that a TOML table describes (contracts, section 1).

    Args:
        values: What ``tomllib`` made of the file.
        faults: Receives every fault; the instrument is fit for use only when
            none was added.
    """
    table = Table(values, "", faults)
    name = _id(table, _INSTRUMENT_ID, "letters, digits and hyphens")
    batteries = tuple(_battery(one) for one in table.tables("battery"))
    if not batteries:
        table.fault("no battery is given", 'Add [[battery]] with id = "perception".')
    asked = tuple(battery.id for battery in batteries)
    instrument = Instrument(
        id=name,
        version=_version(table),
        languages=_languages(table),
        title=table.by_language("title"),
        batteries=batteries,
        dimensions=tuple(_dimension(one) for one in table.tables("dimension")),
        items=tuple(_item(one, asked) for one in table.tables("item")),
        outcomes=tuple(_outcome(one) for one in table.tables("outcome")),
        kano=tuple(_pair(one) for one in table.tables("kano")),
        weights=_weights(table),
        structure=_structure(table.table("structure")),
        rights=table.string("rights"),
        weights_optional=table.flag("weights_optional"),
        words=_words(table.table("words")),
        text=table.by_language("text"),
        sources=table.strings("sources"),
        mission=table.strings("mission"),
        base=table.string("base"),
        profile=table.string("profile"),
    )
    if not instrument.items:
        table.fault("no item is given", 'Add [[item]] with id = "tan1".')
    table.refuse_unknown_keys()
    faults.extend(faults_between(instrument))
    return instrument


def _id(table: Table, pattern: re.Pattern[str], made_of: str) -> str:
    name = table.string("id", required=True)
    if name and not pattern.fullmatch(name):
        table.fault(f"id {name!r} must be made of {made_of} and begin with a letter or digit")
    return name


def _item_id(table: Table) -> str:
    return _id(table, _ID, "letters, digits, hyphens and underscores")


def _version(table: Table) -> str:
    value = table.value("version")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return table.string("version", default="1")


def _languages(table: Table) -> tuple[str, ...]:
    languages = table.strings("lang") or ("en",)
    for lang in languages:
        if lang not in LANGUAGES:
            table.fault(
                f"lang {lang!r} is not a language of fivegaps ({', '.join(LANGUAGES)})",
                nearest(lang, LANGUAGES),
            )
    return tuple(dict.fromkeys(lang for lang in languages if lang in LANGUAGES))


def _range(table: Table) -> tuple[int, int]:
    minimum, maximum = table.whole("minimum"), table.whole("maximum")
    if minimum is None or maximum is None:
        return 1, 7
    if minimum >= maximum:
        table.fault(f"minimum {minimum} must be below maximum {maximum}")
        return 1, 7
    if maximum - minimum >= MOST_POINTS:
        table.fault(
            f"a scale from {minimum} to {maximum} has more than {MOST_POINTS} points",
            "Group the answers into fewer points first.",
        )
        return 1, 7
    return minimum, maximum


def _battery(table: Table) -> Battery:
    name = table.string("id", required=True)
    if name and name not in BATTERIES:
        advice = nearest(name, BATTERIES)
        table.fault(f"{name!r} is no battery; known are {', '.join(BATTERIES)}", advice)
    minimum, maximum = _range(table)
    missing = table.wholes("missing")
    for code in missing:
        if minimum <= code <= maximum:
            table.fault(f"missing code {code} lies on the scale {minimum} to {maximum}")
    battery = Battery(
        id=name,
        minimum=minimum,
        maximum=maximum,
        missing=missing,
        title=table.by_language("title"),
        anchors=table.points_by_language("anchors"),
        instruction=table.by_language("instruction"),
        patterns=table.strings("patterns"),
    )
    table.refuse_unknown_keys()
    return battery


def _dimension(table: Table) -> Dimension:
    dimension = Dimension(
        id=_item_id(table), title=table.by_language("title"), text=table.by_language("text")
    )
    table.refuse_unknown_keys()
    return dimension


def _item(table: Table, asked: tuple[str, ...]) -> Item:
    name = _item_id(table)
    item = Item(
        id=name,
        dimension=table.string("dimension") or None,
        columns=_columns(table.table("columns"), name, asked),
        reversed=table.flag("reversed"),
        text=_wordings(table.table("text"), asked),
        short=table.by_language("short"),
        status=_status(table),
        mission=table.strings("mission"),
    )
    table.refuse_unknown_keys()
    return item


def _columns(table: Table, item: str, asked: tuple[str, ...]) -> dict[str, str]:
    for battery in table.values:
        if battery not in asked:
            advice = nearest(battery, asked)
            table.fault(f"battery {battery!r} is not declared", advice or "Add a [[battery]].")
    found: dict[str, str] = {}
    for battery in asked:
        if table.value(battery) == "":
            continue  # an empty name says that this battery does not ask the item
        default = f"{LETTERS.get(battery, battery)}_{item}"
        found[battery] = table.string(battery, default=default)
    return found


def _wordings(table: Table, asked: tuple[str, ...]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for lang in table.languages():
        if isinstance(table.value(lang), str):
            wording = table.string(lang)
            found[lang] = dict.fromkeys(asked, wording)
            continue
        inner = table.table(lang)
        found[lang] = {battery: inner.string(battery) for battery in asked if inner.has(battery)}
        for battery in inner.values:
            if battery not in asked:
                inner.fault(f"battery {battery!r} is not declared", nearest(battery, asked))
    return found


def _status(table: Table) -> dict[str, str]:
    value = table.value("status")
    if isinstance(value, str):
        found = dict.fromkeys(LANGUAGES, value)
    else:
        found = table.by_language("status")
    for status in dict.fromkeys(found.values()):
        if status not in STATUSES:
            table.fault(
                f"status {status!r} must be one of {', '.join(STATUSES)}", nearest(status, STATUSES)
            )
    return found


def _outcome(table: Table) -> Outcome:
    name = _item_id(table)
    minimum, maximum = _range(table)
    combine = table.string("combine", default="mean")
    if combine != "mean":
        table.fault(f"combine {combine!r} must be 'mean'")
    outcome = Outcome(
        id=name,
        columns=table.strings("columns") or (f"o_{name}",),
        minimum=minimum,
        maximum=maximum,
        combine="mean",
        title=table.by_language("title"),
        text=table.by_language("text"),
        anchors=table.points_by_language("anchors"),
        status=_status(table),
        optional=table.flag("optional"),
    )
    table.refuse_unknown_keys()
    return outcome


def _pair(table: Table) -> KanoPair:
    pair = KanoPair(
        item=table.string("item", required=True),
        functional=table.string("functional", required=True),
        dysfunctional=table.string("dysfunctional", required=True),
        title=table.by_language("title"),
        about=table.strings("about"),
    )
    table.refuse_unknown_keys()
    return pair


def _weights(table: Table) -> dict[str, str]:
    weights = table.table("weights")
    return {dimension: weights.string(dimension) for dimension in weights.values}


def _structure(table: Table) -> Structure:
    structure = Structure(
        respondent=table.string("respondent") or None,
        cluster=table.string("cluster") or None,
        segments=table.strings("segments"),
        date=table.string("date") or None,
        seconds=table.string("seconds") or None,
    )
    table.refuse_unknown_keys()
    return structure


def _words(table: Table) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for lang in table.languages():
        inner = table.table(lang)
        found[lang] = {word: inner.string(word) for word in PLACEHOLDERS if inner.has(word)}
        inner.refuse_unknown_keys()
    return found

"""A draft of an instrument file for a raw table: valid, and to be edited."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace

from fivegaps.io.observing import Observed
from fivegaps.io.raw import RawColumn, RawTable
from fivegaps.io.recognise import Recognised
from fivegaps.io.scales import merged, scale_of_answers, suspected_codes
from fivegaps.knowledge.instruments import to_toml
from fivegaps.model.instrument import Battery, Instrument, Item, Outcome, Structure

_FEWEST_ITEMS = 3
_OUTCOME = re.compile(
    r"(?:o_)?(?P<id>overall(?:_?satisfaction)?|satisfaction|recommend(?:ation)?|repurchase|reuse"
    r"|loyalty|trust|nps|worry|image)",
    re.IGNORECASE,
)
_RESPONDENT = re.compile(r"(?:respondent|response|participant|record|case)?[ _-]?id", re.IGNORECASE)
_SECONDS = re.compile(r"(?:duration.*|seconds|interviewtime)", re.IGNORECASE)
_DATE = re.compile(r"(?:date|submitdate|startdate|enddate|recordeddate)", re.IGNORECASE)
_SEGMENT = re.compile(
    r"(?:branch|unit|store|shop|region|city|channel|segment|department|site|location|country|sex"
    r"|gender|age_?group)",
    re.IGNORECASE,
)


def draft_of(raw: RawTable, seen: Mapping[str, Observed], recognised: Recognised | None) -> str:
    """Return an instrument file (TOML) that fits the table, or nothing when no column is a scale.

    Comments at its top say what was assumed and what to look at.
    """
    if not seen or len({column.name for column in raw.columns}) < len(raw.columns):
        return ""
    notes = []
    if recognised is not None:
        drafted = recognised.instrument
        notes += list(recognised.assumptions)
    else:
        guess = _guessed(raw, seen)
        if guess is None:
            return ""
        drafted = guess
        notes.append(
            "every column of answers on one scale was taken for an item of perception:"
            " sort them into batteries"
        )
    drafted = replace(
        drafted,
        id=_slug(raw.origin.file_name),
        version="1",
        title={"en": raw.origin.file_name} if not drafted.dimensions else drafted.title,
        base="",
        profile="",
        rights="",
        batteries=tuple(_with_missing(battery, drafted, seen) for battery in drafted.batteries),
        items=tuple(_with_wording(item, raw) for item in drafted.items),
        outcomes=drafted.outcomes or _outcomes(drafted, raw, seen),
        structure=_structure(drafted, raw, seen),
    )
    if not drafted.dimensions:
        notes.append(
            "items are in no dimension yet: add [[dimension]] with an id, and dimension = that id"
            " to its items"
        )
    notes.append("check it with: fivegaps instruments check FILE.toml")
    head = [f"# Draft for {_one_line(raw.origin.file_name)}, to be corrected by hand."]
    head += [f"# - {_one_line(note)}" for note in notes]
    return "\n".join(head) + "\n\n" + to_toml(drafted)


def _guessed(raw: RawTable, seen: Mapping[str, Observed]) -> Instrument | None:
    """Return one battery of the columns that share the commonest scale."""
    scales: dict[tuple[int, int], list[RawColumn]] = {}
    for column in raw.columns:
        observed = seen[column.name]
        counts = observed.numbers()
        marks = sum(observed.marks().values())
        if not counts or sum(counts.values()) < observed.given - marks or len(counts) > 12:
            continue
        if _RESPONDENT.fullmatch(column.name) or _SECONDS.fullmatch(column.name):
            continue
        scale = scale_of_answers(counts)
        if scale is not None and len(counts) > 2:
            scales.setdefault(scale, []).append(column)
    if not scales:
        return None
    widest = max(scales, key=lambda scale: len(scales[scale]))
    low, high = widest
    columns = [
        column
        for scale, own in scales.items()
        if low <= scale[0] and scale[1] <= high
        for column in own
    ]
    if len(columns) < _FEWEST_ITEMS:
        return None
    order = {column.name: place for place, column in enumerate(raw.columns)}
    columns.sort(key=lambda column: order[column.name])
    return Instrument(
        id="draft",
        version="1",
        languages=("en",),
        title={"en": raw.origin.file_name},
        batteries=(Battery("perception", low, high),),
        dimensions=(),
        items=tuple(
            Item(f"item{number}", None, {"perception": column.name})
            for number, column in enumerate(columns, start=1)
        ),
    )


def _with_missing(battery: Battery, drafted: Instrument, seen: Mapping[str, Observed]) -> Battery:
    columns = [item.columns[battery.id] for item in drafted.items_in(battery.id)]
    counts = merged(seen[name].numbers() for name in columns if name in seen)
    codes = tuple(
        int(code)
        for code in suspected_codes(counts)
        if not battery.minimum <= code <= battery.maximum
    )
    return replace(battery, missing=codes, patterns=())


def _with_wording(item: Item, raw: RawTable) -> Item:
    """Return the item with the wordings its columns have in the file, under the first language."""
    labels = {column.name: column.label or column.name for column in raw.columns}
    wordings = {
        battery: labels[name]
        for battery, name in item.columns.items()
        if len(labels.get(name, "")) > 12 and " " in labels[name]
    }
    return replace(item, text={"en": wordings}) if wordings else item


def _outcomes(
    drafted: Instrument, raw: RawTable, seen: Mapping[str, Observed]
) -> tuple[Outcome, ...]:
    used = {name for item in drafted.items for name in item.columns.values()}
    outcomes = []
    for column in raw.columns:
        match = _OUTCOME.fullmatch(column.name)
        scale = scale_of_answers(seen[column.name].numbers())
        if match is not None and scale is not None and column.name not in used:
            outcomes.append(Outcome(_slug(match["id"]), (column.name,), *scale))
    return tuple(outcomes)


def _structure(drafted: Instrument, raw: RawTable, seen: Mapping[str, Observed]) -> Structure:
    used = {name for item in drafted.items for name in item.columns.values()}
    free = [column.name for column in raw.columns if column.name not in used]

    def first(pattern: re.Pattern[str]) -> str | None:
        return next((name for name in free if pattern.fullmatch(name)), None)

    segments = tuple(
        name
        for name in free
        if _SEGMENT.fullmatch(name) and seen[name].complete and 2 <= len(seen[name].texts) <= 500
    )
    return Structure(
        respondent=first(_RESPONDENT),
        segments=segments,
        date=first(_DATE)
        or next((name for name in free if 0 < seen[name].given <= seen[name].dates), None),
        seconds=first(_SECONDS),
    )


def _slug(name: str) -> str:
    """Return letters, digits and hyphens made of a file's name."""
    plain = unicodedata.normalize("NFKD", name.rsplit(".", 1)[0])
    slug = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()
    return slug or "draft"


def _one_line(text: str) -> str:
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())

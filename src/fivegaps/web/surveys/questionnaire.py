"""The questionnaire of a survey: frozen from a shipped instrument, read back, its fields."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from fivegaps.errors import Fault, InstrumentRefused
from fivegaps.io.answers import ItemColumn, item_columns
from fivegaps.knowledge.instruments import instrument, instruments
from fivegaps.knowledge.reading import read_instrument
from fivegaps.knowledge.records import subtable
from fivegaps.knowledge.shelf import profile_ids, profile_record
from fivegaps.knowledge.writing import to_toml
from fivegaps.model.instrument import Instrument, Structure
from fivegaps.web.surveys.conditions import Asked, asked_of
from fivegaps.web.surveys.own_questions import Extras, OwnQuestion, read_extras

# What stands beside the answers in an export, so that the same file reads back.
STRUCTURE = Structure(respondent="respondent", segments=("unit", "channel"), date="date")
REMARK = "remark"
CONTACT = "contact"
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Pack:
    """A shipped instrument that a survey may begin with: what it asks, how many questions."""

    id: str
    title: str
    batteries: tuple[str, ...]
    questions: int


def packs(lang: str) -> tuple[Pack, ...]:
    """Return the shipped instruments, titled in a language (English where it has none)."""
    return tuple(
        Pack(
            id=one.id,
            title=one.title.get(lang) or one.title["en"],
            batteries=tuple(battery.id for battery in one.batteries),
            questions=len(item_columns(one)),
        )
        for one in instruments()
    )


def profiles(lang: str) -> tuple[tuple[str, str], ...]:
    """Return the industry profiles: id and title in a language."""
    titled = ((one, subtable(profile_record(one), "title")) for one in profile_ids())
    return tuple((one, str(title.get(lang) or title["en"])) for one, title in titled)


def outcome_titles(lang: str) -> tuple[tuple[str, str], ...]:
    """Return what a shipped instrument may ask all in all: id and title in a language."""
    found: dict[str, str] = {}
    for one in instruments():
        for outcome in one.outcomes:
            found.setdefault(outcome.id, outcome.title.get(lang) or outcome.title["en"])
    return tuple(found.items())


def freeze(
    pack: str, *, profile: str, languages: Sequence[str], outcomes: Sequence[str], points: bool
) -> str:
    """Return the instrument file of a survey's questionnaire.

    Args:
        pack: Id of a shipped instrument.
        profile: Id of an industry profile, "" for none.
        languages: Those that the survey is offered in; all have texts in the pack.
        outcomes: Ids of the outcomes that are asked.
        points: Whether 100 points are shared out over the dimensions.

    Raises:
        InstrumentRefused: There is no such pack or profile.
    """
    shipped = instrument(pack, profile=profile or None)
    if missing := [lang for lang in languages if lang not in shipped.languages]:
        raise InstrumentRefused(pack, Fault(f"has no texts in {', '.join(missing)}."))
    chosen = replace(
        shipped,
        outcomes=tuple(one for one in shipped.outcomes if one.id in outcomes),
        weights=shipped.weights if points else {},
        structure=STRUCTURE,
    )
    return to_toml(chosen)


@lru_cache(maxsize=64)
def read_frozen(toml: str) -> Instrument:
    """Return the instrument that a frozen file describes.

    Raises:
        InstrumentRefused: The file was changed into one that describes none.
    """
    faults: list[Fault] = []
    read = read_instrument(tomllib.loads(toml), faults)
    if faults:
        raise InstrumentRefused("frozen", *faults)
    return replace(read, sha256=digest(toml))


def digest(toml: str) -> str:
    """Return the SHA-256 of an instrument file."""
    return hashlib.sha256(toml.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Fields:
    """Every field of a form: item columns in the order of the stored bytes, and the others.

    ``others`` maps the column of an outcome to its lowest and highest point; ``points``
    are the columns of the 100 points; ``own`` are questions of the survey's own, and
    ``asked`` decides what is hidden from whom.
    """

    items: tuple[ItemColumn, ...]
    others: dict[str, tuple[int, int]]
    points: tuple[str, ...]
    own: tuple[OwnQuestion, ...] = ()
    asked: Asked = field(default_factory=lambda: Asked((), {}, {}, None, frozenset()))


@lru_cache(maxsize=64)
def fields_of(toml: str, extras: str = "{}") -> Fields:
    """Return the fields of a frozen questionnaire; ``extras`` is the JSON beside it."""
    instrument = read_frozen(toml)
    beside = extras_of(extras)
    return Fields(
        items=item_columns(instrument),
        others={
            column: (outcome.minimum, outcome.maximum)
            for outcome in instrument.outcomes
            for column in outcome.columns
        },
        points=tuple(instrument.weights.values()),
        own=beside.own,
        asked=asked_of(instrument, beside),
    )


@lru_cache(maxsize=64)
def extras_of(text: str) -> Extras:
    """Return what a version has beside its instrument file, from its JSON text."""
    return read_extras(json.loads(text))

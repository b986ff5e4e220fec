"""What a questionnaire has beside its instrument: own questions, show-if rules, sampling, texts.

It stands as JSON beside the instrument file of a version and is frozen with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

KINDS = (
    "single",
    "multiple",
    "number",
    "date",
    "short",
    "long",
    "nps",
    "csat",
    "ces",
    "points",
)
SCALES = {"nps": (0, 10), "csat": (1, 5), "ces": (1, 7)}
WITH_OPTIONS = frozenset({"single", "multiple", "points"})
TESTS = ("is", "not", "least", "most")
# Texts of the whole form that stand in place of the shipped ones.
FORM_TEXTS = ("title", "introduction", "thanks")
MOST_QUESTIONS, MOST_OPTIONS = 40, 20
LARGEST = 10**9
Texts = Mapping[str, str]


class ExtrasRefused(ValueError):
    """What was kept beside an instrument is not what this office keeps there."""


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose, or one line of the 100 points."""

    id: str
    text: Texts


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question of the survey's own.

    ``low`` and ``high`` are the words at the ends of a scale; ``minimum``, ``maximum`` and
    ``decimals`` bound a number.
    """

    id: str
    kind: str
    text: Texts
    options: tuple[Option, ...] = ()
    low: Texts = field(default_factory=dict)
    high: Texts = field(default_factory=dict)
    minimum: int = 0
    maximum: int = 100
    decimals: int = 0
    is_required: bool = False

    @property
    def column(self) -> str:
        """Column of the answer, and what other questions' conditions name."""
        return f"x_{self.id}"

    @property
    def fields(self) -> tuple[str, ...]:
        """Fields of a form: one, or one for each option."""
        if self.kind in {"multiple", "points"}:
            return tuple(f"{self.column}_{option.id}" for option in self.options)
        return (self.column,)

    @property
    def range(self) -> tuple[int, int]:
        """Lowest and highest answer of a scale or a number."""
        return SCALES.get(self.kind, (self.minimum, self.maximum))


@dataclass(frozen=True, slots=True)
class Condition:
    """Show a question when the answer in ``field`` passes a test; without answer it does not."""

    field: str
    test: str
    value: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """Which items a person is asked: the linking ones, and ``k`` of the rest by lot."""

    linking: tuple[str, ...]
    k: int


@dataclass(frozen=True, slots=True)
class StaffSection:
    """A block of a form for managers or employees: its columns have a scale of their own.

    One without columns words what the 100 points are shared over.

    ``anchors`` maps a language to words for scale points ("7" → words), ``none`` to the words
    of the box beside the scale where there is one.
    """

    id: str
    title: Texts
    instruction: Texts
    anchors: Mapping[str, Texts]
    none: Texts
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Extras:
    """Everything beside the instrument.

    ``rules`` maps a target (``item.tan1``, ``outcome.loyalty``, ``own.q1``) to its condition.
    ``left_out`` are ids of items that are not asked; ``whole`` is then the file with them.
    A form for managers or employees has ``sections``; ``filed`` maps fields of its own
    questions to their columns in a company folder.
    """

    own: tuple[OwnQuestion, ...] = ()
    rules: Mapping[str, Condition] = field(default_factory=dict)
    sampling: Sampling | None = None
    texts: Mapping[str, Texts] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    whole: str = ""
    sections: tuple[StaffSection, ...] = ()
    filed: Texts = field(default_factory=dict)


NONE = Extras()


def to_json(extras: Extras) -> dict[str, object]:
    """Return extras as they are kept."""
    kept: dict[str, object] = {}
    if extras.own:
        kept["own"] = [_own_json(one) for one in extras.own]
    if extras.rules:
        kept["rules"] = {
            target: {"field": rule.field, "test": rule.test, "value": rule.value}
            for target, rule in extras.rules.items()
        }
    if extras.sampling is not None:
        kept["sampling"] = {"linking": list(extras.sampling.linking), "k": extras.sampling.k}
    if texts := {name: dict(texts) for name, texts in extras.texts.items() if texts}:
        kept["texts"] = texts
    if extras.left_out:
        kept |= {"left_out": list(extras.left_out), "whole": extras.whole}
    if extras.sections:
        kept |= {"sections": [_section_json(one) for one in extras.sections]}
        kept |= {"filed": dict(extras.filed)}
    return kept


def _section_json(one: StaffSection) -> dict[str, object]:
    return {
        "id": one.id,
        "title": dict(one.title),
        "instruction": dict(one.instruction),
        "anchors": {lang: dict(points) for lang, points in one.anchors.items()},
        "none": dict(one.none),
        "columns": list(one.columns),
    }


def _own_json(one: OwnQuestion) -> dict[str, object]:
    return {
        "id": one.id,
        "kind": one.kind,
        "text": dict(one.text),
        "options": [{"id": option.id, "text": dict(option.text)} for option in one.options],
        "low": dict(one.low),
        "high": dict(one.high),
        "minimum": one.minimum,
        "maximum": one.maximum,
        "decimals": one.decimals,
        "is_required": one.is_required,
    }


def read_extras(kept: object) -> Extras:
    """Return what stands beside an instrument.

    Raises:
        ExtrasRefused: It has another shape than what this office keeps.
    """
    names = {"own", "rules", "sampling", "texts", "left_out", "whole", "sections", "filed"}
    table = _table(kept, names)
    own = tuple(_read_own(one) for one in _rows(table.get("own", [])))
    ids = [one.id for one in own]
    if len(set(ids)) < len(ids) or len(own) > MOST_QUESTIONS:
        raise ExtrasRefused("questions")
    rules = _table(table.get("rules", {}))
    texts = _table(table.get("texts", {}), set(FORM_TEXTS))
    sampling = table.get("sampling")
    return Extras(
        own=own,
        rules={target: _read_rule(rule) for target, rule in rules.items()},
        sampling=None if sampling is None else _read_sampling(sampling),
        texts={name: _texts(one) for name, one in texts.items()},
        left_out=_words(table.get("left_out", [])),
        whole=_word(table.get("whole", "")),
        sections=tuple(_read_section(one) for one in _rows(table.get("sections", []))),
        filed=_texts(table.get("filed", {})),
    )


def _read_section(kept: object) -> StaffSection:
    table = _table(kept, {"id", "title", "instruction", "anchors", "none", "columns"})
    return StaffSection(
        id=_word(table.get("id")),
        title=_texts(table.get("title")),
        instruction=_texts(table.get("instruction")),
        anchors={lang: _texts(one) for lang, one in _table(table.get("anchors")).items()},
        none=_texts(table.get("none")),
        columns=_words(table.get("columns")),
    )


def _read_own(kept: object) -> OwnQuestion:
    names = {"id", "kind", "text", "options", "low", "high"}
    names |= {"minimum", "maximum", "decimals", "is_required"}
    table = _table(kept, names)
    options = []
    for row in _rows(table.get("options", [])):
        one = _table(row, {"id", "text"})
        options.append(Option(_word(one.get("id")), _texts(one.get("text", {}))))
    question = OwnQuestion(
        id=_word(table.get("id")),
        kind=_word(table.get("kind")),
        text=_texts(table.get("text", {})),
        options=tuple(options),
        low=_texts(table.get("low", {})),
        high=_texts(table.get("high", {})),
        minimum=_whole(table.get("minimum", 0)),
        maximum=_whole(table.get("maximum", 100)),
        decimals=_whole(table.get("decimals", 0)),
        is_required=table.get("is_required") is True,
    )
    known = question.kind in KINDS and question.id.isalnum() and 0 <= question.decimals <= 3
    ids = {option.id for option in options}
    if not known or len(ids) < len(options) or len(options) > MOST_OPTIONS:
        raise ExtrasRefused("question")
    return question


def _read_rule(kept: object) -> Condition:
    table = _table(kept, {"field", "test", "value"})
    rule = Condition(*(_word(table.get(name)) for name in ("field", "test", "value")))
    if rule.test not in TESTS:
        raise ExtrasRefused("rule")
    return rule


def _read_sampling(kept: object) -> Sampling:
    table = _table(kept, {"linking", "k"})
    return Sampling(_words(table.get("linking", [])), _whole(table.get("k")))


def _table(value: object, names: set[str] | None = None) -> dict[str, object]:
    if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
        raise ExtrasRefused("table")
    if names is not None and set(value) - names:
        raise ExtrasRefused("name")
    return value


def _rows(value: object) -> Iterator[object]:
    if not isinstance(value, list):
        raise ExtrasRefused("list")
    return iter(value)


def _word(value: object) -> str:
    if not isinstance(value, str):
        raise ExtrasRefused("text")
    return value


def _words(value: object) -> tuple[str, ...]:
    return tuple(_word(one) for one in _rows(value))


def _whole(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > LARGEST:
        raise ExtrasRefused("number")
    return value


def _texts(value: object) -> dict[str, str]:
    return {lang: _word(text) for lang, text in _table(value).items()}


def next_id(own: Sequence[OwnQuestion]) -> str:
    """Return the id of a further question; ids are never used again while one is left."""
    taken = [int(one.id[1:]) for one in own if one.id[1:].isdigit()]
    return f"q{max(taken, default=0) + 1}"


@lru_cache(maxsize=1)
def option_ids() -> tuple[str, ...]:
    """Return the ids that options are given, in order."""
    return tuple("abcdefghijklmnopqrst")

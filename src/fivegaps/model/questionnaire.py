"""A questionnaire for managers, employees or an outside assessor.

Customers answer an instrument; the other voices answer questionnaires that take
their items from it, so that one item bank is asked of several voices.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fivegaps.model.instrument import Instrument

Asker = Literal["managers", "employees", "assessor"]
Ask = Literal["items", "dimensions", "points", "statements", "questions"]
Answer = Literal["scale", "points", "text", "choice", "observation", "evidenced"]

ASKED_VOICES: tuple[Asker, ...] = ("managers", "employees", "assessor")
ASKS: tuple[Ask, ...] = ("items", "dimensions", "points", "statements", "questions")
ANSWERS: tuple[Answer, ...] = ("scale", "points", "text", "choice", "observation", "evidenced")


@dataclass(frozen=True, slots=True)
class Statement:
    """Statement ``k`` of a construct, answered 1 (disagree) to 7 (agree).

    Agreeing with a ``reversed`` one means less of the construct. ``text`` and
    ``status`` map a language to the wording and to draft | reviewed.
    """

    construct: str
    k: int
    reversed: bool
    text: Mapping[str, str]
    status: Mapping[str, str] = field(default_factory=dict)

    @property
    def column(self) -> str:
        """The column that holds its answers; a reversed one ends in r."""
        return f"a_{self.construct}_{self.k}{'r' if self.reversed else ''}"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One question and the column that its answer goes to.

    ``text``, ``label`` (two or three words) and ``status`` map a language to
    words. ``heading`` stands over the prompts of one question that is asked by
    channel; ``text`` is then the channel. ``about`` is the item, construct or
    question that it asks about.
    """

    column: str
    text: Mapping[str, str]
    label: Mapping[str, str] = field(default_factory=dict)
    heading: Mapping[str, str] = field(default_factory=dict)
    dimension: str = ""
    about: str = ""
    status: Mapping[str, str] = field(default_factory=dict)
    mission: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few answers: what is written down, and how it reads."""

    value: str
    title: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Section:
    """A block of prompts that are answered in one way.

    ``answer`` is a point of the scale ``minimum`` to ``maximum``, a share of 100
    points, text (``lines`` of it), one of ``choices``, a row of an observation
    (``lines`` rows; ``choices`` are then what to observe) or a scale point with
    evidence. ``none`` names the box beside the scale, when there is one. ``file`` is
    where the answers of an assessor go.
    """

    id: str
    ask: Ask
    answer: Answer
    title: Mapping[str, str]
    instruction: Mapping[str, str]
    prompts: tuple[Prompt, ...]
    minimum: int = 1
    maximum: int = 7
    anchors: Mapping[str, Mapping[int, str]] = field(default_factory=dict)
    none: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    lines: int = 3
    file: str = ""
    mission: tuple[str, ...] = ()
    constructs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Questionnaire:
    """What one voice is asked, section by section.

    ``bank`` is the instrument that items, dimensions and the words of a trade are
    taken from. ``parts`` are the shipped questionnaires that it joins.
    """

    id: str
    version: str
    voice: Asker
    title: Mapping[str, str]
    sections: tuple[Section, ...]
    bank: Instrument
    languages: tuple[str, ...]
    status: str = "draft"
    rights: str = ""
    sources: tuple[str, ...] = ()
    mission: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def prompts(self) -> tuple[Prompt, ...]:
        """Every prompt, in the order of the form."""
        return tuple(prompt for section in self.sections for prompt in section.prompts)

    @property
    def served(self) -> tuple[str, ...]:
        """The mission's lines that the questionnaire, a section or a prompt names."""
        lines = (
            *self.mission,
            *(one for section in self.sections for one in section.mission),
            *(one for prompt in self.prompts for one in prompt.mission),
        )
        return tuple(dict.fromkeys(lines))

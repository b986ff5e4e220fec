"""Actions against a gap, and the metrics they are judged by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Direction = Literal["higher", "lower", "zero"]

# What each kind of metric names after its dot.
METRICS: Mapping[str, str] = {
    "gap1": "a dimension or overall",
    "gap5": "a dimension or overall",
    "perception": "a dimension, an item or overall",
    "outcome": "an outcome",
    "observation": "a standard",
    "kept": "a promise",
    "construct": "managers or employees, and a construct",
    "fact": "a fact",
}


@dataclass(frozen=True, slots=True)
class Metric:
    """What an action is judged by.

    ``kind`` is a key of :data:`METRICS`, ``subject`` what it is about: a
    dimension, item, outcome, standard, promise, construct or fact. ``voice`` is
    managers or employees for a construct, else "".
    """

    kind: str
    subject: str
    voice: str = ""

    @classmethod
    def of(cls, text: str) -> Metric | None:
        """Return the metric that a text such as ``gap5.reliability`` names; None when none."""
        kind, _, rest = text.partition(".")
        if kind not in METRICS or not rest:
            return None
        if kind != "construct":
            return cls(kind, rest)
        voice, _, subject = rest.partition(".")
        return cls(kind, subject, voice) if voice in {"managers", "employees"} and subject else None

    def __str__(self) -> str:
        """Return the metric as it is written in the file."""
        return ".".join(part for part in (self.kind, self.voice, self.subject) if part)


@dataclass(frozen=True, slots=True)
class Action:
    """Something done about a gap, registered with what it should change.

    ``target`` and ``margin`` are in the metric's unit. ``units`` empty means the
    whole company. ``better`` says in which direction the metric improves; for
    gap 1 it is ``zero``.
    """

    id: str
    metric: Metric
    better: Direction
    cause: str = ""
    remedy: str = ""
    target: float | None = None
    margin: float | None = None
    units: tuple[str, ...] = ()
    comparison_units: tuple[str, ...] = ()
    chosen_for_being_worst: bool | None = None
    wave_before: str = ""
    wave_after: str = ""
    registered: dt.date | None = None
    started: dt.date | None = None
    due: dt.date | None = None
    row: int = 0

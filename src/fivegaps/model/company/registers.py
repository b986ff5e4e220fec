"""The rows of a company's small registers, one frozen value a row.

``row`` is the row in the file as a spreadsheet shows it. A text that is not
given is ``""``, anything else that is not given is None. Wave, unit, standard
and promise are ids.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Comparison = Literal["at_least", "at_most", ""]


@dataclass(frozen=True, slots=True)
class Unit:
    """A branch, department or region; ``parent`` is the unit above it, or ""."""

    id: str
    parent: str = ""
    name: str = ""
    kind: str = ""
    opened: dt.date | None = None
    closed: dt.date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Standard:
    """What the company sets itself.

    ``target`` is in ``unit_of_measure``, as is ``tolerance``; without target the
    standard is vague. ``level`` is the point of the items' scale that meeting it
    amounts to. ``accepted`` is a share of staff.
    """

    id: str
    text: str
    items: tuple[str, ...]
    touchpoint: str = ""
    measure: str = ""
    comparison: Comparison = ""
    target: float | None = None
    unit_of_measure: str = ""
    tolerance: float | None = None
    level: float | None = None
    source: str = ""
    owner: str = ""
    written_with_staff: bool | None = None
    result_fixed: bool | None = None
    method_free: bool | None = None
    accepted: float | None = None
    committed: bool | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Policy:
    """A rule of the house.

    ``conflicts_with`` holds ids of standards, or ``customer``; ``resisted`` is
    the share of staff who work round it.
    """

    id: str
    text: str
    purpose: str = ""
    conflicts_with: tuple[str, ...] = ()
    resisted: float | None = None
    explained_on: dt.date | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """What customers are told; ``level`` is the scale point that is claimed."""

    id: str
    text: str
    items: tuple[str, ...]
    medium: str = ""
    campaign: str = ""
    start: dt.date | None = None
    until: dt.date | None = None
    level: float | None = None
    standard: str = ""
    signed_by_delivery: dt.date | None = None
    previewed_by_staff: bool | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Idea:
    """A suggestion; ``origin`` is staff, customer or ""."""

    id: str
    unit: str = ""
    origin: str = ""
    submitted: dt.date | None = None
    answered: dt.date | None = None
    decision: str = ""
    cost_change: float | None = None
    satisfaction_change: float | None = None
    row: int = 0


@dataclass(frozen=True, slots=True)
class Competitor:
    """A competitor's mean perception in a dimension, or of an item: one of the two is filled."""

    id: str
    wave: str
    dimension: str
    item: str
    mean: float
    sd: float | None = None
    n: int | None = None
    source: str = ""
    row: int = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure about a unit, or about the whole company when ``unit`` is ""."""

    unit: str
    wave: str
    fact: str
    value: float
    row: int = 0

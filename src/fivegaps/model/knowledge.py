"""What is known of causes and remedies: records that say why a gap opens and what closes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Cost = Literal["low", "medium", "high"]
MeasureKind = Literal["relative", "difference", "share", "mean", "count"]

GAPS = (1, 2, 3, 4, 5)
COSTS = ("low", "medium", "high")
STATUSES = ("draft", "reviewed", "retired")
OWNERS = (
    "executive",
    "middle-manager",
    "unit-manager",
    "service-quality-manager",
    "marketing",
    "operations",
    "hr",
    "it",
    "complaints",
    "research",
)
POLICIES = ("feedback-first", "both-sides", "result-fixed-method-free")
MEASURE_KINDS = ("relative", "difference", "share", "mean", "count")


@dataclass(frozen=True, slots=True)
class Source:
    """The bibliographic facts of a publication; no text of it is kept."""

    id: str
    authors: str
    year: int
    title: str
    container: str

    def __str__(self) -> str:
        """Return the source as a line of a bibliography."""
        return f"{self.authors} ({self.year}). {self.title}. {self.container}."


@dataclass(frozen=True, slots=True)
class Measure:
    """One kind of evidence that a sign may look at.

    ``id`` may hold one slot, ``<dimension>``, ``<question>`` or ``<theme>``: it is
    then a family with one measure for each value of the slot. ``kind`` says how a
    value is judged: ``relative`` against the other measures of the same people,
    ``difference`` against zero, ``share`` (0 to 1), ``mean`` and ``count`` against a
    threshold. ``bad`` is the side that speaks for a cause. ``table`` is the file of
    the company folder that it comes from.
    """

    id: str
    title: Mapping[str, str]
    kind: MeasureKind
    bad: Literal["low", "high"]
    table: str
    mission: tuple[str, ...] = ()

    @property
    def slot(self) -> str | None:
        """Name of the slot in the id, such as ``dimension``; None when there is none."""
        head, _, rest = self.id.partition("<")
        return rest.partition(">")[0] if head != self.id else None


@dataclass(frozen=True, slots=True)
class Sign:
    """What betrays a cause: a measure, and the side or threshold that speaks for it.

    ``measure`` may keep the slot of a family (``gap3.<dimension>``): the sign is then
    looked for in every dimension, or in those that the cause names. A relative measure
    has ``bad`` only; others have ``above`` or ``below`` in the measure's own unit.
    """

    measure: str
    bad: Literal["low", "high"] | None = None
    above: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a gap opens.

    ``gap`` is 1 to 4, or 5 for causes on the customer's side and in recovery.
    ``dimensions`` is empty when the cause may open the gap in any of them.
    """

    id: str
    gap: int
    title: Mapping[str, str]
    text: Mapping[str, str]
    mission: tuple[str, ...]
    signs: tuple[Sign, ...]
    remedies: tuple[str, ...]
    sources: tuple[str, ...]
    dimensions: tuple[str, ...] = ()
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class Remedy:
    """What closes a gap, as a card that a responsible person can act on.

    ``weeks`` is the time to effect, from and to. ``metric`` is one that an action can
    register, ``<dimension>`` standing for the worst one. ``against`` names remedies that
    pull the other way; ``policy`` says which rule settles it. Empty ``dimensions`` and
    ``industries`` mean all.
    """

    id: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    steps: Mapping[str, tuple[str, ...]]
    mission: tuple[str, ...]
    gaps: tuple[int, ...]
    owner: str
    cost: Cost
    weeks: tuple[int, int]
    knowing: Mapping[str, str]
    metric: str
    risks: Mapping[str, str]
    dimensions: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    policy: str = ""
    sources: tuple[str, ...] = ()
    status: str = "draft"


@dataclass(frozen=True, slots=True)
class MissionLine:
    """One thing that the mission asks for, and where it lives.

    ``places`` are written ``kind:name`` (command:analyze, code:fivegaps.scoring.gaps,
    page:docs/formats.md, table:standards, measure:commitment-difference, metric:gap1).
    Records that name the id are places as well, found in the records themselves.
    ``open`` is the reason why a part of it, or all, does not exist yet.
    """

    id: str
    title: str
    places: tuple[str, ...] = ()
    open: str = ""

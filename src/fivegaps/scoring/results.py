"""Scores as frozen values; their names are those of results.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fivegaps.psychometrics.results import ItemReliability, Reliability, Validity
from fivegaps.stats.estimate import Estimate, GapEstimate


@dataclass(frozen=True, slots=True)
class Overall:
    """The overall figures, each under its own name."""

    mean_of_dimensions: GapEstimate
    mean_of_items: GapEstimate
    weighted: GapEstimate
    servperf: Estimate
    servperf_weighted: Estimate


@dataclass(frozen=True, slots=True)
class DimensionScores:
    """Scores of one dimension; keys of the maps are battery ids (reliability: and ``gap``)."""

    items: tuple[str, ...]
    expectation: Estimate
    perception: Estimate
    gap: GapEstimate
    weight: Estimate
    ceiling: Mapping[str, Estimate]
    difference_reliability: Estimate
    reliability: Mapping[str, Reliability]
    validity: Mapping[str, Validity]


@dataclass(frozen=True, slots=True)
class ItemScores:
    """Scores of one item; keys of the maps are battery ids."""

    dimension: str | None
    expectation: Estimate
    perception: Estimate
    gap: GapEstimate
    ceiling: Mapping[str, Estimate]
    missing: Mapping[str, Estimate]
    reliability: Mapping[str, ItemReliability]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """Where perception lies in the zone between adequate and desired service."""

    adequacy: GapEstimate
    superiority: GapEstimate
    width: Estimate
    position: Estimate
    inversions: int
    inversion_share: Estimate
    adequate: Estimate
    desired: Estimate
    perceived: Estimate


@dataclass(frozen=True, slots=True)
class Zone:
    """The zone of tolerance by dimension and by item."""

    dimensions: Mapping[str, Tolerance]
    items: Mapping[str, Tolerance]


@dataclass(frozen=True, slots=True)
class Crosshairs:
    """Where the grid is split: data means of the items."""

    performance: float | None
    stated: float | None
    derived: float | None


@dataclass(frozen=True, slots=True)
class ItemPriority:
    """An item on the importance-performance grid: keep | concentrate | low | overkill."""

    performance: Estimate
    stated: Estimate
    derived: Estimate
    quadrant_stated: str | None
    quadrant_derived: str | None


@dataclass(frozen=True, slots=True)
class ImportancePerformance:
    """The importance-performance grid, with stated and with derived importance."""

    crosshairs: Crosshairs
    performance_battery: str
    items: Mapping[str, ItemPriority]


@dataclass(frozen=True, slots=True)
class KanoElement:
    """How a feature works by Kano's table; category A, O, M, I, R or Q.

    ``z`` compares the two commonest categories: |a − b| / √(a + b).
    """

    counts: Mapping[str, int]
    category: str | None
    better: Estimate
    worse: Estimate
    n: int
    z: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class SegmentDimension:
    """One dimension in one segment."""

    expectation: Estimate
    perception: Estimate
    gap: GapEstimate


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: overall is the mean of dimensions.

    ``outlying``: above | below | inside the 99.8 % funnel limits, or None when
    it cannot be told; ``p_adjusted`` is Benjamini-Hochberg over the segments of
    its column.
    """

    n: int
    overall: GapEstimate
    dimensions: Mapping[str, SegmentDimension]
    outlying: str | None
    p: float | None = None
    p_adjusted: float | None = None


@dataclass(frozen=True, slots=True)
class SegmentSpread:
    """How much the segments of a column differ, beside chance.

    ``tau`` is the SD of true segment means (DerSimonian-Laird), ``q`` Cochran's
    statistic; ``told_apart`` is False when the segments cannot be told apart.
    """

    told_apart: bool
    q: float | None
    df: int | None
    p: float | None
    tau: float | None
    range: float | None


@dataclass(frozen=True, slots=True)
class Consistency:
    """Channel consistency of one dimension: largest minus smallest mean gap."""

    spread: SegmentSpread
    lowest: str | None
    highest: str | None


@dataclass(frozen=True, slots=True)
class Segments:
    """Every segment of one column (or pair ``a|b``) with what can be said of them all."""

    values: Mapping[str, Segment]
    spread: SegmentSpread
    dimensions: Mapping[str, Consistency] = field(default_factory=dict)

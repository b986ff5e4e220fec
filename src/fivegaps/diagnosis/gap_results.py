"""The gaps of one wave, measured: the part of a diagnosis that stands under ``waves``.

Signs: gap = what is − what should be, negative is a shortfall; gap 1 is
two-sided, positive when managers overrate what customers expect; differences
between a self-rating and others' ratings are positive when the person rates
himself higher.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fivegaps.scoring.results import (
    DimensionScores,
    ItemScores,
    Overall,
    SegmentDimension,
    Segments,
)
from fivegaps.stats.estimate import Estimate, GapEstimate

CoverageState = Literal["uncovered", "vague", "unmeasured", "looser", "unknown_to_staff", "covered"]


@dataclass(frozen=True, slots=True)
class Levels:
    """Mean answers of one voice, in scale points."""

    overall: Estimate
    dimensions: Mapping[str, Estimate]
    items: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class Surveyed:
    """A gap between two voices: overall is the mean of dimensions.

    ``p_adjusted`` is Holm over dimensions, Benjamini-Hochberg over items.
    ``sides`` maps each voice (managers, employees, customers) to its own means.
    """

    overall: GapEstimate
    dimensions: Mapping[str, GapEstimate]
    items: Mapping[str, GapEstimate]
    sides: Mapping[str, Levels] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RatedDimension:
    """A direct rating of one dimension less the scale's top, from −6 to 0.

    ``none_share`` is the share of raters who marked "no standard"; they are not
    in the mean. None where the question has no such box.
    """

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    reason: str | None = None
    sd: float | None = None
    none_share: Estimate | None = None


@dataclass(frozen=True, slots=True)
class SelfRated:
    """Direct ratings less the scale's top; overall is the mean of dimensions."""

    overall: RatedDimension
    dimensions: Mapping[str, RatedDimension]


@dataclass(frozen=True, slots=True)
class KnowledgeGap:
    """Gap 1: what managers believe customers expect, less what customers expect.

    ``weights`` is the difference of the 100 points by dimension, in points;
    ``rank_agreement`` Spearman's correlation of the two orders of item
    expectations; ``census`` tells that all managers answered, so that their side
    has no sampling error.
    """

    surveyed: Surveyed
    weights: Mapping[str, GapEstimate]
    rank_agreement: Estimate
    census: bool


@dataclass(frozen=True, slots=True)
class CoveredItem:
    """How far the standards cover what customers expect of one item.

    ``unchecked`` names the states that could not be looked at (``looser``
    without a level or managers, ``unknown_to_staff`` without employees).
    """

    state: CoverageState
    standards: tuple[str, ...]
    unchecked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MeasuredStandards:
    """Gap 2 measured: the level that standards set, less the managers' expectation."""

    overall: GapEstimate
    dimensions: Mapping[str, GapEstimate]
    items: Mapping[str, GapEstimate]


@dataclass(frozen=True, slots=True)
class StandardsGap:
    """Gap 2: standards as managers rate them, as registered, and what they cover."""

    self_rated: SelfRated
    measured: MeasuredStandards
    coverage: Mapping[str, CoveredItem]


@dataclass(frozen=True, slots=True)
class StandardDelivery:
    """One standard as observed.

    ``conformance``: share that met it within its tolerance; ``shortfall`` =
    conformance − 1; ``difference`` = direction × (value − target), in ``unit_of_measure``.
    """

    conformance: Estimate
    shortfall: Estimate
    difference: GapEstimate
    unit_of_measure: str = ""


@dataclass(frozen=True, slots=True)
class MeasuredDelivery:
    """Gap 3 measured: by dimension the mean shortfall of its items' standards.

    Single ``standards`` are told for the whole company alone.
    """

    overall: Estimate
    dimensions: Mapping[str, Estimate]
    standards: Mapping[str, StandardDelivery]


@dataclass(frozen=True, slots=True)
class DeliveryGap:
    """Gap 3: delivery as staff rate it, as observed, and whether the sources agree.

    ``sources_agree`` maps a pair of sources (``self_rated|conformance``,
    ``self_rated|perception``, ``conformance|perception``) to the rank correlation
    of their overall figures across units; ``perception`` is the customers' P, the
    third source.
    """

    self_rated: SelfRated
    measured: MeasuredDelivery
    sources_agree: Mapping[str, Estimate]
    perception: Levels | None = None


@dataclass(frozen=True, slots=True)
class PromiseDelivery:
    """One promise: share kept, customers' P of its items − the claimed level.

    ``running`` on the wave's date; then ``chance`` is that of being kept, from
    like promises' outcomes (Beta-binomial, with interval). ``customer_caused``
    is the share of its failures that the customer caused.
    """

    kept: Estimate
    delivered_minus_claimed: GapEstimate
    running: bool = False
    chance: Estimate = field(default_factory=lambda: Estimate.cannot("not_running"))
    customer_caused: Estimate = field(default_factory=lambda: Estimate.cannot("too_few"))


@dataclass(frozen=True, slots=True)
class MeasuredPromises:
    """Gap 4 measured: by dimension the mean of kept − 1 of its items' promises.

    Single ``promises`` are told for the whole company alone.
    """

    overall: Estimate
    dimensions: Mapping[str, Estimate]
    promises: Mapping[str, PromiseDelivery]


@dataclass(frozen=True, slots=True)
class PromiseGap:
    """Gap 4: delivery against what is promised, as staff rate it and as kept."""

    self_rated: SelfRated
    measured: MeasuredPromises


@dataclass(frozen=True, slots=True)
class CustomerScores:
    """Gap 5 of the whole company, with everything that section 2 says of scores."""

    overall: Overall
    dimensions: Mapping[str, DimensionScores]
    items: Mapping[str, ItemScores]


@dataclass(frozen=True, slots=True)
class UnitItem:
    """One item in one unit."""

    expectation: Estimate
    perception: Estimate
    gap: GapEstimate


@dataclass(frozen=True, slots=True)
class UnitScores:
    """Gap 5 of one unit; overall is the mean of dimensions."""

    n: int
    overall: GapEstimate
    dimensions: Mapping[str, SegmentDimension]
    items: Mapping[str, UnitItem]


@dataclass(frozen=True, slots=True)
class CustomerGap:
    """Gap 5: what customers perceive, less what they expect."""

    surveyed: CustomerScores | UnitScores


@dataclass(frozen=True, slots=True)
class VoiceGap:
    """Gap 6 (staff's idea of customers − customers) or 7 (of managers − managers)."""

    surveyed: Surveyed


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps of one wave, of the whole company or of one unit. Never added up."""

    gap1: KnowledgeGap
    gap2: StandardsGap
    gap3: DeliveryGap
    gap4: PromiseGap
    gap5: CustomerGap
    gap6: VoiceGap
    gap7: VoiceGap


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """The managers' self-audit less the customers' P, on the same scale.

    ``channels`` maps a dimension and a channel to the same difference there.
    """

    dimensions: Mapping[str, GapEstimate]
    channels: Mapping[str, Mapping[str, GapEstimate]] = field(default_factory=dict)
    questions: Mapping[str, Estimate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ConstructScore:
    """Mean of a construct, 1 to 7; with ``bad`` a high score is bad news."""

    value: float | None
    low: float | None
    high: float | None
    n: int
    method: str
    reason: str | None = None
    sd: float | None = None
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Commitment:
    """Commitment to quality as managers state it, and as staff see it.

    Leading by serving has the same two sides.
    ``difference`` = managers − staff, by Welch.
    """

    managers: Estimate
    staff: Estimate
    difference: GapEstimate


@dataclass(frozen=True, slots=True)
class Relation:
    """How one gap goes with gap 5 across units: rank correlation and regression.

    ``slope``: points of gap 5 for one point (or share) of the other gap.
    """

    units: int
    rank_correlation: Estimate
    slope: Estimate


@dataclass(frozen=True, slots=True)
class InternalService:
    """A support unit as the staff it serves rate it, 1 to 7, and less the scale's top."""

    raters: int
    overall: Estimate
    dimensions: Mapping[str, Estimate]


@dataclass(frozen=True, slots=True)
class UnitGaps:
    """The gaps of one unit and of all units under it.

    ``asked`` maps a voice to the people who answered, where enough did; ``outcomes``
    an outcome to its mean.
    """

    gaps: Gaps
    blind_spot: BlindSpot
    constructs: Mapping[str, ConstructScore]
    asked: Mapping[str, int]
    outcomes: Mapping[str, Estimate] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WaveGaps:
    """Everything measured in one wave.

    ``constructs`` maps ``managers.<id>`` and ``employees.<id>`` to their scores;
    ``relations`` a gap (``gap1`` … ``gap4``, ``gap3.measured``, …) to how it goes
    with gap 5 across units; ``leadership`` is leading by serving as managers state it
    and staff see it; ``internal_service`` a support unit to its ratings;
    ``segments`` holds the customers' gap 5 by ``unit`` (those that contain no
    other) and by ``channel`` side by side, with their spread beyond chance.
    """

    date: dt.date
    gaps: Gaps
    blind_spot: BlindSpot
    constructs: Mapping[str, ConstructScore]
    units: Mapping[str, UnitGaps]
    commitment: Commitment
    leadership: Commitment
    relations: Mapping[str, Relation]
    internal_service: Mapping[str, InternalService]
    asked: Mapping[str, int]
    outcomes: Mapping[str, Estimate] = field(default_factory=dict)
    segments: Mapping[str, Segments] = field(default_factory=dict)

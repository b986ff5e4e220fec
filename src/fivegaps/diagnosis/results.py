"""The results of one diagnosis: what its results.json holds (schema fivegaps.diagnosis/1).

Field names are the keys of the file; a trailing underscore is dropped there
(``for_`` stands for ``for``). Wherever a figure cannot be had, its estimate
carries a reason code; what follows for the reader stands in ``cannot_tell``.
The gaps themselves are in :mod:`fivegaps.diagnosis.gap_results`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from fivegaps.analysis.results import UsedInstrument, Warned
from fivegaps.diagnosis.gap_results import WaveGaps
from fivegaps.stats.estimate import Estimate, GapEstimate

SCHEMA = "fivegaps.diagnosis/1"

EffectVerdict = Literal["better", "equivalent", "worse", "cannot_tell"]
StateVerdict = Literal["closed", "open", "cannot_tell"]
Comparison = Literal["difference_in_differences", "before_after"]


@dataclass(frozen=True, slots=True)
class CannotTell:
    """Something that cannot be said, why, and what to collect so that it can.

    ``what`` is a place in these results (``gap1``, ``gap3.measured.reliability``),
    ``reason`` a code, ``collect`` an English sentence and ``advice`` its code for
    other languages, with the particulars (files, columns, ids) in ``about``.
    ``wave`` and ``unit`` are "" for the whole company.
    """

    what: str
    reason: str
    collect: str
    wave: str = ""
    unit: str = ""
    advice: str = ""
    about: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Located:
    """One dimension of one gap, placed by its standardised size.

    ``standardised``: gap / SD of the people who answered (gap 1: absolute value /
    pooled SD; gap 5: gap / SD of the differences), with its interval; this
    standardiser is our choice. ``tied_with`` names those (``gap3.reliability``)
    whose intervals overlap with it: their order cannot be told. ``measured`` is
    the measured form, shown beside and never mixed in.
    """

    wave: str
    gap: int
    dimension: str
    standardised: float
    low: float
    high: float
    tied_with: tuple[str, ...]
    n: int
    measured: Estimate | GapEstimate | None = None


@dataclass(frozen=True, slots=True)
class Strength:
    """How strongly the evidence speaks for a cause, with its interval."""

    value: float | None
    low: float | None
    high: float | None
    method: str = ""
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign looked at: its measure, the figure found and the plain sentence.

    ``code`` names the sentence for other languages, ``values`` its numbers:
    ``distance`` on the bad side in SD with ``low`` and ``high``, ``threshold`` or
    ``mean`` and ``others``. ``part`` is lead, support or gap, ``rule`` the readable
    rule that was applied.
    """

    measure: str
    text: str
    estimate: Estimate | None = None
    about: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)
    code: str = ""
    part: str = ""
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CauseFound:
    """A cause with what speaks for and against it, and what is missing.

    ``strength`` is in SD; ``rank`` 1 is the first of all gaps, ``rank_in_gap`` of its
    own. ``p_adjusted`` is the least of its leading signs, Holm over all signs that may
    carry a claim; None when none could be looked at.
    """

    id: str
    gap: int
    title: str
    mission: tuple[str, ...]
    claimed: bool
    strength: Strength
    for_: tuple[Evidence, ...]
    against: tuple[Evidence, ...]
    missing: tuple[Evidence, ...]
    rank: int = 0
    tied_with: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    rank_in_gap: int = 0
    p_adjusted: float | None = None


@dataclass(frozen=True, slots=True)
class RemedyChosen:
    """A remedy to try, in the order of ``order``; ``against`` contradicts it.

    ``claimed`` tells that one of its causes is. ``both_sides`` names the opponents
    that are prescribed here as well; ``policy`` settles it. ``weight`` is the points
    of 100 that customers give its dimensions (any: the worst one). ``uses`` are
    effects of actions with this remedy, ``pooled`` their mean from three uses on.
    """

    id: str
    title: str
    causes: tuple[str, ...]
    mission: tuple[str, ...]
    order: int
    dimensions: tuple[str, ...] = ()
    against: tuple[str, ...] = ()
    policy: str = ""
    claimed: bool = False
    both_sides: tuple[str, ...] = ()
    owner: str = ""
    cost: str = ""
    weeks: tuple[int, int] = (0, 0)
    weight: float | None = None
    uses: tuple[Estimate, ...] = ()
    pooled: Estimate | None = None


@dataclass(frozen=True, slots=True)
class ActionVerdict:
    """Two answers about one action, never mixed: did it work, and is the gap closed.

    ``state`` is the metric now; ``regression_to_the_mean`` the part of the change
    expected without any action when units were picked for being worst.
    """

    effect: Estimate
    effect_verdict: EffectVerdict
    state: Estimate
    state_verdict: StateVerdict
    comparison: Comparison
    registered_before: bool | None
    regression_to_the_mean: Estimate | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CompetitorDimension:
    """Our perception less a competitor's in one dimension."""

    difference: GapEstimate


@dataclass(frozen=True, slots=True)
class Rank:
    """A place among all providers, 1 the best, with its 95 % interval."""

    value: int | None
    low: int | None
    high: int | None
    of: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class CompetitorStanding:
    """One competitor against us; ``ranks`` maps a dimension to his place, ``our_ranks`` to ours."""

    dimensions: Mapping[str, CompetitorDimension]
    ranks: Mapping[str, Rank]
    our_ranks: Mapping[str, Rank] = field(default_factory=dict)
    items: Mapping[str, CompetitorDimension] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OutcomeConsequence:
    """An outcome's mean, and how it goes with gap 5 among respondents.

    ``slope``: points of the outcome for one point of the overall gap; an
    association, no effect.
    """

    mean: Estimate
    slope: Estimate
    n: int


@dataclass(frozen=True, slots=True)
class AtRisk:
    """Customers at risk: a range of shares, and the assumption that each end makes."""

    low: Estimate
    high: Estimate
    assumption: str


@dataclass(frozen=True, slots=True)
class Consequences:
    """What the gaps lead to."""

    outcomes: Mapping[str, OutcomeConsequence]
    at_risk: AtRisk | None


@dataclass(frozen=True, slots=True)
class CustomerPart:
    """Share of failures that customers caused: of cases and of promises not kept."""

    share: Estimate
    by_channel: Mapping[str, Estimate]
    misunderstanding: Estimate
    promises: Estimate


@dataclass(frozen=True, slots=True)
class Provenance:
    """How to get the same figures again; ``files`` maps a file to its SHA-256."""

    version: str
    files: Mapping[str, str]
    instrument: UsedInstrument
    options: Mapping[str, object]
    seed: int
    created_at: str
    command: str = ""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """Everything that one diagnosis found; ``company`` is its name.

    ``largest`` ranks gaps 1 to 4 by dimension, ``worst`` the dimensions of gap 5;
    ``competitors``, ``consequences`` and ``customer_part`` are of the last wave.
    """

    schema: str
    company: str
    warnings: tuple[Warned, ...]
    cannot_tell: tuple[CannotTell, ...]
    waves: Mapping[str, WaveGaps]
    largest: tuple[Located, ...]
    causes: tuple[CauseFound, ...]
    remedies: tuple[RemedyChosen, ...]
    actions: Mapping[str, ActionVerdict]
    competitors: Mapping[str, CompetitorStanding]
    consequences: Consequences
    customer_part: CustomerPart
    provenance: Provenance
    worst: tuple[Located, ...] = ()

"""What this floor finds out, as frozen values; their names are those of results.json.

A field that is None is left out of the file, except ``Estimate.value``. Blocks
that describe a fitted model hold plain numbers with ``_low`` and ``_high``
beside them; every other figure is an :class:`Estimate`. A block that could not
be had holds its ``reason`` and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fivegaps.stats.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact about a model that a reader must know, as a code with its particulars.

    Codes: not_converged, heywood, latent_not_positive_definite,
    inseparable_factors, matrix_not_positive_definite, too_few, poor_fit,
    dimensions_disagree_with_exploration, constant_item, … ``about`` names what
    it concerns (factors, items) in the instrument's order.
    """

    code: str
    about: tuple[str, ...] = ()
    values: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Consistency of the items of one dimension in one battery (or in the gaps)."""

    alpha: Estimate
    omega: Estimate
    mean_inter_item_r: Estimate


@dataclass(frozen=True, slots=True)
class ItemReliability:
    """How one item sits among the others of its dimension."""

    item_rest: Estimate
    alpha_if_dropped: Estimate


@dataclass(frozen=True, slots=True)
class Validity:
    """Convergent validity of a dimension, from standardised loadings."""

    ave: Estimate
    cr: Estimate


@dataclass(frozen=True, slots=True)
class Kmo:
    """Kaiser-Meyer-Olkin measure of sampling adequacy."""

    overall: float | None = None
    items: Mapping[str, float] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Bartlett:
    """Bartlett's test of sphericity."""

    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class ParallelSeries:
    """Observed eigenvalues beside the random quantile, and how many to keep."""

    observed: tuple[float, ...]
    random: tuple[float, ...]
    retained: int


@dataclass(frozen=True, slots=True)
class Parallel:
    """Parallel analysis for components and for common factors."""

    components: ParallelSeries | None = None
    factors: ParallelSeries | None = None
    replicates: int | None = None
    quantile: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Exploratory:
    """Exploratory factor analysis after rotation; loadings are the pattern."""

    extraction: str | None = None
    rotation: str | None = None
    retained: int | None = None
    loadings: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    structure: Mapping[str, tuple[float, ...]] = field(default_factory=dict)
    communalities: Mapping[str, float] = field(default_factory=dict)
    factor_correlations: tuple[tuple[float, ...], ...] = ()
    variance_explained: tuple[float, ...] = ()
    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Loading:
    """A loading: raw with standard error, and standardised."""

    value: float
    se: float | None
    standardised: float
    standardised_se: float | None = None
    factor: str | None = None


@dataclass(frozen=True, slots=True)
class ModificationIndex:
    """What freeing one fixed parameter would give: a cross-loading or a residual covariance."""

    kind: str
    left: str
    right: str
    value: float
    expected_change: float
    standardised_change: float | None = None


@dataclass(frozen=True, slots=True)
class Fit:
    """Fit of a covariance structure by maximum likelihood, complete answers, without means."""

    n: int = 0
    converged: bool = False
    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    cfi: float | None = None
    tli: float | None = None
    rmsea: float | None = None
    rmsea_low: float | None = None
    rmsea_high: float | None = None
    p_close: float | None = None
    srmr: float | None = None
    aic: float | None = None
    bic: float | None = None
    baseline_chi2: float | None = None
    baseline_df: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class MaximumLikelihood(Fit):
    """The model of the instrument's dimensions, fitted by maximum likelihood."""

    loadings: Mapping[str, Loading] = field(default_factory=dict)
    residual_variances: Mapping[str, Loading] = field(default_factory=dict)
    factor_correlations: Mapping[str, Estimate] = field(default_factory=dict)
    modification_indices: tuple[ModificationIndex, ...] = ()


@dataclass(frozen=True, slots=True)
class ScaledIndices:
    """Fit indices from a scaled statistic, or their robust forms."""

    cfi: float | None = None
    tli: float | None = None
    rmsea: float | None = None
    rmsea_low: float | None = None
    rmsea_high: float | None = None
    p_close: float | None = None


@dataclass(frozen=True, slots=True)
class RobustMaximumLikelihood:
    """MLR: Yuan-Bentler T2* with sandwich standard errors; chi2 is the scaled one."""

    n: int = 0
    chi2: float | None = None
    df: int | None = None
    p: float | None = None
    scaling: float | None = None
    scaled: ScaledIndices | None = None
    robust: ScaledIndices | None = None
    loadings: Mapping[str, Loading] = field(default_factory=dict)
    factor_correlations: Mapping[str, Estimate] = field(default_factory=dict)
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Cfa:
    """The confirmatory model by ML and, from casewise sums, by MLR."""

    ml: MaximumLikelihood
    mlr: RobustMaximumLikelihood


@dataclass(frozen=True, slots=True)
class FornellLarcker:
    """Whether each factor explains its items better than it explains the other factor."""

    correlation: float
    sqrt_ave_low: float
    holds: bool


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Other structures fitted to the same answers, for comparison."""

    one_factor: Fit
    higher_order: Fit
    merged: Fit
    merged_factors: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Factors:
    """Everything about the factor structure of one battery.

    ``verdict`` is a code: confirmed | acceptable | not_confirmed | cannot_tell.
    """

    n: int
    kmo: Kmo
    bartlett: Bartlett
    parallel: Parallel
    efa: Exploratory
    cfa: Cfa
    htmt: Mapping[str, Estimate]
    fornell_larcker: Mapping[str, FornellLarcker]
    alternatives: Alternatives
    verdict: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Predictor:
    """The part of one dimension in explaining the outcome."""

    lmg: Estimate
    johnson: Estimate
    beta: Estimate
    r: Estimate


@dataclass(frozen=True, slots=True)
class Direct:
    """Outcome on perception and expectation, against their difference alone."""

    n: int = 0
    b_expectation: float | None = None
    b_expectation_low: float | None = None
    b_expectation_high: float | None = None
    b_perception: float | None = None
    b_perception_low: float | None = None
    b_perception_high: float | None = None
    f: float | None = None
    df1: int | None = None
    df2: int | None = None
    p: float | None = None
    r2: float | None = None
    r2_difference: float | None = None
    r_perception: float | None = None
    r_gap: float | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class PenaltyReward:
    """What low and high scores on a dimension cost and earn in the outcome.

    ``kind``: basic | performance | excitement | cannot_tell.
    """

    penalty: Estimate
    reward: Estimate
    kind: str


@dataclass(frozen=True, slots=True)
class Drivers:
    """What goes with the outcome: associations, not causes."""

    outcome: str
    battery: str
    n: int
    r2: float | None = None
    r2_low: float | None = None
    r2_high: float | None = None
    predictors: Mapping[str, Predictor] = field(default_factory=dict)
    direct: Direct | None = None
    penalty_reward: Mapping[str, PenaltyReward] = field(default_factory=dict)
    reason: str | None = None

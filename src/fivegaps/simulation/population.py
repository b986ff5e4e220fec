"""The population that simulated respondents come from: a latent model with thresholds.

Behind every scale column stands a standard normal variable z; the answer is the
scale point into whose range mean + sd·z falls. The z of the items follow a factor
model: one factor per battery and dimension, correlated over dimensions (D) and
over batteries (B), and item specifics that correlate over batteries (U):

    R[(b,j),(c,k)] = λ_bj λ_ck B_bc D_d(j)d(k) + [j = k] √(1−λ_bj²) √(1−λ_ck²) U_bc

Outcome columns reflect one latent outcome ω that the perceived dimensions drive:
ω = √ρ² Σ_d β_d η_d / sd(Σ β_d η_d) + √(1−ρ²) ξ.

All parameters follow from the instrument alone: the seed changes the sample, not
the truth.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fivegaps.io.answers import ItemColumn, item_columns
from fivegaps.model.instrument import Instrument

Floats = NDArray[np.float64]

OTHER = ""  # stands for the dimension of items that have none
DRIVING = ("perception", "satisfaction")
LATENT_R2 = 0.5
OUTCOME_LOADING = 0.85

# Where a battery's mean lies between the ends of its scale, its SD as a share of the
# scale's length, and its smallest and largest loading. Expectations crowd at the top.
_SHAPE = {
    "expectation": (0.88, 0.19, 0.55, 0.80),
    "perception": (0.66, 0.21, 0.62, 0.86),
    "adequate": (0.58, 0.18, 0.55, 0.80),
    "desired": (0.87, 0.16, 0.55, 0.80),
    "importance": (0.78, 0.20, 0.50, 0.75),
    "satisfaction": (0.63, 0.22, 0.60, 0.85),
}
# How much a dimension's perception lies above or below the battery's mean, how much its
# expectation does, how strongly it drives the outcome, and its share of 100 points.
_CHARACTER = {
    "tangibles": (0.08, -0.08, 0.08, 0.11),
    "reliability": (-0.12, 0.04, 0.40, 0.32),
    "responsiveness": (-0.07, 0.02, 0.25, 0.22),
    "assurance": (0.05, 0.02, 0.17, 0.19),
    "empathy": (-0.02, -0.03, 0.10, 0.16),
}
_OTHER_CHARACTERS = tuple(_CHARACTER.values())
# Correlations of a dimension's factors over batteries.
_ALIKE = {
    frozenset({"expectation", "desired"}): 0.6,
    frozenset({"expectation", "importance"}): 0.45,
    frozenset({"adequate", "desired"}): 0.5,
    frozenset({"perception", "satisfaction"}): 0.6,
}
_UNLIKE = 0.2
_SPECIFIC_ALIKE = 0.3
_GOLDEN = 0.6180339887498949


@dataclass(frozen=True, slots=True)
class OutcomeColumn:
    """One outcome question; several may make up an outcome."""

    name: str
    minimum: int
    levels: int


@dataclass(frozen=True, slots=True)
class Population:
    """The latent model of an instrument's scale columns.

    The V variables are the item columns, then the outcome columns. ``mean`` and
    ``sd`` are in scale points, ``levels`` are numbers of scale points,
    ``correlation`` is R (V, V). ``factor`` (V,) is the place of a variable's
    factor among batteries × dimensions, −1 for outcomes; ``drives`` (D,) the
    standardised weights of the dimensions in ω.
    """

    instrument: Instrument
    items: tuple[ItemColumn, ...]
    outcomes: tuple[OutcomeColumn, ...]
    dimensions: tuple[str, ...]
    batteries: tuple[str, ...]
    minimum: NDArray[np.int64]
    levels: NDArray[np.int64]
    mean: Floats
    sd: Floats
    loading: Floats
    factor: NDArray[np.int64]
    battery_correlation: Floats
    dimension_correlation: Floats
    specific_correlation: Floats
    drives: Floats
    driving: int
    correlation: Floats

    def thresholds(self, variable: int) -> Floats:
        """Return the (levels − 1,) cuts of a variable, in units of its z."""
        cuts = self.minimum[variable] + np.arange(self.levels[variable] - 1) + 0.5
        return np.asarray((cuts - self.mean[variable]) / self.sd[variable], dtype=np.float64)


def population(instrument: Instrument) -> Population:
    """Return the population that stands behind an instrument's simulated answers."""
    items = item_columns(instrument)
    outcomes = _outcome_columns(instrument)
    dimensions = tuple(dimension.id for dimension in instrument.dimensions)
    belongs = {item.id: item.dimension or OTHER for item in instrument.items}
    if OTHER in belongs.values():
        dimensions = (*dimensions, OTHER)
    batteries = tuple(battery.id for battery in instrument.batteries)
    driving = next((batteries.index(b) for b in DRIVING if b in batteries), 0)

    columns: list[ItemColumn | OutcomeColumn] = [*items, *outcomes]
    minimum = np.array([column.minimum for column in columns], dtype=np.int64)
    levels = np.array([column.levels for column in columns], dtype=np.int64)
    length = np.maximum(levels - 1, 1).astype(np.float64)
    order = {item.id: place for place, item in enumerate(instrument.items)}

    place = np.full(len(columns), 0.60)
    spread = np.full(len(columns), 0.22)
    loading = np.full(len(columns), OUTCOME_LOADING)
    factor = np.full(len(columns), -1, dtype=np.int64)
    for v, column in enumerate(items):
        dimension = belongs[column.item]
        position, width, low, high = _SHAPE[column.battery]
        d = dimensions.index(dimension)
        wobble = (order[column.item] + 1) * _GOLDEN % 1.0
        place[v] = position + _lean(dimension, d, column.battery) + 0.06 * (wobble - 0.5)
        spread[v] = width
        loading[v] = low + (high - low) * ((order[column.item] + 1) * _GOLDEN * 3 % 1.0)
        factor[v] = batteries.index(column.battery) * len(dimensions) + d

    battery_correlation = _battery_correlation(batteries)
    dimension_correlation = _dimension_correlation(len(dimensions))
    built = Population(
        instrument=instrument,
        items=items,
        outcomes=outcomes,
        dimensions=dimensions,
        batteries=batteries,
        minimum=minimum,
        levels=levels,
        mean=minimum + np.clip(place, 0.05, 0.95) * length,
        sd=spread * np.maximum(length, 2.0),
        loading=loading,
        factor=factor,
        battery_correlation=battery_correlation,
        dimension_correlation=dimension_correlation,
        specific_correlation=np.eye(len(batteries))
        + _SPECIFIC_ALIKE * (battery_correlation - np.eye(len(batteries))),
        drives=_drives(dimensions, dimension_correlation),
        driving=driving,
        correlation=np.eye(len(columns)),
    )
    built.correlation[:] = _correlation(built)
    return built


def points_shares(dimensions: tuple[str, ...]) -> Floats:
    """Return the expected shares of 100 points that go to the dimensions (D,)."""
    shares = np.array([_character(name, place)[3] for place, name in enumerate(dimensions)])
    return np.asarray(shares / shares.sum(), dtype=np.float64)


def _outcome_columns(instrument: Instrument) -> tuple[OutcomeColumn, ...]:
    found: dict[str, OutcomeColumn] = {}
    for outcome in instrument.outcomes:
        for name in outcome.columns:
            levels = outcome.maximum - outcome.minimum + 1
            found.setdefault(name, OutcomeColumn(name, outcome.minimum, levels))
    return tuple(found.values())


def _character(dimension: str, place: int) -> tuple[float, float, float, float]:
    return _CHARACTER.get(dimension, _OTHER_CHARACTERS[(place * 3 + 1) % len(_OTHER_CHARACTERS)])


def _lean(dimension: str, place: int, battery: str) -> float:
    perceived, expected, _, _ = _character(dimension, place)
    return perceived if battery in DRIVING else expected


def _battery_correlation(batteries: tuple[str, ...]) -> Floats:
    matrix = np.eye(len(batteries))
    for row, left in enumerate(batteries):
        for column, right in enumerate(batteries):
            if left != right:
                matrix[row, column] = _ALIKE.get(frozenset({left, right}), _UNLIKE)
    return matrix


def _dimension_correlation(number: int) -> Floats:
    # One general factor behind the dimensions; loadings between .6 and .8.
    general = 0.6 + 0.2 * ((np.arange(1, number + 1) * _GOLDEN) % 1.0)
    matrix = np.outer(general, general)
    np.fill_diagonal(matrix, 1.0)
    return np.asarray(matrix, dtype=np.float64)


def _drives(dimensions: tuple[str, ...], correlation: Floats) -> Floats:
    raw = np.array(
        [
            0.0 if name == OTHER and len(dimensions) > 1 else _character(name, place)[2]
            for place, name in enumerate(dimensions)
        ]
    )
    return np.asarray(raw * np.sqrt(LATENT_R2 / (raw @ correlation @ raw)), dtype=np.float64)


def _correlation(model: Population) -> Floats:
    """Return R of the items and outcome columns (V, V)."""
    factors = np.kron(model.battery_correlation, model.dimension_correlation)
    wide = len(model.dimensions)
    weights = np.zeros((len(model.mean), len(factors)))
    outcome = model.factor < 0
    for variable in np.flatnonzero(~outcome):
        weights[variable, model.factor[variable]] = model.loading[variable]
    start = model.driving * wide
    weights[outcome, start : start + wide] = OUTCOME_LOADING * model.drives
    matrix = weights @ factors @ weights.T
    matrix[np.ix_(outcome, outcome)] += OUTCOME_LOADING**2 * (1.0 - LATENT_R2)
    unique = np.sqrt(1.0 - model.loading**2)
    for v, left in enumerate(model.items):
        for w, right in enumerate(model.items):
            if left.item == right.item:
                b, c = model.batteries.index(left.battery), model.batteries.index(right.battery)
                matrix[v, w] += unique[v] * unique[w] * model.specific_correlation[b, c]
    np.fill_diagonal(matrix, 1.0)
    return np.asarray(matrix, dtype=np.float64)

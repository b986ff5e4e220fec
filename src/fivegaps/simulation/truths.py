"""What is true of a simulated population, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fivegaps.simulation.drivers import DriversTruth

SCHEMA = "fivegaps.truth/1"


@dataclass(frozen=True, slots=True)
class OverallTruth:
    """The overall gap in its forms, and mean perception; None where it is not asked."""

    mean_of_dimensions: float | None
    mean_of_items: float | None
    weighted: float | None
    servperf: float | None


@dataclass(frozen=True, slots=True)
class DimensionTruth:
    """True figures of a dimension; keys of the maps are batteries (alpha: and ``gap``).

    ``omega`` is that of the answers before they were cut into points.
    """

    means: Mapping[str, float]
    gap: float | None
    gap_sd: float | None
    weight: float | None
    alpha: Mapping[str, float]
    omega: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ItemTruth:
    """True figures of an item, by battery.

    ``ceilings`` are shares of answers at the top of the scale; ``loadings`` are
    those of the answers before they were cut into points.
    """

    dimension: str | None
    means: Mapping[str, float]
    sds: Mapping[str, float]
    ceilings: Mapping[str, float]
    gap: float | None
    gap_sd: float | None
    loadings: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class ZoneTruth:
    """True adequacy, superiority and width of a dimension or item."""

    adequacy: float
    superiority: float
    width: float


@dataclass(frozen=True, slots=True)
class SegmentTruth:
    """True means in one segment; ``share`` of the population."""

    share: float
    overall: float | None
    dimensions: Mapping[str, Mapping[str, float]]
    effects: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Truth:
    """Everything that is known of a simulated population."""

    seed: int
    n: int
    overall: OverallTruth
    dimensions: Mapping[str, DimensionTruth]
    items: Mapping[str, ItemTruth]
    zone: Mapping[str, Mapping[str, ZoneTruth]]
    outcomes: Mapping[str, float]
    drivers: DriversTruth | None
    kano: Mapping[str, Mapping[str, float]]
    segments: Mapping[str, Mapping[str, SegmentTruth]]
    factor_correlations: Mapping[str, float]
    with_careless: Mapping[str, float]

"""Where the gaps are largest: a standardised ranking, ties told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from fivegaps.diagnosis.gap_results import Gaps, RatedDimension
from fivegaps.diagnosis.results import Located
from fivegaps.stats.estimate import Estimate, GapEstimate

Figure = Estimate | GapEstimate


def largest(wave: str, gaps: Gaps) -> tuple[Located, ...]:
    """Return gaps 1 to 4 by dimension, the largest first.

    Size is that of the direct form over the SD of the people who answered; of gap
    1 the absolute value over the root mean of both variances. Dimensions without
    spread among answers have no standardised size and are left out. This
    standardiser is a choice: a scale's top and a comparison of two voices are not
    the same yardstick.
    """
    found = []
    for dimension, gap in gaps.gap1.surveyed.dimensions.items():
        found.append(_two_sided(wave, dimension, gap))
    direct = (
        (2, gaps.gap2.self_rated.dimensions, gaps.gap2.measured.dimensions),
        (3, gaps.gap3.self_rated.dimensions, gaps.gap3.measured.dimensions),
        (4, gaps.gap4.self_rated.dimensions, gaps.gap4.measured.dimensions),
    )
    for number, rated, measured in direct:
        for dimension, rating in rated.items():
            found.append(_shortfall(wave, number, dimension, rating, measured.get(dimension)))
    return tied(one for one in found if one is not None)


def worst(wave: str, gaps: Gaps) -> tuple[Located, ...]:
    """Return the dimensions of gap 5, the largest shortfall over the SD of gaps first."""
    surveyed = gaps.gap5.surveyed
    found = []
    for dimension, scores in surveyed.dimensions.items():
        gap = scores.gap
        sizes = _sizes(gap, gap.sd)
        if sizes is not None:
            value, low, high = sizes
            found.append(Located(wave, 5, dimension, -value, 0.0 - high, 0.0 - low, (), gap.n))
    return tied(found)


def tied(found: Iterable[Located]) -> tuple[Located, ...]:
    """Return them by size, each with the names of those whose intervals overlap with its own."""
    ordered = sorted(found, key=lambda one: -one.standardised)
    return tuple(
        replace(
            one,
            tied_with=tuple(
                f"gap{other.gap}.{other.dimension}"
                for other in ordered
                if other is not one and other.low <= one.high and one.low <= other.high
            ),
        )
        for one in ordered
    )


def _two_sided(wave: str, dimension: str, gap: GapEstimate) -> Located | None:
    sizes = _sizes(gap, gap.sd)
    if sizes is None:
        return None
    value, low, high = sizes
    ends = sorted((abs(low), abs(high)))
    nearest = 0.0 if low <= 0 <= high else ends[0]
    return Located(wave, 1, dimension, abs(value), nearest, ends[1], (), gap.n)


def _shortfall(
    wave: str, gap: int, dimension: str, rating: RatedDimension, measured: Figure | None
) -> Located | None:
    sizes = _sizes(rating, rating.sd)
    if sizes is None:
        return None
    value, low, high = sizes
    return Located(wave, gap, dimension, -value, 0.0 - high, 0.0 - low, (), rating.n, measured)


def _sizes(
    figure: GapEstimate | RatedDimension, sd: float | None
) -> tuple[float, float, float] | None:
    """Return value, low and high in SDs, or None where there is no such size."""
    if figure.value is None or figure.low is None or figure.high is None or not sd:
        return None
    return figure.value / sd, figure.low / sd, figure.high / sd

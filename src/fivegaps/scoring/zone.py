"""The zone of tolerance: where perceived service lies between adequate and desired.

Source: zeithaml-1993, parasuraman-1994.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fivegaps.scoring.results import Tolerance, Zone
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import (
    NO_INTERVAL,
    Sample,
    gap_estimate,
    mean_estimate,
    share_estimate,
    t_interval,
)

ADEQUACY = "mean of perceived − adequate, t interval"
SUPERIORITY = "mean of perceived − desired, t interval"
WIDTH = "mean of desired − adequate, t interval"
POSITION = "(perceived − adequate) / (desired − adequate) of means, delta method"
INVERSIONS = "share of answers with adequate above desired, Wilson interval"

_M, _D, _P = 0, 1, 2
_ADEQUACY = np.array([-1.0, 0.0, 1.0])
_SUPERIORITY = np.array([0.0, -1.0, 1.0])
_WIDTH = np.array([-1.0, 1.0, 0.0])


@dataclass(frozen=True, slots=True, eq=False)
class ZoneSample:
    """What is needed of the three columns, in the order adequate, desired, perceived.

    ``n`` answers with all three; ``means`` (3,) and ``covariance`` (3, 3, divisor
    n − 1) of these. ``inversions`` of ``inversion_n`` answers put adequate above
    desired. ``adequacy``, ``superiority`` and ``width`` may bring their own pairs
    (pairwise rule); by default they follow from the triples. ``adequate``,
    ``desired`` and ``perceived`` likewise. ``position_error`` with ``position_df`` is
    the standard error of the position where weights or clusters change it. Frequencies
    are distinct whole-number differences and their counts, for Wilcoxon's test.
    """

    n: int
    means: NDArray[np.float64]
    covariance: NDArray[np.float64]
    inversions: int
    inversion_n: int
    adequacy: Sample | None = None
    superiority: Sample | None = None
    width: Sample | None = None
    adequate: Sample | None = None
    desired: Sample | None = None
    perceived: Sample | None = None
    position_error: float | None = None
    position_df: float | None = None
    adequacy_frequencies: tuple[ArrayLike, ArrayLike] | None = None
    superiority_frequencies: tuple[ArrayLike, ArrayLike] | None = None

    def contrast(self, weights: NDArray[np.float64]) -> Sample:
        """Return the sample of a weighted sum of the three columns."""
        if self.n < 2:
            return Sample(n=self.n, mean=None)
        variance = max(float(weights @ self.covariance @ weights), 0.0)
        return Sample(n=self.n, mean=float(weights @ self.means), variance=variance)

    def column(self, place: int) -> Sample:
        """Return the sample of one column over the triples."""
        return self.contrast(np.eye(3)[place])


def zone(
    *,
    dimensions: Mapping[str, ZoneSample],
    items: Mapping[str, ZoneSample],
    confidence: float = 0.95,
) -> Zone:
    """Return the zone of tolerance of every dimension and item, in the order given."""
    return Zone(
        dimensions={
            name: tolerance(sample, confidence=confidence) for name, sample in dimensions.items()
        },
        items={name: tolerance(sample, confidence=confidence) for name, sample in items.items()},
    )


def tolerance(sample: ZoneSample, *, confidence: float = 0.95) -> Tolerance:
    """Return adequacy, superiority, width and position of perceived service.

    Position 0 is adequate, 1 desired; it has no figure when the mean of desired is
    not above that of adequate (reason ``inverted``). A perception equal to either
    end counts as inside.

    Args:
        sample: Means and covariances of the three columns.
        confidence: Of every interval.
    """
    adequate, desired, perceived = (
        own or sample.column(place)
        for place, own in ((_M, sample.adequate), (_D, sample.desired), (_P, sample.perceived))
    )
    spread = [_sd(sample, place) for place in (_M, _D, _P)]
    return Tolerance(
        adequacy=_gap(
            sample.adequacy or sample.contrast(_ADEQUACY),
            (spread[_P], spread[_M]),
            sample.adequacy_frequencies,
            confidence=confidence,
            method=ADEQUACY,
        ),
        superiority=_gap(
            sample.superiority or sample.contrast(_SUPERIORITY),
            (spread[_P], spread[_D]),
            sample.superiority_frequencies,
            confidence=confidence,
            method=SUPERIORITY,
        ),
        width=mean_estimate(
            sample.width or sample.contrast(_WIDTH), confidence=confidence, method=WIDTH
        ),
        position=position(sample, confidence=confidence),
        inversions=sample.inversions,
        inversion_share=share_estimate(
            sample.inversions, sample.inversion_n, confidence=confidence, method=INVERSIONS
        ),
        adequate=mean_estimate(adequate, confidence=confidence),
        desired=mean_estimate(desired, confidence=confidence),
        perceived=mean_estimate(perceived, confidence=confidence),
    )


def position(sample: ZoneSample, *, confidence: float = 0.95) -> Estimate:
    """Return (P̄ − M̄) / (D̄ − M̄) over complete triples, interval by the delta method.

    The interval is rough where the zone is narrow for its standard error.

    Returns:
        The estimate, no unit; reason ``too_few`` for n < 2, ``inverted`` when D̄ ≤ M̄.
    """
    n = sample.n
    if n < 2:
        return Estimate.cannot("too_few", n=n, method=POSITION)
    width = float(_WIDTH @ sample.means)
    if width <= 0:
        return Estimate.cannot("inverted", n=n, method=POSITION)
    value = float(_ADEQUACY @ sample.means) / width
    gradient = position_gradient(sample.means)
    error = math.sqrt(max(float(gradient @ sample.covariance @ gradient), 0.0) / n)
    df: float = n - 1
    if sample.position_error is not None and sample.position_df is not None:
        error, df = sample.position_error, sample.position_df
    if df < 1:
        method = f"{POSITION}; {NO_INTERVAL}"
        return Estimate(value=value, low=None, high=None, n=n, method=method)
    low, high = t_interval(value, error, df=df, confidence=confidence)
    return Estimate(value=value, low=low, high=high, n=n, method=POSITION)


def position_gradient(means: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how the position moves with adequate, desired and perceived (3,).

    The gradient of a ratio a / w is (1, −a/w) / w, here written on the columns.
    """
    width = float(_WIDTH @ means)
    found: NDArray[np.float64] = (_ADEQUACY - float(_ADEQUACY @ means) / width * _WIDTH) / width
    return found


def _sd(sample: ZoneSample, place: int) -> float | None:
    if sample.n < 2:
        return None
    return math.sqrt(max(float(sample.covariance[place, place]), 0.0))


def _gap(
    sample: Sample,
    spreads: tuple[float | None, float | None],
    frequencies: tuple[ArrayLike, ArrayLike] | None,
    *,
    confidence: float,
    method: str,
) -> GapEstimate:
    return gap_estimate(
        n=sample.n,
        mean=sample.mean,
        variance=sample.variance,
        sd_perception=spreads[0],
        sd_expectation=spreads[1],
        frequencies=frequencies,
        confidence=confidence,
        method=method,
        standard_error=sample.standard_error,
        df=sample.df,
    )

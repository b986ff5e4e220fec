"""Measures that are a gap themselves: they tell where, and support a cause, but are none."""

from __future__ import annotations

from collections.abc import Mapping

from fivegaps.diagnosis.evidence.dossier import (
    NO_REGISTER,
    NOT_ASKED,
    NOT_RECORDED,
    Dossier,
    Reading,
    unread,
)
from fivegaps.diagnosis.gap_results import RatedDimension
from fivegaps.stats.estimate import Estimate, GapEstimate
from fivegaps.stats.intervals import share_estimate

NORMAL_95 = 1.959963984540054
SPREAD = "SD of true means (DerSimonian-Laird)"
COMPETITORS = "customers' expectation less the best competitor's mean perception"


def difference(dossier: Dossier, measure: str) -> Reading:
    """Return a difference between two voices, such as ``gap1.<dimension>``."""
    family, _, dimension = measure.rpartition(".")
    gaps = dossier.gaps.gaps
    found: Mapping[str, GapEstimate] = {
        "gap1": gaps.gap1.surveyed.dimensions,
        "gap1-weights": gaps.gap1.weights,
        "gap6": gaps.gap6.surveyed.dimensions,
        "gap7": gaps.gap7.surveyed.dimensions,
        "audit-blind-spot": dossier.gaps.blind_spot.dimensions,
    }[family]
    return _of_gap(measure, found.get(dimension))


def no_standard(dossier: Dossier, measure: str) -> Reading:
    """Return the share who marked "no standard"; ``none-share.<voice>.<dimension>``."""
    _, voice, dimension = measure.split(".")
    gaps = dossier.gaps.gaps
    rated = gaps.gap2.self_rated if voice == "managers" else gaps.gap3.self_rated
    found: RatedDimension | None = rated.dimensions.get(dimension)
    share = None if found is None else found.none_share
    if share is None or share.value is None:
        return unread(measure, NOT_ASKED if share is None else share.reason or NOT_ASKED)
    return Reading(measure, share, n_effective=float(share.n))


def conformance(dossier: Dossier, measure: str) -> Reading:
    """Return the share of observations that met their standard, by dimension."""
    dimension = measure.rpartition(".")[2]
    found = dossier.gaps.gaps.gap3.measured.dimensions.get(dimension)
    if not dossier.company.has("observations"):
        return unread(measure, NO_REGISTER)
    if found is None or found.value is None:
        return unread(measure, NOT_RECORDED)
    low = None if found.low is None else 1 + found.low
    high = None if found.high is None else 1 + found.high
    share = Estimate(1 + found.value, low, high, found.n, found.method)
    return Reading(measure, share, n_effective=float(found.n))


def spread(dossier: Dossier, measure: str) -> Reading:
    """Return how far units or channels differ beyond chance, in points of gap 5."""
    _, column, dimension = measure.split(".")
    segments = dossier.gaps.segments.get({"units": "unit", "channels": "channel"}[column])
    if segments is None:
        return unread(measure, NOT_RECORDED)
    found = segments.dimensions.get(dimension)
    tau = None if found is None else found.spread.tau
    if tau is None:
        return unread(measure, "too_few")
    n = len(segments.values)
    return Reading(measure, Estimate(tau, None, None, n, f"{SPREAD}; no interval"))


def voiced(dossier: Dossier, measure: str) -> Reading:
    """Return the share of customers with a problem who complained."""
    told = dossier.measured.people.customers.counts.troubled[1, :2]
    if told.sum() == 0:
        return unread(measure, NOT_ASKED)
    n = int(told.sum())
    return Reading(measure, share_estimate(float(told[1]), n), n_effective=float(n))


def against_competitors(dossier: Dossier, measure: str) -> Reading:
    """Return what customers expect less what the best competitor delivers, in points."""
    dimension = measure.rpartition(".")[2]
    wave = dossier.company.waves[dossier.wave].id
    means = [
        one.mean
        for one in dossier.company.competitors
        if one.dimension == dimension and one.wave in {wave, ""}
    ]
    sides = dossier.gaps.gaps.gap1.surveyed.sides
    expected = sides["customers"].dimensions.get(dimension) if "customers" in sides else None
    if not means:
        return unread(measure, NO_REGISTER)
    if expected is None or expected.value is None:
        return unread(measure, NOT_ASKED)
    best = max(means)
    shifted = [None if end is None else end - best for end in (expected.low, expected.high)]
    return Reading(
        measure,
        Estimate(expected.value - best, shifted[0], shifted[1], expected.n, COMPETITORS),
        sd=1.0,
        error=_error(shifted[0], shifted[1]),
    )


def _of_gap(measure: str, gap: GapEstimate | None) -> Reading:
    if gap is None:
        return unread(measure, NOT_ASKED)
    if gap.value is None:
        return unread(measure, gap.reason or NOT_ASKED)
    estimate = Estimate(gap.value, gap.low, gap.high, gap.n, gap.method)
    return Reading(measure, estimate, sd=gap.sd or 0.0, error=_error(gap.low, gap.high))


def _error(low: float | None, high: float | None) -> float:
    return 0.0 if low is None or high is None else (high - low) / (2 * NORMAL_95)

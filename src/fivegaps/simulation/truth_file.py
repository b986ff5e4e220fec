"""The truth as it stands in ``<name>.truth.json`` (schema fivegaps.truth/1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from fivegaps.model.instrument import Instrument
from fivegaps.simulation.options import SimulationOptions
from fivegaps.simulation.truths import SCHEMA, Truth


def truth_document(
    truth: Truth,
    instrument: Instrument,
    options: SimulationOptions,
    counts: Mapping[str, int],
) -> dict[str, object]:
    """Return the document as plain values; ``counts`` are rows by kind of carelessness.

    The batteries' means of a dimension or item stand beside its gap, as in
    ``results.json``.
    """
    document: dict[str, object] = {
        "schema": SCHEMA,
        "seed": truth.seed,
        "n": truth.n,
        "instrument": {
            "id": instrument.id,
            "version": instrument.version,
            "sha256": instrument.sha256,
        },
        "options": _options(options),
        "overall": asdict(truth.overall),
        "dimensions": {
            name: {
                **figure.means,
                "gap": figure.gap,
                "gap_sd": figure.gap_sd,
                "weight": figure.weight,
                "alpha": dict(figure.alpha),
                "omega": dict(figure.omega),
            }
            for name, figure in truth.dimensions.items()
        },
        "items": {
            name: {
                "dimension": figure.dimension,
                **figure.means,
                "gap": figure.gap,
                "gap_sd": figure.gap_sd,
                "sd": dict(figure.sds),
                "ceiling": dict(figure.ceilings),
                "loading": dict(figure.loadings),
            }
            for name, figure in truth.items.items()
        },
        "factor_correlations": dict(truth.factor_correlations),
        "outcomes": dict(truth.outcomes),
        "drivers": None if truth.drivers is None else asdict(truth.drivers),
        "kano": {name: dict(shares) for name, shares in truth.kano.items()},
        "effects": _effects(truth),
        "segments": {
            column: {
                value: {
                    "share": segment.share,
                    "overall": segment.overall,
                    "dimensions": {name: dict(f) for name, f in segment.dimensions.items()},
                }
                for value, segment in values.items()
            }
            for column, values in truth.segments.items()
        },
        "careless": {**counts, "gaps": dict(truth.with_careless)},
    }
    if truth.zone:
        document["zone"] = {
            kind: {name: asdict(zone) for name, zone in group.items()}
            for kind, group in truth.zone.items()
        }
    return document


def _options(options: SimulationOptions) -> dict[str, object]:
    return {
        "missing": options.missing,
        "careless": options.careless,
        "segments": {
            column.name: dict(zip(column.values, column.shares, strict=True))
            for column in options.segments
        },
        "shifts": [asdict(shift) for shift in options.shifts],
        "spread": dict(options.spread),
    }


def _effects(truth: Truth) -> dict[str, dict[str, dict[str, dict[str, float]]]]:
    """Return column → value → dimension → shift asked for, and the true difference of means."""
    return {
        column: {
            value: {
                name: {
                    "shift": shift,
                    "difference": _difference(truth, column, value, name),
                }
                for name, shift in segment.effects.items()
            }
            for value, segment in values.items()
        }
        for column, values in truth.segments.items()
        if any(any(segment.effects.values()) for segment in values.values())
    }


def _difference(truth: Truth, column: str, value: str, dimension: str) -> float:
    """Return the segment's perception minus that of the whole population."""
    battery = "perception" if "perception" in truth.dimensions[dimension].means else None
    if battery is None:
        battery = next(iter(truth.dimensions[dimension].means))
    here = truth.segments[column][value].dimensions[dimension][battery]
    return here - truth.dimensions[dimension].means[battery]

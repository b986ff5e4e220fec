"""Results as JSON (schema fivegaps.results/1)."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping

from fivegaps.analysis.results import Results
from fivegaps.scoring.results import Segments

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

ABSENT = {
    "zone": "not_asked",
    "drivers": "no_outcome",
    "importance_performance": "not_asked",
    "weights": "not_weighted",
}


def encode(value: object) -> Json:
    """Return a result value as what JSON can hold.

    Dataclasses become objects without their None fields; one with a ``reason``
    keeps ``value: null``. Numbers that are not finite never get here: a figure
    that cannot be had has a reason.
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): encode(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [encode(inner) for inner in value]
    if isinstance(value, bool) or value is None or isinstance(value, str):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    message = f"{type(value).__name__} has no place in results.json"
    raise TypeError(message)


def _fields(value: object) -> Json:
    fields = dataclasses.fields(value)  # type: ignore[arg-type]
    found = {field.name: getattr(value, field.name) for field in fields}
    encoded: dict[str, Json] = {
        name: encode(inner) for name, inner in found.items() if inner is not None
    }
    if found.get("reason") is not None or "method" in found:
        encoded = {"value": None, **encoded}
        if "low" in found and found["reason"] is None:
            encoded |= {"low": encode(found["low"]), "high": encode(found["high"])}
    return encoded


def results_object(results: Results) -> dict[str, Json]:
    """Return the whole of results.json as an object.

    Segments stand under their column by value; what is said of a column's
    segments together stands under ``segment_spread``.
    """
    encoded: dict[str, Json] = {}
    for field in dataclasses.fields(results):
        value = getattr(results, field.name)
        if field.name == "segments":
            encoded["segments"] = {
                column: encode(segments.values) for column, segments in value.items()
            }
            encoded["segment_spread"] = {
                column: _spread(segments) for column, segments in value.items()
            }
        elif value is None:
            encoded[field.name] = {"value": None, "reason": ABSENT[field.name]}
        else:
            encoded[field.name] = encode(value)
    return encoded


def _spread(segments: Segments) -> Json:
    return {"overall": encode(segments.spread), "dimensions": encode(segments.dimensions)}


def results_json(results: Results) -> str:
    """Return results.json: two spaces, UTF-8 text, keys in the schema's order."""
    text = json.dumps(results_object(results), ensure_ascii=False, indent=2, allow_nan=False)
    return text + "\n"

"""Results as JSON (schema fivegaps.results/1)."""

from __future__ import annotations

import dataclasses
import json
import math
from collections.abc import Mapping

from fivegaps.analysis.results import Results
from fivegaps.scoring.results import Segments
from fivegaps.stats.estimate import GapEstimate

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

ABSENT = {
    "zone": "not_asked",
    "drivers": "no_outcome",
    "importance_performance": "not_asked",
    "weights": "not_weighted",
}


def encode(value: object) -> Json:
    """Return a result value as what JSON can hold.

    Dataclasses become objects. One with a ``reason`` says ``value: null``, the
    reason and what is known beside it; any other has all its fields. Numbers that
    are not finite never get here: a figure that cannot be had has a reason.
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
        if not math.isfinite(value):
            message = f"{value} has no place in results.json: it needs a reason"
            raise TypeError(message)
        return float(value)
    message = f"{type(value).__name__} has no place in results.json"
    raise TypeError(message)


def _fields(value: object) -> Json:
    fields = dataclasses.fields(value)  # type: ignore[arg-type]
    found = {field.name: getattr(value, field.name) for field in fields}
    reason = found.pop("reason", None)
    if reason is not None:
        kept = {name: encode(inner) for name, inner in found.items() if inner is not None}
        return {"value": None, **kept, "reason": encode(reason)}
    encoded = {name: encode(inner) for name, inner in found.items()}
    if isinstance(value, GapEstimate):
        encoded |= _tests_left_out(value)
    return encoded


def _tests_left_out(gap: GapEstimate) -> dict[str, Json]:
    """Return why a gap that has a value has no t, or no rank test."""
    found: dict[str, Json] = {}
    if gap.t is None:
        found["test_reason"] = "too_few_clusters" if gap.low is None else "constant"
    if gap.wilcoxon is None:
        found["wilcoxon"] = {"value": None, "reason": "not_counted"}
    return found


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

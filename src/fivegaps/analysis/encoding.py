"""Results as JSON (schema fivegaps.results/1)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
import math
from collections.abc import Mapping
from functools import cache

from fivegaps.analysis.results import Results
from fivegaps.scoring.results import Segments
from fivegaps.stats.estimate import GapEstimate

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

REASON = "reason"
ABSENT = {
    "zone": "not_asked",
    "drivers": "no_outcome",
    "importance_performance": "not_asked",
    "weights": "not_weighted",
}


def encode(value: object) -> Json:
    """Return a result value as what JSON can hold.

    Dataclasses become objects, dates text; a trailing underscore of a name is dropped
    (``for_``). A figure with a ``reason`` says ``value: null``, the reason and what is
    known beside it; any other has all its fields. Numbers that are not finite never
    get here: a figure that cannot be had has a reason.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, float | int):
        return _number(value)
    if isinstance(value, Mapping):
        return {str(key): encode(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [encode(inner) for inner in value]
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return _fields(value, _shape(type(value)))
    if isinstance(value, dt.date):
        return value.isoformat()
    message = f"{type(value).__name__} has no place in results.json"
    raise TypeError(message)


def _number(value: float) -> Json:
    if isinstance(value, int):
        return int(value)
    if not math.isfinite(value):
        message = f"{value} has no place in results.json: it needs a reason"
        raise TypeError(message)
    return float(value)


@dataclasses.dataclass(frozen=True, slots=True)
class _Shape:
    """A dataclass's fields with their keys; ``missing``: a reason may stand for its value."""

    fields: tuple[tuple[str, str], ...]
    missing: bool


@cache
def _shape(kind: type) -> _Shape:
    """Return what is written of a dataclass.

    A reason that is always there, as that of something refused, is one field among others.
    """
    found = dataclasses.fields(kind)
    missing = any(one.name == REASON and "None" in str(one.type) for one in found)
    names = (one.name for one in found if not (missing and one.name == REASON))
    return _Shape(tuple((name, name.removesuffix("_")) for name in names), missing)


def _fields(value: object, shape: _Shape) -> Json:
    reason = getattr(value, REASON) if shape.missing else None
    if reason is not None:
        found = ((key, getattr(value, name)) for name, key in shape.fields)
        kept = {key: encode(inner) for key, inner in found if inner is not None}
        return {"value": None, **kept, REASON: encode(reason)}
    encoded = {key: encode(getattr(value, name)) for name, key in shape.fields}
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

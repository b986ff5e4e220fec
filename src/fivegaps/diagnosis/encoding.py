"""A diagnosis as JSON (schema fivegaps.diagnosis/1)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import json
from collections.abc import Mapping

from fivegaps.analysis.encoding import Json, encode
from fivegaps.diagnosis.gap_results import WaveGaps
from fivegaps.diagnosis.results import ActionVerdict, CannotTell, Diagnosis


def diagnosis_object(diagnosis: Diagnosis) -> dict[str, Json]:
    """Return the whole of results.json as an object; ``for_`` becomes ``for``."""
    return {
        field.name: _renamed(encode(_plain(getattr(diagnosis, field.name))))
        for field in dataclasses.fields(diagnosis)
    }


def diagnosis_json(diagnosis: Diagnosis) -> str:
    """Return results.json: two spaces, UTF-8 text, keys in the schema's order."""
    text = json.dumps(diagnosis_object(diagnosis), ensure_ascii=False, indent=2, allow_nan=False)
    return text + "\n"


def verdicts_json(actions: Mapping[str, ActionVerdict]) -> str:
    """Return the verdicts on actions as JSON, as results.json holds them."""
    text = json.dumps(_renamed(encode(actions)), ensure_ascii=False, indent=2, allow_nan=False)
    return text + "\n"


def _plain(value: object) -> object:
    """Return what the encoding of analyze does not know in a form that it does.

    Dates become text. What cannot be told has a reason by nature: it is no figure
    that is missing.
    """
    if isinstance(value, Mapping):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, tuple):
        return tuple(_plain(inner) for inner in value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, WaveGaps | CannotTell):
        return {one.name: _plain(getattr(value, one.name)) for one in dataclasses.fields(value)}
    return value


def _renamed(value: Json) -> Json:
    if isinstance(value, dict):
        return {name.removesuffix("_"): _renamed(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_renamed(inner) for inner in value]
    return value

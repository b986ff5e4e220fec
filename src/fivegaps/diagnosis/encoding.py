"""A diagnosis as JSON (schema fivegaps.diagnosis/1)."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from fivegaps.analysis.encoding import Json, encode
from fivegaps.diagnosis.gap_results import UnitGaps
from fivegaps.diagnosis.results import ActionVerdict, Diagnosis

# Stands for the units until they are written; no name holds a control character.
_HERE = "\0units"
_MARK = json.dumps(_HERE)


def diagnosis_object(diagnosis: Diagnosis) -> Json:
    """Return the whole of results.json as an object; ``for_`` becomes ``for``."""
    return encode(diagnosis)


def diagnosis_json(diagnosis: Diagnosis) -> str:
    """Return results.json: UTF-8 text, keys in the schema's order.

    Indented by two spaces, but for units: a line for each, so that the file of a company
    with hundreds of branches stays small and one branch is one line to find.
    """
    return "".join(_pieces(diagnosis))


def verdicts_json(actions: Mapping[str, ActionVerdict]) -> str:
    """Return the verdicts on actions as JSON, as results.json holds them."""
    return _indented(encode(actions)) + "\n"


def _pieces(diagnosis: Diagnosis) -> Iterator[str]:
    waves = {name: replace(wave, units={}) for name, wave in diagnosis.waves.items()}
    text = _indented(_marked(encode(replace(diagnosis, waves=waves))))
    for wave in diagnosis.waves.values():
        before, text = text.split(_MARK, 1)
        yield before + "{"
        yield from _lines(wave.units)
        yield "}"
    yield text + "\n"


def _marked(whole: Json) -> Json:
    if isinstance(whole, dict) and isinstance(waves := whole["waves"], dict):
        for wave in waves.values():
            if isinstance(wave, dict):
                wave["units"] = _HERE
    return whole


def _lines(units: Mapping[str, UnitGaps]) -> Iterator[str]:
    for place, (name, found) in enumerate(units.items()):
        start = ",\n        " if place else "\n        "
        yield f"{start}{_compact(name)}: {_compact(encode(found))}"
    if units:
        yield "\n      "


def _compact(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _indented(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)

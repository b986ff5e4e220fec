"""JSON Schemas of the files that fivegaps writes, shipped with it."""

from __future__ import annotations

import json
from importlib.resources import files

NAMES = ("results-1", "diagnosis-1", "compare-1", "plan-1", "truth-1")


def schema(name: str) -> dict[str, object]:
    """Return one schema (draft 2020-12) by its name, such as ``results-1``.

    Raises:
        KeyError: There is no such schema.
    """
    if name not in NAMES:
        raise KeyError(name)
    text = files(__name__).joinpath(f"{name}.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, object] = json.loads(text)
    return loaded

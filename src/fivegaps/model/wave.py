"""The life of a wave: one fielding of a survey, from draft to closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

WaveState = Literal["draft", "pilot", "open", "closed"]
WaveVerb = Literal["try_out", "open", "close"]

# Nothing leads back: answers of a trial stay trial answers, and a closed wave stays as it was.
TRANSITIONS: Mapping[tuple[str, WaveVerb], WaveState] = {
    ("draft", "try_out"): "pilot",
    ("draft", "open"): "open",
    ("pilot", "open"): "open",
    ("pilot", "close"): "closed",
    ("open", "close"): "closed",
}


def state_after(state: str, verb: WaveVerb) -> WaveState | None:
    """Return the state that a verb leads to; None when it does not apply."""
    return TRANSITIONS.get((state, verb))


def verbs_of(state: str) -> tuple[WaveVerb, ...]:
    """Return what can be done with a wave in this state."""
    return tuple(verb for before, verb in TRANSITIONS if before == state)

"""Results as another system reads them, through the gate of the pages."""

from __future__ import annotations

from dataclasses import dataclass

from fivegaps.analysis.encoding import Json, results_object
from fivegaps.web.dashboards import gate, selectors
from fivegaps.web.dashboards.analyses import STEP, results_of
from fivegaps.web.dashboards.selectors import Counted, Place, Scope
from fivegaps.web.surveys.models import Wave


@dataclass(frozen=True, slots=True)
class Asked:
    """Which results a caller wants; ``unit`` "" is the whole."""

    wave: Wave
    unit: str
    measuring: bool


def results_for(asked: Asked) -> dict[str, Json] | None:
    """Return ``fivegaps.results/1`` of a place, its units beside it; None without such a unit.

    Raises:
        Withheld: The figures could be traced to a person.
    """
    scope = selectors.whole_scope()
    place = selectors.place_of(scope, asked.unit)
    if place is None:
        return None
    known = selectors.counted(asked.wave)
    gate.check(asked.wave.survey, place, known)
    found = results_object(results_of(asked.wave.id, place, known, measuring=asked.measuring))
    segments, spread = found.pop("segments"), found.pop("segment_spread")
    return found | _by_unit(segments, spread, scope, place, known)


def _by_unit(
    segments: Json, spread: Json, scope: Scope, place: Place, known: Counted
) -> dict[str, Json]:
    """Return the places one step down as segments by unit, what is hidden withheld.

    The spread over units is told where all of them are: it would tell of hidden ones.
    """
    steps = segments.get(STEP) if isinstance(segments, dict) else None
    below = [one for one in selectors.places_below(scope, place) if known.of(one)]
    if not isinstance(steps, dict) or not isinstance(spread, dict) or not below:
        return {"segments": {}, "segment_spread": {}}
    told: dict[str, Json] = {
        one.code: steps[str(one.group.unit)]
        if one.group in known.shown
        else _withheld(known.of(one))
        for one in below
    }
    is_whole = set(steps) == {str(one.group.unit) for one in below}
    is_open = is_whole and all(one.group in known.shown for one in below)
    return {
        "segments": {"unit": told},
        "segment_spread": {"unit": spread[STEP]} if is_open else {},
    }


def _withheld(n: int) -> dict[str, Json]:
    """Return a segment of which no more than its size is told."""
    nothing: dict[str, Json] = {"value": None, "reason": "small_cell"}
    return {
        "n": n,
        "overall": nothing,
        "dimensions": {},
        "outlying": None,
        "p": None,
        "p_adjusted": None,
    }

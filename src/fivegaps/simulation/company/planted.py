"""What causes do in the simulated world: a table of its own, shared with nobody."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from scipy.special import ndtr, ndtri

from fivegaps.errors import OptionRefused


@dataclass(frozen=True, slots=True)
class World:
    """How far each state and habit is moved, in SD; positive is worse."""

    moved: Mapping[str, float]

    def of(self, state: str) -> float:
        """Return how far a state is moved to its bad side, in SD."""
        return self.moved.get(state, 0.0)

    def share(self, habit: str) -> float:
        """Return how often a habit shows, 0 to 1."""
        return float(ndtr(ndtri(shares()[habit]) + self.of(habit)))


def world(plants: tuple[str, ...], effect: float) -> World:
    """Return the world in which causes are planted, each of ``effect`` SD.

    Raises:
        OptionRefused: The simulator knows no mechanism for a cause.
    """
    moved: dict[str, float] = {}
    for cause in plants:
        for state in states_of(cause):
            moved[state] = moved.get(state, 0.0) + effect
    return World(moved)


def states_of(cause: str) -> tuple[str, ...]:
    """Return the states and habits that a cause makes worse.

    Raises:
        OptionRefused: The simulator knows no mechanism for the cause.
    """
    known = _table()[0]
    if cause not in known:
        raise OptionRefused("--plant", f"{cause!r} is not one of {', '.join(known)}")
    return known[cause]


def plantable() -> tuple[str, ...]:
    """Return the ids of all causes that can be planted."""
    return tuple(_table()[0])


def shares() -> Mapping[str, float]:
    """Return how often each habit shows in a company without planted causes."""
    return _table()[1]


@cache
def _table() -> tuple[dict[str, tuple[str, ...]], dict[str, float]]:
    text = files("fivegaps.simulation.company").joinpath("planted.toml").read_text("utf-8")
    table = tomllib.loads(text)
    states = {cause: tuple(map(str, names)) for cause, names in table["states"].items()}
    return states, {habit: float(share) for habit, share in table["shares"].items()}

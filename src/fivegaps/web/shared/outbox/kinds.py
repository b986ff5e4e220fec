"""Kinds of errands: each app names its own when it is ready."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

# What is left to write once the errand is done: runs in the transaction that ends it.
Settle = Callable[[], None]


class Later(Exception):
    """Not now; this is no failure and counts no attempt."""

    def __init__(self, due_at: datetime) -> None:
        self.due_at = due_at
        super().__init__(f"not before {due_at.isoformat()}")


@dataclass(frozen=True, slots=True)
class Task:
    """An errand as its kind sees it. ``number`` counts the attempts from 1."""

    id: UUID
    payload: Mapping[str, str]
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Kind:
    """How errands of one kind are done.

    ``run`` does one, outside of any transaction, and may return what to write with its end;
    it raises :class:`Later`, or any other exception to be tried again. ``give_up`` is told,
    in the transaction that parks the errand, why. ``pace`` is how many may begin a minute.
    """

    name: str
    run: Callable[[Task], Settle | None]
    give_up: Callable[[Mapping[str, str], str], None] | None = None
    pace: Callable[[], int] | None = None


_kinds: dict[str, Kind] = {}


def add_kind(kind: Kind) -> None:
    """Make a kind known; called once, when an app is ready."""
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind | None:
    """Return a kind, None when no app knows it."""
    return _kinds.get(name)


def kinds() -> tuple[Kind, ...]:
    """Return every kind."""
    return tuple(_kinds.values())

"""Constructs: what several statements to managers or employees measure together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Voice = Literal["managers", "employees"]


@dataclass(frozen=True, slots=True)
class Construct:
    """One construct, asked of one voice, answered 1 (disagree) to 7 (agree).

    ``statements`` is how many it has; a score needs at least half of them.
    ``bad`` tells that a high score is bad news, ``further`` that it is asked beside the
    constructs by which causes are judged.
    """

    id: str
    voice: Voice
    statements: int
    bad: bool = False
    further: bool = False
    title: Mapping[str, str] = field(default_factory=dict)

    @property
    def fewest(self) -> int:
        """The fewest statements that make a score: half of them, rounded up."""
        return (self.statements + 1) // 2

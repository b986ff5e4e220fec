"""Which figures about people may be shown: the one place where the diagnosis asks.

Every mean of managers, employees or customers passes here before it becomes an
estimate. The rule is the least number of people behind a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

VoiceName = Literal["customers", "managers", "employees"]

NOBODY = "not_asked"
SMALL = "small_cell"


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds for every figure of a diagnosis.

    ``minimum`` maps a voice to the fewest people behind a figure that is shown;
    ``confidence`` is that of every interval.
    """

    confidence: float = 0.95
    minimum: Mapping[str, int] = field(default_factory=dict)

    def withheld(self, voice: VoiceName, n: int) -> str | None:
        """Return why a figure of n people is not shown, or None when it may be."""
        if n == 0:
            return NOBODY
        return SMALL if n < self.minimum.get(voice, 0) else None

"""What the doctor finds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing looked at: ``state`` is good, doubtful or bad; ``advice`` says what to do."""

    topic: str
    state: str
    found: str
    advice: str = ""

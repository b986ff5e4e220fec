"""Surveys, their questionnaires, waves and links, and what people answered."""

from __future__ import annotations

from fivegaps.web.surveys.models.answers import Answered, Draft, Quarantine, Response, Source
from fivegaps.web.surveys.models.invitations import Invitation
from fivegaps.web.surveys.models.links import Link, Reach
from fivegaps.web.surveys.models.programmes import (
    Identification,
    InstrumentVersion,
    Rhythm,
    State,
    Survey,
    Voice,
    Wave,
)

__all__ = [
    "Answered",
    "Draft",
    "Identification",
    "InstrumentVersion",
    "Invitation",
    "Link",
    "Quarantine",
    "Reach",
    "Response",
    "Rhythm",
    "Source",
    "State",
    "Survey",
    "Voice",
    "Wave",
]

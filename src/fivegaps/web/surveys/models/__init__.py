"""Surveys, their questionnaires, waves and links, and what people answered."""

from __future__ import annotations

from fivegaps.web.surveys.models.answers import Answered, Draft, Quarantine, Response, Source
from fivegaps.web.surveys.models.consent import ConsentText, Suspicion
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
from fivegaps.web.surveys.models.translations import Approval, StagedWordings
from fivegaps.web.surveys.models.unordered import AnonymousAnswer, Held, Spent

__all__ = [
    "AnonymousAnswer",
    "Answered",
    "Approval",
    "ConsentText",
    "Draft",
    "Held",
    "Identification",
    "InstrumentVersion",
    "Invitation",
    "Link",
    "Quarantine",
    "Reach",
    "Response",
    "Rhythm",
    "Source",
    "Spent",
    "StagedWordings",
    "State",
    "Survey",
    "Suspicion",
    "Voice",
    "Wave",
]

"""Recipients, invitations by mail, and their rules."""

from __future__ import annotations

from fivegaps.web.collecting.models.kiosks import Kiosk, KioskMode
from fivegaps.web.collecting.models.mailing import (
    Campaign,
    MailKind,
    MailRules,
    MailText,
    Sampling,
)
from fivegaps.web.collecting.models.paper import PaperBatch, PaperForm
from fivegaps.web.collecting.models.past import PastWave, StagedAnswers
from fivegaps.web.collecting.models.recipients import (
    Contact,
    Event,
    Outcome,
    Recipient,
    StagedList,
    Suppression,
)

__all__ = [
    "Campaign",
    "Contact",
    "Event",
    "Kiosk",
    "KioskMode",
    "MailKind",
    "MailRules",
    "MailText",
    "Outcome",
    "PaperBatch",
    "PaperForm",
    "PastWave",
    "Recipient",
    "Sampling",
    "StagedAnswers",
    "StagedList",
    "Suppression",
]

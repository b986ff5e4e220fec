"""What people and places are kept as; nothing of it is deleted, it closes or leaves."""

from __future__ import annotations

from fivegaps.web.people.models.hours import EVER, Holiday, OpeningHours
from fivegaps.web.people.models.places import (
    Channel,
    ChannelKind,
    Organisation,
    Touchpoint,
    Unit,
    UnitSet,
)
from fivegaps.web.people.models.staff import Employee, Membership, Posting, StagedImport

__all__ = [
    "EVER",
    "Channel",
    "ChannelKind",
    "Employee",
    "Holiday",
    "Membership",
    "OpeningHours",
    "Organisation",
    "Posting",
    "StagedImport",
    "Touchpoint",
    "Unit",
    "UnitSet",
]

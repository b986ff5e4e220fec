"""The way by which an answer comes, and the place that it counts for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from fivegaps.web.surveys.models import Invitation, Link, Source, Survey


@dataclass(frozen=True, slots=True)
class Way:
    """How somebody came to answer. ``invitation_id`` is spent by the answer, once.

    The ids of places are those of the database; a way without them counts for the whole.
    """

    source: Source
    survey_id: UUID
    unit_id: int | None = None
    channel_id: int | None = None
    touchpoint_id: int | None = None
    employee_id: UUID | None = None
    link_id: UUID | None = None
    invitation_id: UUID | None = None
    is_closed: bool = False


def way_through(link: Link, source: Source = Source.LINK) -> Way:
    """Return the way through a link."""
    return Way(
        source=source,
        survey_id=link.survey_id,
        unit_id=link.unit_id,
        channel_id=link.channel_id,
        touchpoint_id=link.touchpoint_id,
        employee_id=link.employee_id,
        link_id=link.id,
        is_closed=link.closed_at is not None,
    )


def way_by(invitation: Invitation, survey: Survey) -> Way:
    """Return the way by a personal invitation."""
    return Way(
        source=Source.INVITATION,
        survey_id=survey.id,
        unit_id=invitation.unit_id,
        channel_id=invitation.channel_id,
        touchpoint_id=invitation.touchpoint_id,
        employee_id=invitation.employee_id if survey.names_employee else None,
        invitation_id=invitation.id,
    )

"""Transactions that another system tells of."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fivegaps.web.api.bodies import Counted, ToldEvent
from fivegaps.web.api.keys import Bearer, survey_for
from fivegaps.web.api.problems import may_answer
from fivegaps.web.api.services.telling import Happened, tell

router = Router(tags=["events"])


@router.post(
    "/surveys/{uuid:survey_id}/events",
    auth=Bearer("events"),
    response={201: Counted, 200: Counted, **may_answer(404, 410, 413)},
    summary="Tell that a transaction took place",
)
def tell_event(request: HttpRequest, survey_id: UUID, body: ToldEvent) -> Status[Counted]:
    """Count a customer as served, and ask by the survey's share and delay. Once for each key."""
    told = tell(
        survey=survey_for(request, survey_id),
        happened=Happened(**body.model_dump()),
        at=timezone.now(),
    )
    return Status(201 if told.is_new else 200, Counted(event=told.event_id))

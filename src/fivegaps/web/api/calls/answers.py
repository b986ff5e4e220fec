"""Answers that another system sends."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Status

from fivegaps.web.api.bodies import Receipt, SentAnswers
from fivegaps.web.api.keys import Bearer, survey_for
from fivegaps.web.api.problems import may_answer
from fivegaps.web.api.services.answering import Sent, take_answers

router = Router(tags=["answers"])


@router.post(
    "/surveys/{uuid:survey_id}/responses",
    auth=Bearer("submit"),
    response={201: Receipt, 200: Receipt, **may_answer(403, 404, 409, 410, 413)},
    summary="Send one person's answers, exactly once",
)
def send_answers(request: HttpRequest, survey_id: UUID, body: SentAnswers) -> Status[Receipt]:
    """Record the answers and give a receipt. The same body again gives the same receipt."""
    taken = take_answers(
        survey=survey_for(request, survey_id),
        sent=Sent(
            submission_id=body.submission_id,
            lang=body.lang,
            answers=body.answers,
            unit=body.unit,
            channel=body.channel,
            employee=body.employee,
            started_at=body.started_at,
        ),
        at=timezone.now(),
    )
    return Status(201 if taken.is_new else 200, Receipt(receipt=taken.receipt))

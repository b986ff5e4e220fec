"""Erase the answers of waves that closed long enough ago; how many they were stays."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.privacy.services.erasing import (
    DRAFT,
    RESPONSE,
    drop_drafts,
    drop_responses,
)
from fivegaps.web.privacy.services.log import empty_after
from fivegaps.web.shared import audit
from fivegaps.web.shared.erasures import note_erasures
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.kinds import Task
from fivegaps.web.surveys.models import (
    AnonymousAnswer,
    Draft,
    Held,
    Response,
    Spent,
    State,
    Survey,
    Wave,
)
from fivegaps.web.surveys.selectors import counts_of

DAILY = "privacy.retention"
MOST_MONTHS = 240


@transaction.atomic
def set_retention(
    *, actor: audit.Actor | None, survey: Survey, months: int | None, at: datetime
) -> None:
    """Set for how many months after a wave's end its answers stay; None keeps them.

    Raises:
        ValidationError: It is no number of months that makes sense.
    """
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise ValidationError({"months": _("From 1 month to 20 years.")})
    Survey.objects.filter(id=survey.id).update(retention_months=months)
    audit.record(actor=actor, verb="set retention", kind="survey", subject=survey.id, at=at)


def plan_daily(*, at: datetime) -> None:
    """Put the next look down, a day from now, once."""
    due_at = at + timedelta(days=1)
    outbox.put(kind=DAILY, key=f"{DAILY}.{due_at.date()}", payload={}, due_at=due_at, at=at)


def erase_daily(task: Task) -> None:
    """Erase what is over, and put the next look down."""
    erase_expired(at=task.at)
    plan_daily(at=task.at)


def erase_expired(*, at: datetime) -> int:
    """Erase the answers of waves whose time is over; return how many waves there were."""
    rows = Wave.objects.filter(state=State.CLOSED, erased_at=None).select_related("survey")
    over = [
        wave
        for wave in rows.exclude(survey__retention_months=None)
        if months_after(wave.closed_at, wave.survey.retention_months) <= at
    ]
    for wave in over:
        erase_wave(actor=None, wave=wave, at=at)
    return len(over)


@transaction.atomic
def erase_wave(*, actor: audit.Actor | None, wave: Wave, at: datetime) -> None:
    """Erase the answers of a closed wave, texts and rows; how many they were stays."""
    kept = {str(unit or 0): list(counts) for unit, counts in counts_of(wave).items()}
    if not Wave.objects.filter(id=wave.id, erased_at=None).update(erased_at=at, kept=kept):
        return
    responses = list(Response.objects.filter(wave=wave).values_list("id", flat=True))
    drafts = list(Draft.objects.filter(wave=wave).values_list("id", flat=True))
    drop_responses(responses)
    drop_drafts(drafts)
    for model in (AnonymousAnswer, Held, Spent):
        model.objects.filter(wave=wave).delete()
    note_erasures(kind=RESPONSE, subjects=responses, at=at)
    note_erasures(kind=DRAFT, subjects=drafts, at=at)
    audit.record(actor=actor, verb="erased answers", kind="wave", subject=wave.id, at=at)
    empty_after(at=at)


def months_after(at: datetime | None, months: int | None) -> datetime:
    """Return the instant so many months later, on the last day of a month that is shorter."""
    if at is None or months is None:
        return datetime.max.replace(tzinfo=None if at is None else at.tzinfo)
    number = at.year * 12 + at.month - 1 + months
    year, month = number // 12, number % 12 + 1
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))

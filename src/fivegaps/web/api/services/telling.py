"""Take word of a transaction, by the service that asks customers after one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError

from fivegaps.web.api import selectors
from fivegaps.web.api.refusals import CallRefused, FieldError, wrong_fields
from fivegaps.web.collecting.services.events import Told, took_place
from fivegaps.web.surveys.models import State, Survey

FIELDS = {"address": "email"}


@dataclass(frozen=True, slots=True)
class Happened:
    """What another system tells; places and people by code, None where it does not say."""

    key: str
    happened_at: datetime
    email: str | None
    name: str | None
    lang: str | None
    unit: str | None
    channel: str | None
    touchpoint: str | None
    employee: str | None


def tell(*, survey: Survey, happened: Happened, at: datetime) -> Told:
    """Count the transaction and return what became of it.

    Raises:
        CallRefused: A field makes no sense, or the survey has no open wave.
    """
    present = selectors.present_wave(survey)
    if present is None or present.state != State.OPEN:
        raise CallRefused(410, "closed", "The survey has no open wave.")
    day = min(happened.happened_at, at).date()
    unit = selectors.unit_with(happened.unit, day) if happened.unit else None
    channel = selectors.channel_with(happened.channel, day) if happened.channel else None
    touchpoint = (
        selectors.touchpoint_with(happened.touchpoint, day) if happened.touchpoint else None
    )
    employee = selectors.employee_with(happened.employee, day) if happened.employee else None
    named = {"unit": unit, "channel": channel, "touchpoint": touchpoint, "employee": employee}
    unknown = [
        FieldError(name, "unknown", "Nothing that is open has this code.")
        for name, found in named.items()
        if getattr(happened, name) and found is None
    ]
    if unknown:
        raise wrong_fields(*unknown)
    try:
        return took_place(
            actor=None,
            survey=survey,
            address=happened.email or "",
            name=happened.name or "",
            lang=happened.lang or "",
            unit=unit,
            channel=channel,
            touchpoint=touchpoint,
            employee=employee,
            key=happened.key,
            happened_at=happened.happened_at,
            at=at,
        )
    except ValidationError as error:
        raise wrong_fields(*_errors(error)) from None


def _errors(error: ValidationError) -> list[FieldError]:
    if not hasattr(error, "error_dict"):
        return [FieldError("body", "refused", text) for text in error.messages]
    return [
        FieldError(FIELDS.get(name, name), "refused", text)
        for name, texts in error.message_dict.items()
        for text in texts
    ]

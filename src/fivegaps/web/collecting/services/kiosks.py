"""Put a kiosk up, take it out of use, and take what it sends."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.collecting.kiosks import KioskDoor, single_questions
from fivegaps.web.collecting.models import Kiosk, KioskMode
from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy
from fivegaps.web.surveys.models import Identification, Link, Response, Survey
from fivegaps.web.surveys.refusals import NotOpen
from fivegaps.web.surveys.selectors import fields_in, sent, waves_of
from fivegaps.web.surveys.services.programmes import add_link
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import read_sheet

# A device without network is believed about when somebody answered, for so long.
LONGEST_WAIT = timedelta(days=60)


@transaction.atomic
def add_kiosk(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    place: str,
    unit: Unit | None,
    channel: Channel | None,
    mode: str,
    outcome: str,
    idle_seconds: int,
    pause_seconds: int,
    at: datetime,
) -> Kiosk:
    """Return a new device; it uses the open link of its place, a new one where there is none.

    Raises:
        ValidationError: The survey is anonymous, or does not ask this question.
    """
    if survey.identification == Identification.ANONYMOUS:
        raise ValidationError(
            _(
                "This survey is anonymous. A kiosk sends answers one by one, so who stood there "
                "could be told from the time; use links or invitations instead."
            )
        )
    outcome = outcome if mode == KioskMode.ONE else ""
    if mode == KioskMode.ONE:
        asked = {one for one, _title in single_questions(waves_of(survey)[0], "en")}
        if outcome not in asked:
            raise ValidationError({"outcome": _("Choose the question that is asked.")})
    link = _link(actor, survey, unit, channel, at)
    kiosk = Kiosk(
        link=link,
        token=secrets.token_urlsafe(9),
        place=tidy(place),
        mode=mode,
        outcome=outcome,
        idle_seconds=idle_seconds,
        pause_seconds=pause_seconds,
        created_at=at,
    )
    kiosk.full_clean()
    kiosk.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="kiosk", subject=kiosk.id, at=at)
    return kiosk


@transaction.atomic
def revoke_kiosk(*, actor: audit.Actor, kiosk: Kiosk, at: datetime) -> Kiosk:
    """Take a device out of use for good: its address leads nowhere."""
    if Kiosk.objects.filter(id=kiosk.id, revoked_at=None).update(revoked_at=at):
        audit.record(actor=actor, verb="revoked", kind="kiosk", subject=kiosk.id, at=at)
    kiosk.refresh_from_db()
    return kiosk


def take_from_kiosk(
    *,
    found: KioskDoor,
    wave_id: UUID,
    submission_id: UUID,
    values: Mapping[str, str],
    lang: str,
    is_trial: bool,
    started_at: datetime | None,
    answered_at: datetime | None,
    consent: int | None = None,
    at: datetime,
) -> Response:
    """Record what a device sends, once; it may have waited there without network.

    ``consent`` is the number of the consent text that it showed.

    Raises:
        NotOpen: The wave in which it was answered takes no answers any more.
        SheetRefused: It holds what is not asked.
        OtherContent: Something else was recorded under this id.
    """
    earlier = sent(found.door.survey, submission_id)
    wave = earlier.wave if earlier is not None else found.door.wave
    if wave is None or wave.id != wave_id or (earlier is None and not found.is_open):
        raise NotOpen
    sheet = read_sheet(fields_in(wave), values, named=False)
    believed = answered_at is not None and at - LONGEST_WAIT <= answered_at <= at
    return submit(
        way=found.door.way,
        wave=wave,
        submission_id=submission_id,
        sheet=sheet,
        lang=lang,
        is_trial=is_trial,
        started_at=started_at,
        consent=consent,
        at=answered_at if believed and answered_at is not None else at,
    )


def _link(
    actor: audit.Actor | None,
    survey: Survey,
    unit: Unit | None,
    channel: Channel | None,
    at: datetime,
) -> Link:
    rows = Link.objects.filter(
        survey=survey, unit=unit, channel=channel, touchpoint=None, employee=None, closed_at=None
    )
    return rows.first() or add_link(
        actor=actor, survey=survey, unit=unit, channel=channel, touchpoint=None, at=at
    )

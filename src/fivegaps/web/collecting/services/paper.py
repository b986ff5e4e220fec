"""Key in forms that came on paper: once, with a way back, and a second time to count slips."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from fivegaps.web.collecting.models import PaperBatch, PaperForm
from fivegaps.web.collecting.paper import next_number
from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.shared import audit
from fivegaps.web.surveys.consents import number_on
from fivegaps.web.surveys.models import Identification, Quarantine, Source, State, Wave
from fivegaps.web.surveys.selectors import fields_in, languages_in
from fivegaps.web.surveys.services.submitting import submit
from fivegaps.web.surveys.sheet import SheetRefused, read_sheet
from fivegaps.web.surveys.strict import Refusal
from fivegaps.web.surveys.ways import Way

NOON = time(12, tzinfo=UTC)


@transaction.atomic
def open_batch(
    *,
    actor: audit.Actor | None,
    wave: Wave,
    unit: Unit | None,
    channel: Channel | None,
    filled_on: date,
    lang: str,
    at: datetime,
) -> PaperBatch:
    """Return a new batch: forms of one place and day.

    Raises:
        ValidationError: The wave takes no answers, promises anonymity, or the day is to come.
    """
    if wave.survey.identification == Identification.ANONYMOUS:
        raise ValidationError(
            _("This survey is anonymous. Who keys a sheet has seen it; ask by link or invitation.")
        )
    if wave.state not in {State.PILOT, State.OPEN}:
        raise ValidationError(_("Open the wave first; a closed wave takes no more forms."))
    if filled_on > at.date():
        raise ValidationError({"filled_on": _("This day is still to come.")})
    if lang not in languages_in(wave):
        raise ValidationError({"lang": _("The survey is not offered in this language.")})
    batch = PaperBatch(
        wave=wave, unit=unit, channel=channel, filled_on=filled_on, lang=lang, created_at=at
    )
    batch.full_clean()
    batch.save(force_insert=True)
    audit.record(actor=actor, verb="began", kind="paper", subject=batch.id, at=at)
    return batch


@transaction.atomic
def key_form(*, batch: PaperBatch, submission_id: UUID, values: Mapping[str, str]) -> PaperForm:
    """Record a sheet and return it with its number; keyed again under the same id, the first.

    Raises:
        NotOpen: The wave was closed.
        OtherContent: Something else was keyed under this id.
        SheetRefused: An answer cannot be taken, or there is none.
    """
    wave = batch.wave
    sheet = read_sheet(fields_in(wave), values, named=False)
    if sheet.is_empty:
        raise SheetRefused(Refusal("", "empty", _("Nothing is keyed yet."), mendable=True))
    # One at a time within a batch, so that numbers stay without gaps.
    PaperBatch.objects.select_for_update().get(id=batch.id)
    response = submit(
        way=Way(
            source=Source.PAPER,
            survey_id=wave.survey_id,
            unit_id=batch.unit_id,
            channel_id=batch.channel_id,
        ),
        wave=wave,
        submission_id=submission_id,
        sheet=sheet,
        lang=batch.lang,
        is_trial=False,
        started_at=None,
        consent=number_on(wave.survey, batch.filled_on),
        at=datetime.combine(batch.filled_on, NOON),
    )
    known = PaperForm.objects.filter(response=response).first()
    if known is not None:
        return known
    form = PaperForm(batch=batch, number=next_number(batch), response=response)
    form.save(force_insert=True)
    return form


@transaction.atomic
def undo_last(*, actor: audit.Actor, batch: PaperBatch, at: datetime) -> int | None:
    """Take back the form keyed last and return its number; None when there is none.

    Raises:
        ValidationError: The wave was closed: its answers stand.
    """
    wave = Wave.objects.select_for_update().get(id=batch.wave_id)
    if wave.state == State.CLOSED:
        raise ValidationError(_("The wave is closed; its answers stand."))
    last = PaperForm.objects.filter(batch=batch).order_by("-number").first()
    if last is None:
        return None
    number, response = last.number, last.response
    last.delete()
    if response is not None:
        Quarantine.objects.filter(response=response).delete()
        response.delete()
    if wave.quota is not None:
        Wave.objects.filter(id=wave.id, accepted__gt=0).update(accepted=F("accepted") - 1)
    audit.record(actor=actor, verb="took back", kind="paper", subject=batch.id, at=at)
    return number


@transaction.atomic
def sample_forms(*, actor: audit.Actor, batch: PaperBatch, n: int, at: datetime) -> list[int]:
    """Draw forms by lot to be keyed a second time, and return their numbers."""
    rows = PaperForm.objects.filter(batch=batch, is_sampled=False).values_list("id", "number")
    free = list(rows)
    chosen = secrets.SystemRandom().sample(free, min(n, len(free)))
    PaperForm.objects.filter(id__in=[one for one, _number in chosen]).update(is_sampled=True)
    audit.record(actor=actor, verb="sampled", kind="paper", subject=batch.id, at=at)
    return sorted(number for _id, number in chosen)


@transaction.atomic
def key_again(*, form: PaperForm, values: Mapping[str, str], at: datetime) -> PaperForm:
    """Keep the second keying of a sheet; the first stands whatever the second says.

    Raises:
        SheetRefused: An answer cannot be taken.
    """
    sheet = read_sheet(fields_in(form.batch.wave), values, named=False)
    form.second_codes, form.second_other, form.second_at = sheet.codes, dict(sheet.other), at
    form.save(update_fields=["second_codes", "second_other", "second_at"])
    return form

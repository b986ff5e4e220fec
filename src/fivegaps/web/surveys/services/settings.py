"""What a survey is called and looks like; when its wave ends; a copy of it."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.shared import audit
from fivegaps.web.shared.outbox import services as outbox
from fivegaps.web.shared.outbox.kinds import Later, Settle, Task
from fivegaps.web.shared.text import tidy
from fivegaps.web.surveys.colours import FEWEST_CONTRAST, contrast_with_white
from fivegaps.web.surveys.consents import present_number
from fivegaps.web.surveys.editing import questionnaire_of
from fivegaps.web.surveys.models import InstrumentVersion, State, Survey, Voice, Wave
from fivegaps.web.surveys.services.programmes import add_link, add_wave, move_wave
from fivegaps.web.surveys.texts import lacking

CLOSES = "close-wave"
LARGEST_LOGO = 6 * 1024
PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}


@transaction.atomic
def change_survey(
    *,
    actor: audit.Actor,
    survey: Survey,
    title: str,
    languages: Sequence[str],
    rhythm: str,
    names_employee: bool,
    colour: str,
    logo: bytes | None,
    at: datetime,
) -> Survey:
    """Change a survey's settings; ``logo`` None keeps the present one, empty takes it away.

    Raises:
        ValidationError: The colour cannot be read on white, or the logo is no small picture.
    """
    survey.title = tidy(title)
    kept = [lang for lang in survey.languages if lang in languages]
    survey.languages = kept + [lang for lang in languages if lang not in kept]
    if missing := lacking(questionnaire_of(survey).shown_texts, survey.languages[0]):
        told = _("The first language must be complete; it lacks %(n)s texts.")
        raise ValidationError({"languages": told % {"n": len(missing)}})
    survey.rhythm = rhythm
    survey.names_employee = names_employee and survey.voice == Voice.CUSTOMERS
    survey.colour = _colour(colour)
    if logo is not None:
        survey.logo = _picture(logo)
    survey.full_clean()
    survey.save()
    audit.record(actor=actor, verb="changed", kind="survey", subject=survey.id, at=at)
    return survey


def _colour(colour: str) -> str:
    if not colour:
        return ""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValidationError({"colour": _("Write a colour as #15629f.")})
    contrast = contrast_with_white(colour)
    if contrast < FEWEST_CONTRAST:
        told = _(
            "On white its contrast is %(contrast)s to 1, and words need at least 4.5 to 1:"
            " choose a darker one."
        )
        raise ValidationError({"colour": told % {"contrast": f"{contrast:.1f}"}})
    return colour.lower()


def _picture(logo: bytes) -> str:
    if not logo:
        return ""
    kind = next((kind for begin, kind in PICTURES.items() if logo.startswith(begin)), None)
    if kind is None:
        raise ValidationError({"logo": _("The file is neither a PNG nor a JPEG picture.")})
    if len(logo) > LARGEST_LOGO:
        told = _("The picture has %(size)s KiB; at most 6 are taken.")
        raise ValidationError({"logo": told % {"size": f"{len(logo) / 1024:.0f}"}})
    return f"data:image/{kind};base64,{base64.b64encode(logo).decode()}"


@transaction.atomic
def change_wave(
    *,
    actor: audit.Actor,
    wave: Wave,
    closes_at: datetime | None,
    quota: int | None,
    at: datetime,
) -> Wave:
    """Set when a wave closes by itself; the worker closes it then.

    Raises:
        ValidationError: It is closed, or the instant is past, or the quota is reached.
    """
    held = Wave.objects.select_for_update().get(id=wave.id)
    if held.state == State.CLOSED:
        raise ValidationError(_("This wave is closed."))
    if closes_at is not None and closes_at <= at:
        raise ValidationError({"closes_at": _("Choose a time that is still to come.")})
    if quota is not None and quota < held.accepted:
        told = _("%(n)s answers have come already.") % {"n": held.accepted}
        raise ValidationError({"quota": told})
    held.closes_at, held.quota = closes_at, quota
    held.save(update_fields=["closes_at", "quota"])
    if closes_at is not None:
        key = f"{CLOSES} {wave.id} {closes_at.isoformat()}"
        payload = {"wave": str(wave.id)}
        outbox.put(kind=CLOSES, payload=payload, due_at=closes_at, at=at, key=key)
    audit.record(actor=actor, verb="set its end", kind="wave", subject=wave.id, at=at)
    return held


def close_when_due(task: Task) -> Settle | None:
    """Close the wave of an errand when its time has come; it may have been changed since."""
    wave = Wave.objects.filter(id=task.payload["wave"]).first()
    if wave is None or wave.closes_at is None or wave.state not in {State.PILOT, State.OPEN}:
        return None
    if wave.closes_at > task.at:
        raise Later(wave.closes_at)
    move_wave(actor=None, wave=wave, verb="close", at=task.at)
    return None


@transaction.atomic
def copy_survey(
    *, actor: audit.Actor, survey: Survey, title: str, wave: str, at: datetime
) -> Survey:
    """Return a new survey with the latest questionnaire, a first wave and a link; no answers."""
    latest = InstrumentVersion.objects.get(id=questionnaire_of(survey).version_id)
    copied = Survey(
        title=tidy(title),
        created_at=at,
        consent=present_number(None),
        **{
            name: getattr(survey, name)
            for name in (
                "identification",
                "voice",
                "rhythm",
                "names_employee",
                "languages",
                "colour",
                "logo",
                "retention_months",
                "tells_unit",
            )
        },
    )
    copied.full_clean()
    copied.save(force_insert=True)
    InstrumentVersion.objects.create(
        survey=copied,
        number=1,
        toml=latest.toml,
        extras=latest.extras,
        sha256=latest.sha256,
        created_at=at,
    )
    audit.record(actor=actor, verb="copied", kind="survey", subject=copied.id, at=at)
    add_wave(actor=actor, survey=copied, name=wave, quota=None, at=at)
    add_link(actor=actor, survey=copied, unit=None, channel=None, touchpoint=None, at=at)
    return copied

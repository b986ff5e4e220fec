"""Survey programmes, their waves and links."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import InstrumentRefused
from fivegaps.model.wave import WaveVerb, state_after
from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy
from fivegaps.web.surveys.consents import present_number
from fivegaps.web.surveys.models import (
    Draft,
    Identification,
    InstrumentVersion,
    Link,
    Reach,
    State,
    Survey,
    Voice,
    Wave,
)
from fivegaps.web.surveys.own_questions import NONE, to_json
from fivegaps.web.surveys.questionnaire import digest, freeze
from fivegaps.web.surveys.services.anonymous import let_all_go
from fivegaps.web.surveys.voices import freeze_voice

PAST = {"try_out": "put on trial", "open": "opened", "close": "closed"}


@transaction.atomic
def create_survey(
    *,
    actor: audit.Actor | None,
    title: str,
    pack: str,
    profile: str,
    identification: str,
    languages: Sequence[str],
    outcomes: Sequence[str],
    points: bool,
    wave: str,
    tells_unit: bool = False,
    voice: str = Voice.CUSTOMERS,
    at: datetime,
) -> Survey:
    """Return a new survey with its questionnaire frozen, a first wave and a link without unit.

    Managers and employees are asked one of their own questionnaires, and never for a name.

    Raises:
        ValidationError: The pack or profile is unknown, or lacks a language.
    """
    extras = NONE
    try:
        if voice == Voice.CUSTOMERS:
            toml = freeze(
                pack, profile=profile, languages=languages, outcomes=outcomes, points=points
            )
        elif identification == Identification.IDENTIFIED:
            raise ValidationError({"identification": _("Staff are never asked for a name.")})
        else:
            toml, extras = freeze_voice(pack, voice=voice, profile=profile, languages=languages)
    except InstrumentRefused as error:
        raise ValidationError({"pack": str(error)}) from None
    survey = Survey(
        title=tidy(title),
        identification=identification,
        voice=voice,
        tells_unit=tells_unit,
        consent=present_number(None),
        languages=list(languages),
        created_at=at,
    )
    survey.full_clean()
    survey.save(force_insert=True)
    version = InstrumentVersion(
        survey=survey,
        number=1,
        toml=toml,
        extras=to_json(extras),
        sha256=digest(toml),
        created_at=at,
    )
    version.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="survey", subject=survey.id, at=at)
    add_wave(actor=actor, survey=survey, name=wave, quota=None, at=at)
    add_link(actor=actor, survey=survey, unit=None, channel=None, touchpoint=None, at=at)
    return survey


@transaction.atomic
def add_wave(
    *, actor: audit.Actor | None, survey: Survey, name: str, quota: int | None, at: datetime
) -> Wave:
    """Return a further wave with the latest questionnaire; one wave at a time is not closed.

    Raises:
        ValidationError: Another wave is not closed, or the name is taken.
    """
    if Wave.objects.filter(survey=survey).exclude(state=State.CLOSED).exists():
        raise ValidationError(_("Close the present wave before you add another."))
    version = InstrumentVersion.objects.filter(survey=survey).order_by("-number")[0]
    wave = Wave(survey=survey, version=version, name=tidy(name), quota=quota)
    wave.full_clean()
    wave.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="wave", subject=wave.id, at=at)
    return wave


@transaction.atomic
def move_wave(*, actor: audit.Actor | None, wave: Wave, verb: WaveVerb, at: datetime) -> Wave:
    """Try a wave out, open it or close it. Trial answers stay marked as such for ever.

    Closing empties what people saved and never sent: it stays a count.

    Raises:
        ValidationError: The wave's state does not allow it (any more).
    """
    after = state_after(wave.state, verb)
    if after is None:
        raise ValidationError(_("This wave has moved on meanwhile. Look at it again."))
    changes: dict[str, object] = {"state": after}
    if after == "open":
        changes["opened_at"] = at
    if after == "closed":
        changes["closed_at"] = at
    if not Wave.objects.filter(id=wave.id, state=wave.state).update(**changes):
        raise ValidationError(_("This wave has moved on meanwhile. Look at it again."))
    if after == "closed":
        Draft.objects.filter(wave=wave).update(codes=b"", other={})
        if wave.survey.identification == Identification.ANONYMOUS:
            let_all_go(wave=wave)
    wave.refresh_from_db()
    audit.record(actor=actor, verb=PAST[verb], kind="wave", subject=wave.id, at=at)
    return wave


@transaction.atomic
def add_link(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    unit: Unit | None,
    channel: Channel | None,
    touchpoint: Touchpoint | None,
    employee: Employee | None = None,
    at: datetime,
) -> Link:
    """Return a new open link; answers through it count for its place.

    Raises:
        ValidationError: An open link for the same place is there, or the unit is closed.
    """
    if unit is not None and unit.closed_on is not None:
        raise ValidationError({"unit": _("This unit is closed; choose one that is open.")})
    same = Link.objects.filter(
        survey=survey,
        unit=unit,
        channel=channel,
        touchpoint=touchpoint,
        employee=employee,
        closed_at=None,
    )
    if same.exists():
        raise ValidationError(_("There is such a link already."))
    link = Link(
        survey=survey,
        token=secrets.token_urlsafe(9),
        unit=unit,
        channel=channel,
        touchpoint=touchpoint,
        employee=employee,
        created_at=at,
    )
    link.full_clean()
    link.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="link", subject=link.id, at=at)
    return link


@transaction.atomic
def close_link(*, actor: audit.Actor, link: Link, at: datetime) -> Link:
    """Close a link for good: who opens it is told so."""
    if Link.objects.filter(id=link.id, closed_at=None).update(closed_at=at):
        audit.record(actor=actor, verb="closed", kind="link", subject=link.id, at=at)
    link.refresh_from_db()
    return link


@transaction.atomic
def enter_reach(
    *,
    actor: audit.Actor,
    wave: Wave,
    unit: Unit | None,
    served: int | None,
    asked: int | None,
    at: datetime,
) -> None:
    """Keep how many customers a unit served and asked during a wave.

    Raises:
        ValidationError: More were asked than served.
    """
    if served is not None and asked is not None and asked > served:
        raise ValidationError({"asked": _("More were asked than served.")})
    Reach.objects.update_or_create(
        wave=wave, unit=unit, defaults={"served": served, "asked": asked}
    )
    audit.record(actor=actor, verb="entered reach", kind="wave", subject=wave.id, at=at)

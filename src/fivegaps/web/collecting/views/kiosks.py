"""Staff pages of kiosks: which there are, a new one, one less."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.collecting import kiosks
from fivegaps.web.collecting.kiosk_forms import KioskForm
from fivegaps.web.collecting.posters import qr_picture
from fivegaps.web.collecting.services import kiosks as services
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.tabs import Tab, tabs_of


@dataclass(frozen=True, slots=True)
class KioskLine:
    """A device as staff sees it."""

    id: UUID
    place: str
    unit: str
    channel: str
    mode: str
    address: str
    picture: str
    revoked_at: datetime | None
    may_revoke: bool


@dataclass(frozen=True, slots=True)
class KiosksPage:
    """The devices of a survey."""

    survey_id: UUID
    title: str
    lines: tuple[KioskLine, ...]
    may_add: bool
    is_anonymous: bool
    tabs: tuple[Tab, ...]


@require_safe
@needs(Right.SEE_SURVEYS)
def kiosk_list(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show the devices of a survey that this person sees."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    may_change = request.member.may_everywhere(Right.CHANGE_SURVEYS)
    is_anonymous = survey.identification == "anonymous"
    lines = []
    for one in kiosks.kiosks_visible_to(request.member, survey):
        link, is_used = one.link, one.revoked_at is None
        address = settings.PUBLIC_URL + reverse("kiosk", args=[one.token])
        lines.append(
            KioskLine(
                id=one.id,
                place=one.place,
                unit="" if link.unit is None else link.unit.name,
                channel="" if link.channel is None else link.channel.name,
                mode=one.get_mode_display(),
                address=address,
                picture=qr_picture(address) if is_used else "",
                revoked_at=one.revoked_at,
                may_revoke=may_change and is_used,
            )
        )
    page = KiosksPage(
        survey_id=survey.id,
        title=survey.title,
        lines=tuple(lines),
        may_add=may_change and not is_anonymous,
        is_anonymous=is_anonymous,
        tabs=tabs_of(request.member, survey.id, survey.voice, "kiosks"),
    )
    return render(request, "collecting/kiosks.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS)
def add_kiosk(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Put up a device."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    wave = selectors.waves_of(survey)[0]
    form = KioskForm(
        request.POST if request.method == "POST" else None,
        initial={"mode": "whole", "idle_seconds": 60, "pause_seconds": 5},
        units=selectors.open_units(request.member),
        may_whole=request.member.may_everywhere(Right.CHANGE_SURVEYS),
        outcomes=kiosks.single_questions(wave, request.LANGUAGE_CODE),
    )
    if form.is_valid():
        try:
            services.add_kiosk(
                actor=request.member, survey=survey, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("kiosks", survey_id=survey.id)
    return render(request, "collecting/kiosk_form.html", {"form": form, "survey": survey})


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def revoke_kiosk(request: MemberRequest, survey_id: UUID, kiosk_id: UUID) -> HttpResponse:
    """Take a device out of use."""
    survey = selectors.survey_for(request.member, survey_id)
    kiosk = None if survey is None else kiosks.kiosk_for(request.member, survey, kiosk_id)
    if kiosk is None:
        raise Http404
    services.revoke_kiosk(actor=request.member, kiosk=kiosk, at=timezone.now())
    return redirect("kiosks", survey_id=survey_id)

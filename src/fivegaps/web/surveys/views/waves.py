"""What staff do with waves."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fivegaps.model.wave import WaveVerb
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.forms import ReachForm, WaveForm
from fivegaps.web.surveys.services import programmes

VERBS: dict[str, WaveVerb] = {"try_out": "try_out", "open": "open", "close": "close"}


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def move_wave(request: MemberRequest, survey_id: UUID, wave_id: UUID) -> HttpResponse:
    """Try a wave out, open it, close it."""
    wave = selectors.wave_for(request.member, survey_id, wave_id)
    verb = VERBS.get(request.POST.get("verb", ""))
    if wave is None or verb is None:
        raise Http404
    try:
        programmes.move_wave(actor=request.member, wave=wave, verb=verb, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("survey", survey_id=survey_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def add_wave(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Field the same questionnaire again."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    form = WaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            programmes.add_wave(
                actor=request.member, survey=survey, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("survey", survey_id=survey_id)
    words = {"form": form, "survey": survey, "title": _("Add a wave")}
    return render(request, "surveys/survey_part_form.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def enter_reach(request: MemberRequest, survey_id: UUID, wave_id: UUID) -> HttpResponse:
    """Enter how many customers were served and asked."""
    wave = selectors.wave_for(request.member, survey_id, wave_id)
    if wave is None:
        raise Http404
    form = ReachForm(
        request.POST if request.method == "POST" else None,
        units=selectors.open_units(request.member),
    )
    if form.is_valid():
        try:
            programmes.enter_reach(
                actor=request.member, wave=wave, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("survey", survey_id=survey_id)
    words = {"form": form, "survey": wave.survey, "title": _("Customers served and asked")}
    return render(request, "surveys/survey_part_form.html", words)

"""Pages of what a survey is called, how it looks, when its wave ends; and its copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing_forms import CopyForm, SurveySettingsForm, WaveSettingsForm
from fivegaps.web.surveys.services import settings
from fivegaps.web.surveys.views.editing import survey_to_change

LARGEST_UPLOAD = 512 * 1024


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def change_survey(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Change a survey's title, languages, rhythm, colour and logo."""
    survey = survey_to_change(request, survey_id)
    names = ("title", "languages", "rhythm", "names_employee", "colour")
    form = SurveySettingsForm(
        request.POST if request.method == "POST" else None,
        request.FILES or None,
        initial={name: getattr(survey, name) for name in names},
    )
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in names}
        try:
            settings.change_survey(
                actor=request.member,
                survey=survey,
                logo=_logo(form.cleaned_data["logo"], gone=form.cleaned_data["without_logo"]),
                at=timezone.now(),
                **given,
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("survey", survey_id=survey_id)
    kept = survey_to_change(request, survey_id)
    return render(request, "surveys/edit_settings.html", {"form": form, "survey": kept})


def _logo(uploaded: UploadedFile[Any] | None, *, gone: bool) -> bytes | None:
    if gone:
        return b""
    if uploaded is None:
        return None
    return bytes(uploaded.read(LARGEST_UPLOAD))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def change_wave(request: MemberRequest, survey_id: UUID, wave_id: UUID) -> HttpResponse:
    """Set when a wave closes by itself."""
    wave = selectors.wave_for(request.member, survey_id, wave_id)
    if wave is None:
        raise Http404
    form = WaveSettingsForm(
        request.POST if request.method == "POST" else None,
        initial={"closes_at": wave.closes_at, "quota": wave.quota},
    )
    if form.is_valid():
        try:
            settings.change_wave(
                actor=request.member, wave=wave, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("survey", survey_id=survey_id)
    words = {"form": form, "survey": wave.survey, "title": _("End of the wave")}
    return render(request, "surveys/survey_part_form.html", words)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def copy_survey(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Make a new survey with the same questionnaire."""
    survey = survey_to_change(request, survey_id)
    initial = {
        "title": _("%(title)s (copy)") % {"title": survey.title[:100]},
        "wave": str(timezone.localdate().year),
    }
    form = CopyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            copied = settings.copy_survey(
                actor=request.member, survey=survey, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("survey", survey_id=copied.id)
    words = {"form": form, "survey": survey, "title": _("Copy this survey")}
    return render(request, "surveys/survey_part_form.html", words)

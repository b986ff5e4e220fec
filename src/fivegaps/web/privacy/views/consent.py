"""What respondents are told, for the organisation and for a survey; how long answers stay."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.privacy.forms import ConsentForm, RetentionForm
from fivegaps.web.privacy.services.retention import set_retention
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.consents import Version, versions_of
from fivegaps.web.surveys.services.consenting import write_consent
from fivegaps.web.surveys.tabs import Tab, tabs_of

ALL = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True, slots=True)
class SurveyPrivacyPage:
    """What respondents of one survey are promised."""

    id: UUID
    title: str
    tabs: tuple[Tab, ...]
    identification: str
    is_anonymous: bool
    tells_unit: bool
    versions: tuple[Version, ...]
    whose: str


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def consent(request: MemberRequest) -> HttpResponse:
    """Write the text that holds for every survey without one of its own."""
    versions = versions_of(None)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        languages=ALL,
        initial=versions[0].texts if versions else {},
    )
    if form.is_valid():
        try:
            write_consent(
                actor=request.member, survey=None, texts=form.cleaned_data, at=timezone.now()
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved. Forms that are opened from now on show it."))
            return redirect("consent")
    return render(request, "privacy/consent.html", {"form": form, "versions": versions})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def survey_privacy(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show what a survey's respondents are promised; write its own consent text."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    versions = versions_of(survey)
    form = ConsentForm(
        request.POST if request.method == "POST" else None,
        languages=survey.languages,
        initial=versions[0].texts if versions else {},
    )
    if form.is_valid():
        try:
            write_consent(
                actor=request.member, survey=survey, texts=form.cleaned_data, at=timezone.now()
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved. Forms that are opened from now on show it."))
            return redirect("survey_privacy", survey_id=survey_id)
    own = bool(versions) and any(versions[0].texts.values())
    page = SurveyPrivacyPage(
        id=survey.id,
        title=survey.title,
        tabs=tabs_of(request.member, survey.id, survey.voice, "survey_privacy"),
        identification=survey.get_identification_display(),
        is_anonymous=survey.identification == "anonymous",
        tells_unit=survey.tells_unit,
        versions=tuple(versions),
        whose="" if survey.consent is None else "own" if own else "organisation",
    )
    stay = RetentionForm(initial={"months": survey.retention_months})
    return render(request, "privacy/survey.html", {"page": page, "form": form, "stay": stay})


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def retention(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Set how long a survey's answers stay."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    form = RetentionForm(request.POST)
    if form.is_valid():
        set_retention(
            actor=request.member,
            survey=survey,
            months=form.cleaned_data["months"],
            at=timezone.now(),
        )
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Give whole months from 1 to 240, or leave it empty."))
    return redirect("survey_privacy", survey_id=survey_id)

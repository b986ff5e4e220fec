"""The page of a new survey of managers or employees."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys.forms import StaffSurveyForm
from fivegaps.web.surveys.services import programmes
from fivegaps.web.surveys.tabs import voice_tabs


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def add_staff_survey(request: MemberRequest, voice: str) -> HttpResponse:
    """Choose a questionnaire of managers or of employees and make a survey of it."""
    if voice not in {"managers", "employees"}:
        raise Http404
    initial = {
        "pack": f"{voice}-on-customers",
        "languages": [request.LANGUAGE_CODE],
        "wave": str(timezone.localdate().year),
    }
    posted = request.POST if request.method == "POST" else None
    form = StaffSurveyForm(posted, initial=initial, voice=voice)
    if form.is_valid():
        try:
            survey = programmes.create_survey(
                actor=request.member,
                voice=voice,
                outcomes=[],
                points=False,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("survey", survey_id=survey.id)
    return render(request, "surveys/survey_form.html", {"form": form, "voices": voice_tabs(voice)})

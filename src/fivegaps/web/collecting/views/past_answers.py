"""Past answers: take a file, show what it would do, apply it whole or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.errors import FileRefused, InstrumentRefused
from fivegaps.web.collecting.past import PastLine, past_waves, staged_answers
from fivegaps.web.collecting.past_answers import BESIDE
from fivegaps.web.collecting.past_forms import PastForm
from fivegaps.web.collecting.services import past_answers as services
from fivegaps.web.collecting.services.past_answers import PastTrial
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.views.importing import told
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.tabs import Tab, tabs_of


@dataclass(frozen=True, slots=True)
class PastPage:
    """The waves of a survey that came from files."""

    survey_id: UUID
    title: str
    waves: tuple[PastLine, ...]
    tabs: tuple[Tab, ...]


@dataclass(frozen=True, slots=True)
class TrialPage:
    """What a staged file would do."""

    survey_id: UUID
    title: str
    staged_id: UUID
    file_name: str
    wave_name: str
    trial: PastTrial | None
    faults: tuple[str, ...]
    more_faults: int


@require_safe
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def past_page(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show which waves came from files."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    page = PastPage(
        survey_id=survey.id,
        title=survey.title,
        waves=past_waves(survey),
        tabs=tabs_of(request.member, survey.id, survey.voice, "past"),
    )
    return render(request, "collecting/past.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def add_past(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Take a file and stage it."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    posted = request.method == "POST"
    form = PastForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        initial={key: key for key in BESIDE},
    )
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            staged = services.stage_answers(
                actor=request.member,
                survey=survey,
                wave_name=form.cleaned_data["wave_name"],
                ended_on=form.cleaned_data["ended_on"],
                columns=form.columns,
                file_name=file.name or "",
                file=file.file,
                at=timezone.now(),
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("try_past", survey_id=survey.id, staged_id=staged.id)
    return render(request, "collecting/past_form.html", {"form": form, "survey": survey})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def try_past(request: MemberRequest, survey_id: UUID, staged_id: UUID) -> HttpResponse:
    """Show what a staged file would do; store it when asked."""
    survey = selectors.survey_for(request.member, survey_id)
    staged = None if survey is None else staged_answers(request.member, survey, staged_id)
    if survey is None or staged is None:
        raise Http404
    trial: PastTrial | None = None
    faults: tuple[str, ...] = ()
    try:
        if request.method == "POST":
            trial = services.apply_answers(actor=request.member, staged=staged, at=timezone.now())
            counted = {"new": trial.new, "known": trial.known}
            told_all = _("%(new)s answers stored; %(known)s were here already.") % counted
            messages.success(request, told_all)
            return redirect("past", survey_id=survey.id)
        trial = services.try_answers(staged=staged)
        faults = tuple(told(fault) for fault in trial.faults)
    except (FileRefused, InstrumentRefused) as refused:
        kept = services.staged_path(staged).name
        faults = tuple(told(fault).replace(kept, staged.file_name) for fault in refused.faults)
    except ValidationError as error:
        messages.error(request, error.messages[0])
        return redirect("try_past", survey_id=survey.id, staged_id=staged.id)
    page = TrialPage(
        survey_id=survey.id,
        title=survey.title,
        staged_id=staged.id,
        file_name=staged.file_name,
        wave_name=staged.wave_name,
        trial=trial,
        faults=faults,
        more_faults=0 if trial is None else trial.more_faults,
    )
    return render(request, "collecting/past_trial.html", {"page": page})

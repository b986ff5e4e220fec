"""Staff pages of surveys: the list, a new one, one survey, how its form looks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.editing import draft_languages, wave_to_come
from fivegaps.web.surveys.floods import suspicious_in
from fivegaps.web.surveys.forms import SurveyForm
from fivegaps.web.surveys.lines import SurveyLine, WaveLine, survey_lines, wave_line
from fivegaps.web.surveys.parts import Part, part_of
from fivegaps.web.surveys.selectors import Door, Odd, Tally
from fivegaps.web.surveys.services import programmes
from fivegaps.web.surveys.tabs import Tab, tabs_of, voice_tabs
from fivegaps.web.surveys.views.answer_pages import Language, preview_form, switch
from fivegaps.web.surveys.ways import way_through


@dataclass(frozen=True, slots=True)
class SurveysPage:
    """The list of surveys."""

    lines: tuple[SurveyLine, ...]
    may_add: bool


@dataclass(frozen=True, slots=True)
class SurveyPage:
    """One survey: its present or last wave, what comes next, how many took part.

    ``whole`` sums the units, None where there is but one line.
    """

    id: UUID
    tabs: tuple[Tab, ...]
    title: str
    identification: str
    languages: tuple[str, ...]
    drafts: tuple[str, ...]
    questionnaire: str
    minutes: int
    wave: WaveLine | None
    past: tuple[WaveLine, ...]
    answered: int
    whole: Part | None
    tallies: tuple[Tally, ...]
    set_aside: tuple[Odd, ...]
    tests: int
    suspicious: int
    asks_customers: bool
    may_change: bool
    may_see_results: bool
    may_add_wave: bool


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """The form in the frame of a phone."""

    id: UUID
    title: str
    address: str
    is_next: bool
    languages: tuple[Language, ...]


@require_safe
@needs(Right.SEE_SURVEYS)
def surveys_page(request: MemberRequest) -> HttpResponse:
    """Show the surveys that this person may see."""
    page = SurveysPage(
        lines=survey_lines(selectors.surveys_visible_to(request.member)),
        may_add=request.member.may_everywhere(Right.CHANGE_SURVEYS),
    )
    return render(request, "surveys/surveys.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def add_survey(request: MemberRequest) -> HttpResponse:
    """Choose a questionnaire and make a survey of it."""
    initial = {
        "pack": "rater-22",
        "languages": [request.LANGUAGE_CODE],
        "outcomes": ["satisfaction", "recommend"],
        "wave": str(timezone.localdate().year),
    }
    form = SurveyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            survey = programmes.create_survey(
                actor=request.member, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("survey", survey_id=survey.id)
    words = {"form": form, "voices": voice_tabs("customers")}
    return render(request, "surveys/survey_form.html", words)


@require_safe
@needs(Right.SEE_SURVEYS)
def survey_page(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show one survey."""
    member = request.member
    survey = selectors.survey_for(member, survey_id)
    if survey is None:
        raise Http404
    waves = selectors.waves_of(survey)
    names = dict(settings.LANGUAGES)
    may_change = member.may_everywhere(Right.CHANGE_SURVEYS)
    told = selectors.told_of(waves[0], request.LANGUAGE_CODE)
    tallies = selectors.tallies(member, waves[0])
    is_closed = waves[0].state == "closed"
    page = SurveyPage(
        id=survey.id,
        tabs=tabs_of(member, survey.id, survey.voice, "survey"),
        title=survey.title,
        identification=survey.get_identification_display(),
        languages=tuple(str(names[code]) for code in survey.languages),
        drafts=tuple(str(names[code]) for code in draft_languages(waves[0])),
        questionnaire=told.title,
        minutes=told.minutes,
        wave=wave_line(waves[0], may_change=may_change),
        past=tuple(wave_line(wave, may_change=False) for wave in waves[1:]),
        answered=sum(one.answered for one in tallies),
        whole=part_of(tallies) if len(tallies) > 1 else None,
        tallies=tallies,
        set_aside=tuple(selectors.set_aside(member, survey)),
        tests=sum(one.tests for one in tallies),
        suspicious=suspicious_in(waves[0].id) if may_change else 0,
        asks_customers=survey.voice == "customers",
        may_change=may_change,
        may_see_results=member.may(Right.SEE_RESULTS),
        may_add_wave=may_change and is_closed,
    )
    return render(request, "surveys/survey.html", {"page": page})


@require_safe
@needs(Right.SEE_SURVEYS)
def preview(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show the form in the frame of a phone, language by language."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    lang = request.GET.get("lang", "")
    if lang not in survey.languages:
        lang = request.LANGUAGE_CODE
    if lang not in survey.languages:
        lang = survey.languages[0]
    is_next = "next" in request.GET
    framed = reverse("previewed_survey", args=[survey.id, lang])
    page = PreviewPage(
        id=survey.id,
        title=survey.title,
        address=f"{framed}?next=1" if is_next else framed,
        is_next=is_next,
        languages=switch(survey.languages, lang),
    )
    answer = render(request, "surveys/preview.html", {"page": page})
    answer._csp_update = {"frame-src": ["'self'"]}  # type: ignore[attr-defined]  # noqa: SLF001
    return answer


@require_safe
@needs(Right.SEE_SURVEYS)
def previewed(request: MemberRequest, survey_id: UUID, lang: str) -> HttpResponse:
    """Show the form as respondents will see it; it cannot be sent from here."""
    survey = selectors.survey_for(request.member, survey_id)
    links = [] if survey is None else selectors.links_visible_to(request.member, survey)
    if survey is None or lang not in survey.languages or not links:
        raise Http404
    is_next = "next" in request.GET
    wave = wave_to_come(survey) if is_next else selectors.waves_of(survey)[0]
    return preview_form(Door(survey, wave, way_through(links[0]), links[0].token), lang)

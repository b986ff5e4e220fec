"""The links of a survey: who may answer through which, a new one, one that ends."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.forms import LinkForm
from fivegaps.web.surveys.lines import LinkLine, link_lines
from fivegaps.web.surveys.services import programmes
from fivegaps.web.surveys.tabs import Tab, tabs_of


@dataclass(frozen=True, slots=True)
class LinksPage:
    """The links that this person sees, open ones first; ``state`` is that of the wave."""

    id: UUID
    tabs: tuple[Tab, ...]
    title: str
    state: str
    lines: tuple[LinkLine, ...]
    may_add: bool
    may_close: bool


@require_safe
@needs(Right.SEE_SURVEYS)
def survey_links(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show the links of a survey."""
    member = request.member
    survey = selectors.survey_for(member, survey_id)
    if survey is None:
        raise Http404
    may_close = member.may_everywhere(Right.CHANGE_SURVEYS)
    lines = link_lines(selectors.links_visible_to(member, survey), may_change=may_close)
    page = LinksPage(
        id=survey.id,
        tabs=tabs_of(member, survey.id, survey.voice, "survey_links"),
        title=survey.title,
        state=selectors.waves_of(survey)[0].state,
        lines=tuple(sorted(lines, key=_place)),
        may_add=member.may(Right.CHANGE_SURVEYS),
        may_close=any(line.may_close for line in lines),
    )
    return render(request, "surveys/survey_links.html", {"page": page})


def _place(line: LinkLine) -> tuple[bool, str, str]:
    return (line.closed_at is not None, line.unit, line.channel)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS)
def add_link(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Make a link for one place."""
    member = request.member
    survey = selectors.survey_for(member, survey_id)
    if survey is None:
        raise Http404
    form = LinkForm(
        request.POST if request.method == "POST" else None,
        units=selectors.open_units(member),
        may_whole=member.may_everywhere(Right.CHANGE_SURVEYS),
    )
    if form.is_valid():
        try:
            programmes.add_link(actor=member, survey=survey, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return redirect("survey_links", survey_id=survey_id)
    words = {"form": form, "survey": survey, "title": _("Add a link")}
    return render(request, "surveys/survey_part_form.html", words)


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def close_link(request: MemberRequest, survey_id: UUID, link_id: UUID) -> HttpResponse:
    """Close a link."""
    survey = selectors.survey_for(request.member, survey_id)
    link = None if survey is None else selectors.link_for(request.member, survey, link_id)
    if link is None:
        raise Http404
    programmes.close_link(actor=request.member, link=link, at=timezone.now())
    return redirect("survey_links", survey_id=survey_id)

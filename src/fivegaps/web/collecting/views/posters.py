"""Posters and table cards with the QR code of a link."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.views.decorators.http import require_safe

from fivegaps.web.collecting.posters import (
    SIZES,
    Poster,
    Sheets,
    Size,
    open_links,
    posters_pdf,
    sheets,
)
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.tabs import Tab, tabs_of

MOST_SHEETS = 50


@dataclass(frozen=True, slots=True)
class PostersPage:
    """The links of a survey that can be printed; ``files`` are the first numbers of each PDF."""

    survey_id: UUID
    title: str
    lines: tuple[tuple[UUID, Poster], ...]
    files: tuple[tuple[int, int], ...]
    may_add_link: bool
    tabs: tuple[Tab, ...]


@require_safe
@needs(Right.SEE_SURVEYS)
def posters(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Offer a poster and a card for each open link that this person sees."""
    survey = selectors.survey_for(request.member, survey_id)
    if survey is None:
        raise Http404
    links = open_links(request.member, survey)
    told = sheets(survey, links, "a4")
    page = PostersPage(
        survey_id=survey.id,
        title=survey.title,
        lines=tuple(zip((link.id for link in links), told.posters, strict=True)),
        files=tuple(
            (first, min(first + MOST_SHEETS - 1, len(links)))
            for first in range(1, len(links) + 1, MOST_SHEETS)
        ),
        may_add_link=request.member.may(Right.CHANGE_SURVEYS),
        tabs=tabs_of(request.member, survey.id, survey.voice, "posters"),
    )
    return render(request, "collecting/posters.html", {"page": page})


@require_safe
@needs(Right.SEE_SURVEYS)
def poster_file(request: MemberRequest, survey_id: UUID, link_id: UUID, size: str) -> HttpResponse:
    """Return the PDF of one link's poster."""
    survey = selectors.survey_for(request.member, survey_id)
    links = [] if survey is None else open_links(request.member, survey)
    chosen = [link for link in links if link.id == link_id]
    if survey is None or not chosen:
        raise Http404
    place = "" if chosen[0].unit is None else chosen[0].unit.name
    return _file(sheets(survey, chosen, _size(size)), f"{survey.title} {place}")


@require_safe
@needs(Right.SEE_SURVEYS)
def poster_files(request: MemberRequest, survey_id: UUID, size: str, first: int) -> HttpResponse:
    """Return one PDF with a page for each link, from a number on."""
    survey = selectors.survey_for(request.member, survey_id)
    links = [] if survey is None else open_links(request.member, survey)
    chosen = links[max(0, first - 1) :][:MOST_SHEETS]
    if survey is None or not chosen:
        raise Http404
    return _file(sheets(survey, chosen, _size(size)), survey.title)


def _size(text: str) -> Size:
    if text not in SIZES:
        raise Http404
    return "a4" if text == "a4" else "a6"


def _file(told: Sheets, title: str) -> HttpResponse:
    answer = HttpResponse(posters_pdf(told), "application/pdf")
    name = slugify(title) or "poster"
    answer["Content-Disposition"] = f'inline; filename="{name}-{told.size}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer

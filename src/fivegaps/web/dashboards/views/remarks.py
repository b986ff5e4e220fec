"""The page of what customers wrote."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.remarks import LONGEST_SEARCH, Leaf, leaf_of
from fivegaps.web.dashboards.views.results import address
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.text import tidy


@dataclass(frozen=True, slots=True)
class RemarksPage:
    """A leaf of remarks of one place; protected waves are read whole, without search."""

    name: str
    survey: str
    wave: str
    results: str
    search: str
    may_search: bool
    leaf: Leaf


@require_safe
@needs(Right.SEE_RESULTS)
def remarks(request: MemberRequest, wave_id: UUID, code: str = "") -> HttpResponse:
    """Show what customers of one place wrote: no time, no form behind it."""
    scope = selectors.scope_of(request.member, Right.SEE_RESULTS)
    wave = next((one for one, _n in selectors.waves_in(scope) if one.id == wave_id), None)
    place = selectors.place_of(scope, code)
    if wave is None or place is None:
        raise Http404
    may_search = not selectors.is_protected(wave.survey)
    search = tidy(request.GET.get("q", "")[:LONGEST_SEARCH]) if may_search else ""
    is_shown = place.group in selectors.counted(wave).shown
    found = selectors.remarks(wave, place) if is_shown else []
    page = RemarksPage(
        name=_("All units") if place.unit is None else place.unit.name,
        survey=wave.survey.title,
        wave=wave.name,
        results=address(wave.id, code),
        search=search,
        may_search=may_search,
        leaf=leaf_of(found, search=search, number=_number(request.GET.get("leaf", "1"))),
    )
    return render(request, "dashboards/remarks.html", {"page": page})


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 1

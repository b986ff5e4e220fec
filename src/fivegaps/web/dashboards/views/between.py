"""The page of one wave against another."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from fivegaps.web.dashboards import selectors
from fivegaps.web.dashboards.between import Between, between
from fivegaps.web.dashboards.views.results import address
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right


@dataclass(frozen=True, slots=True)
class SincePage:
    """What changed in a place; ``found`` None: one of the waves may not be shown here."""

    name: str
    survey: str
    results: str
    found: Between | None


@require_safe
@needs(Right.SEE_RESULTS)
def since(request: MemberRequest, wave_id: UUID, first_id: UUID, code: str = "") -> HttpResponse:
    """Show how a wave differs from another of its survey, where both may be shown."""
    scope = selectors.scope_of(request.member, Right.SEE_RESULTS)
    waves = {one.id: one for one, _n in selectors.waves_in(scope)}
    second, first = waves.get(wave_id), waves.get(first_id)
    place = selectors.place_of(scope, code)
    if first is None or second is None or place is None or first == second:
        raise Http404
    if first.survey_id != second.survey_id:
        raise Http404
    is_shown = all(place.group in selectors.counted(one).shown for one in (first, second))
    page = SincePage(
        name=_("All units") if place.unit is None else place.unit.name,
        survey=second.survey.title,
        results=address(wave_id, code),
        found=between(first, second, place, get_language() or "en") if is_shown else None,
    )
    return render(request, "dashboards/since.html", {"page": page})

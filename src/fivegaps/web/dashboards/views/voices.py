"""Pages of what managers and employees say, and the file for a company folder."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fivegaps.web.dashboards import pages, selectors, voice_pages
from fivegaps.web.dashboards.selectors import Place
from fivegaps.web.dashboards.services.voice_file import NothingToShare, export_voice
from fivegaps.web.dashboards.voices import VoiceWave
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.views.errors import error_page


@require_safe
@needs(Right.SEE_RESULTS)
def staff(request: MemberRequest) -> HttpResponse:
    """Lead to the latest wave of managers or employees in the visitor's highest place."""
    scope = selectors.scope_of(request.member, Right.SEE_RESULTS)
    waves = selectors.waves_in(scope, of_staff=True)
    tops = [one for one in selectors.top_places(scope) if one.group.below]
    if not waves or not tops:
        raise Http404
    wanted = request.GET.get("wave", "")
    wave_id = next((one.id for one, _n in waves if str(one.id) == wanted), waves[0][0].id)
    return redirect(_address(wave_id, tops[0].code))


@require_safe
@needs(Right.SEE_RESULTS)
def voice(request: MemberRequest, wave_id: UUID, code: str = "") -> HttpResponse:
    """Show what managers or employees of a place say, as far as it may be told."""
    member, lang = request.member, get_language() or "en"
    scope = selectors.scope_of(member, Right.SEE_RESULTS)
    found = {one.id: (one, n) for one, n in selectors.waves_in(scope, of_staff=True)}
    place = selectors.place_of(scope, code)
    # Who sees but his own unit's answers sees those of customers: staff has no such figure.
    if wave_id not in found or place is None or not place.group.below:
        raise Http404
    wave, answered = found[wave_id]
    known = VoiceWave(wave, selectors.all_units())
    is_closed = wave.state == "closed"
    empty = pages.why_empty(wave, answered) or ("" if is_closed else "open")
    above = selectors.place_above(scope, place)
    page = voice_pages.VoicePage(
        survey_id=wave.survey_id,
        survey=wave.survey.title,
        wave_id=wave.id,
        wave=wave.name,
        voice=wave.survey.get_voice_display(),
        name=_name(place),
        code=code,
        above="" if above is None else _address(wave.id, above.code),
        above_name="" if above is None else _name(above),
        answered=str(answered),
        empty=empty,
        fewest=voice_pages.fewest_of(known),
        parts=() if empty else voice_pages.parts_of(known, place.unit, lang),
        places=()
        if empty
        else tuple(
            voice_pages.VoicePlace(one.code, _name(one), known.tells(one.unit))
            for one in selectors.places_below(scope, place)
            if one.unit is not None and one.group.below
        ),
        remarks=() if empty or place.unit is not None else tuple(selectors.remarks(wave, place)),
        may_see_survey=member.may(Right.SEE_SURVEYS),
        may_export=not empty and member.may_everywhere(Right.EXPORT_ANSWERS),
    )
    return render(request, "dashboards/voices.html", {"page": page})


@require_POST
@needs(Right.EXPORT_ANSWERS, everywhere=True)
def export(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Hand out a closed wave as the file of a company folder."""
    scope = selectors.scope_of(request.member, Right.EXPORT_ANSWERS)
    wave = next((one for one in selectors.heard_waves(scope) if one.id == wave_id), None)
    if wave is None:
        raise Http404
    known = VoiceWave(wave, selectors.all_units())
    try:
        text = export_voice(actor=request.member, known=known, at=timezone.now())
    except NothingToShare as reason:
        title = _("There is nothing that may be handed out")
        return error_page(request, 409, title=title, advice=str(reason))
    answer = HttpResponse(text, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{known.voice}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def _name(place: Place) -> str:
    return _("All units") if place.unit is None else place.unit.name


def _address(wave_id: UUID, code: str) -> str:
    if code:
        return reverse("unit_voice_results", args=[wave_id, code])
    return reverse("voice_results", args=[wave_id])

"""Pages of results: the latest wave, one wave in one place, answers to take away."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from fivegaps.web.dashboards import pages, selectors
from fivegaps.web.dashboards.analyses import results_of
from fivegaps.web.dashboards.by_channel import channels_in
from fivegaps.web.dashboards.own_answers import own_tables
from fivegaps.web.dashboards.services import exporting
from fivegaps.web.dashboards.small_groups import FEWEST
from fivegaps.web.dashboards.voice_pages import staff_waves
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right

REMARKS_SHOWN = 5
LINKS_SHOWN = 5


@require_safe
@needs(Right.SEE_RESULTS)
def results(request: MemberRequest) -> HttpResponse:
    """Lead to the latest wave in the visitor's highest place, or tell how results come about.

    ``wave`` in the address names another one that he may see.
    """
    member = request.member
    scope = selectors.scope_of(member, Right.SEE_RESULTS)
    wanted = request.GET.get("wave", "")
    if any(str(one.id) == wanted for one, _n in selectors.waves_in(scope, of_staff=True)):
        return redirect(f"{reverse('staff_results')}?wave={wanted}")
    waves = selectors.waves_in(scope)
    tops = selectors.top_places(scope)
    if not waves or not tops:
        words = {"may_add": member.may_everywhere(Right.CHANGE_SURVEYS)}
        return render(request, "dashboards/nothing.html", words)
    wave_id = next((one.id for one, _n in waves if str(one.id) == wanted), waves[0][0].id)
    return redirect(address(wave_id, tops[0].code))


@require_safe
@needs(Right.SEE_RESULTS)
def wave_results(request: MemberRequest, wave_id: UUID, code: str = "") -> HttpResponse:
    """Show what customers of one place feel, as one wave found."""
    member = request.member
    lang = get_language() or "en"
    scope = selectors.scope_of(member, Right.SEE_RESULTS)
    waves = selectors.waves_in(scope)
    wave = next((one for one, _n in waves if one.id == wave_id), None)
    place = selectors.place_of(scope, code)
    if wave is None or place is None:
        raise Http404
    known = selectors.counted(wave)
    channels = channels_in(wave, known)
    offered = channels.at(place)
    here = request.GET.get("channel", "")
    if here:
        chosen = next((one for one in offered if one.code == here), None)
        if chosen is None:
            return redirect(address(wave.id, code))
        known, place = channels.through(chosen, known), replace(place, channel=chosen.pk)
    answered = known.of(place)
    is_shown = place.group in known.shown
    below = selectors.places_below(scope, place)
    is_split = any(one.group in known.shown for one in below)
    figures = results_of(wave.id, place, known) if is_shown or is_split else None
    said = selectors.remarks(wave, place) if is_shown else []
    above = selectors.place_above(scope, place)
    may_see_survey = member.may(Right.SEE_SURVEYS)
    empty = pages.why_empty(wave, answered)
    page = pages.ResultsPage(
        survey_id=wave.survey_id,
        survey=wave.survey.title,
        wave_id=wave.id,
        wave=wave.name,
        state=wave.get_state_display(),
        code=code,
        name=_("All units") if place.unit is None else place.unit.name,
        above="" if above is None else address(wave.id, above.code),
        above_name=""
        if above is None
        else _("All units")
        if above.unit is None
        else above.unit.name,
        part=pages.part_here(wave, place, below, lang),
        last=known.last if place.units is None else None,
        held=known.held if place.units is None else 0,
        is_protected=selectors.is_protected(wave.survey),
        findings=None
        if figures is None or not is_shown
        else pages.findings_of(wave, figures, lang),
        hidden="" if is_shown or empty else pages.hidden_in_words(answered, lang),
        is_few=answered < FEWEST,
        empty=empty,
        links=tuple(
            settings.PUBLIC_URL + reverse("answer", args=[token])
            for token in (selectors.tokens(member, wave)[:LINKS_SHOWN] if empty == "open" else ())
        ),
        places=()
        if figures is None or not place.group.below
        else pages.place_lines(
            wave,
            figures,
            below,
            known=known,
            here=place.unit,
            own_name=_("Without unit") if place.unit is None else _("Own answers"),
            lang=lang,
        ),
        own=own_tables(wave, place, lang) if is_shown else (),
        remarks=tuple(said[:REMARKS_SHOWN]),
        all_remarks=len(said),
        remarks_address=address(wave.id, code, "remarks"),
        waves=tuple(
            pages.WaveChoice(
                id=one.id,
                survey=one.survey.title,
                name=one.name,
                answered=n,
                is_here=one.id == wave.id,
                since=address(wave.id, code, "since", one.id)
                if n and is_shown and pages.is_earlier(one, wave)
                else "",
            )
            for one, n in waves
        ),
        channels=tuple(
            pages.ChannelChoice(one.code, one.name, one.code == here) for one in offered
        ),
        channel=here,
        tops=tuple(
            pages.TopChoice(top.code, top.unit.name, top.code == code)
            for top in selectors.top_places(scope)
            if top.unit is not None
        ),
        may_see_survey=may_see_survey,
        may_export=bool(answered)
        and not here
        and not selectors.is_protected(wave.survey)
        and selectors.place_for(member, Right.EXPORT_ANSWERS, place) is not None,
    )
    words = {"page": page, "staff": staff_waves(selectors.heard_waves(scope))}
    return render(request, "dashboards/results.html", words)


@require_POST
@needs(Right.EXPORT_ANSWERS)
def export_answers(request: MemberRequest, wave_id: UUID, code: str = "") -> HttpResponse:
    """Hand out the answers of a place as CSV."""
    scope = selectors.scope_of(request.member, Right.EXPORT_ANSWERS)
    wave = next((one for one, _n in selectors.waves_in(scope) if one.id == wave_id), None)
    place = selectors.place_of(scope, code)
    if wave is None or place is None or selectors.is_protected(wave.survey):
        raise Http404
    text = exporting.export_answers(actor=request.member, wave=wave, place=place, at=timezone.now())
    return _download(text, "text/csv; charset=utf-8", "answers.csv")


@require_POST
@needs(Right.EXPORT_ANSWERS)
def export_questionnaire(request: MemberRequest, wave_id: UUID) -> HttpResponse:
    """Hand out the questionnaire's file, with which the answers are read."""
    scope = selectors.scope_of(request.member, Right.EXPORT_ANSWERS)
    wave = next((one for one, _n in selectors.waves_in(scope) if one.id == wave_id), None)
    if wave is None:
        raise Http404
    text = exporting.export_questionnaire(actor=request.member, wave=wave, at=timezone.now())
    return _download(text, "application/toml; charset=utf-8", "questionnaire.toml")


def address(wave_id: UUID, code: str, page: str = "results", *words: object) -> str:
    """Return the address of a page of a wave's results in a place."""
    if code:
        return reverse(f"unit_{page}", args=[wave_id, code, *words])
    return reverse(f"wave_{page}", args=[wave_id, *words])


def _download(text: str, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer

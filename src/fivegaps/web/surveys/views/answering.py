"""The page of whoever answers. It sets no cookie: whoever has the link may answer.

Its forms carry no cross-site token either. A token keeps strangers from using what a browser
is signed in to, and nobody is signed in here; the link is all that it takes to answer.
"""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.surveys import selectors
from fivegaps.web.surveys.floods import Flooded, suspicion
from fivegaps.web.surveys.languages import wanted_language
from fivegaps.web.surveys.refusals import (
    AlreadySent,
    NotOpen,
    OtherContent,
    PromisedAnonymous,
    SavedElsewhere,
)
from fivegaps.web.surveys.selectors import LINK, Door
from fivegaps.web.surveys.services import submitting
from fivegaps.web.surveys.sheet import SheetRefused, values_of
from fivegaps.web.surveys.views.anonymous import anonymous_page, anonymous_thanks
from fivegaps.web.surveys.views.answer_pages import blank_form, busy, form_page, told
from fivegaps.web.surveys.views.posted import Posted, PostRefused, hold_off_open, read_post


@login_not_required
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str, entry: str = LINK) -> HttpResponse:
    """Show the empty form (GET writes nothing), or take it."""
    found = _door(token, entry)
    if found.is_anonymous:
        return anonymous_page(request, found, _language(request, found))
    if request.method == "POST":
        return _take(request, found)
    if found.submission_id is not None:
        return _show(request, found, found.submission_id)
    lang = _language(request, found)
    if not found.is_open:
        return told(found, lang, "closed", status=410)
    return blank_form(found, lang)


@login_not_required
@csrf_exempt
@require_POST
def save(request: HttpRequest, token: str, entry: str = LINK) -> JsonResponse:
    """Keep what was answered so far; tells the new revision and where to go on."""
    found = _door(token, entry)
    try:
        posted = read_post(request, found)
        hold_off_open(request, found, saves=True)
        revision = _save(found, posted)
    except (PostRefused, SheetRefused, PromisedAnonymous):
        return JsonResponse({"state": "refused"}, status=400)
    except Flooded as error:
        after = {"Retry-After": str(error.seconds)}
        return JsonResponse({"state": "busy"}, status=429, headers=after)
    except NotOpen:
        return JsonResponse({"state": "closed"}, status=410)
    except AlreadySent:
        return JsonResponse({"state": "sent"}, status=409)
    except SavedElsewhere as error:
        return JsonResponse({"state": "elsewhere", "revision": error.revision}, status=409)
    address = found.address("resume", posted.submission_id)
    return JsonResponse({"state": "saved", "revision": revision, "address": address})


@login_not_required
@csrf_exempt
@gzip_page
@require_http_methods(["GET", "HEAD", "POST"])
def resume(
    request: HttpRequest, token: str, submission_id: UUID, entry: str = LINK
) -> HttpResponse:
    """Show a saved form again, on whichever device."""
    found = _door(token, entry)
    if found.submission_id not in {None, submission_id}:
        raise Http404
    if found.is_anonymous:
        return anonymous_page(request, found, _language(request, found), submission_id)
    if request.method == "POST":
        return _take(request, found)
    return _show(request, found, submission_id)


def _show(request: HttpRequest, found: Door, submission_id: UUID) -> HttpResponse:
    """Show a form as it was saved, or thank for it when it was sent."""
    if selectors.sent(found.survey, submission_id) is not None:
        return redirect_to(found, "thanks", submission_id)
    lang = _language(request, found)
    if not found.is_open:
        return told(found, lang, "closed", status=410)
    draft = selectors.saved(found.survey, submission_id)
    if draft is None or draft.wave_id != found.current.id:
        if found.submission_id is not None:
            return blank_form(found, lang)
        return redirect_to(found, "answer")
    if "lang" not in request.GET and draft.lang in found.languages:
        lang = draft.lang
    posted = Posted(
        submission_id=submission_id,
        values=values_of(selectors.fields_in(found.current), selectors.sheet_of(draft)),
        lang=lang,
        revision=draft.revision,
        is_trial=draft.is_test,
        started=draft.started_at.isoformat() if draft.started_at else "",
        verb="show",
    )
    return form_page(found, posted, is_resumed=True)


@login_not_required
@require_safe
def thanks(
    request: HttpRequest, token: str, submission_id: UUID, entry: str = LINK
) -> HttpResponse:
    """Thank, show the receipt, tell what happens next; may be loaded again and again."""
    found = _door(token, entry)
    if found.submission_id not in {None, submission_id}:
        raise Http404
    if found.is_anonymous:
        return anonymous_thanks(found, _language(request, found), submission_id)
    response = selectors.sent(found.survey, submission_id)
    if response is None:
        raise Http404
    lang = request.GET.get("lang", response.lang)
    if lang not in found.languages:
        lang = response.lang
    return told(
        found,
        lang,
        "thanks",
        receipt=response.receipt,
        is_trial=response.is_test,
    )


def _take(request: HttpRequest, found: Door) -> HttpResponse:
    """Do with a form what its button says: send it, keep it, or show it in another language."""
    try:
        posted = read_post(request, found)
    except PostRefused as error:
        return told(found, _language(request, found), "refused", status=error.status)
    try:
        with translation.override(posted.lang):
            if posted.verb != "show":
                hold_off_open(request, found, saves=posted.verb == "keep")
            return _do(found, posted)
    except Flooded as error:
        return busy(found, posted, error.seconds)
    except (SheetRefused, NotOpen, SavedElsewhere, AlreadySent, OtherContent) as error:
        return _told_why(found, posted, error)


def _do(found: Door, posted: Posted) -> HttpResponse:
    if posted.verb == "show" and found.is_open:
        return form_page(found, posted)
    if posted.verb == "keep":
        _save(found, posted)
        return redirect_to(found, "resume", posted.submission_id)
    return _send(found, posted)


def _told_why(found: Door, posted: Posted, error: Exception) -> HttpResponse:
    """Tell a person why a form was not taken, and what stands."""
    match error:
        case SheetRefused(is_mendable=True) if found.is_open:
            return form_page(found, posted, refusals=error.refusals, status=422)
        case NotOpen():
            return told(found, posted.lang, "closed", status=410)
        case SavedElsewhere():
            return told(found, posted.lang, "elsewhere", status=409)
        case AlreadySent() | OtherContent():
            return told(found, posted.lang, "other", receipt=error.receipt, status=409)
    return told(found, posted.lang, "refused", status=400)


def _send(found: Door, posted: Posted) -> HttpResponse:
    wave = selectors.wave_to_send_to(found, posted.submission_id)
    sheet = posted.sheet(selectors.fields_in(wave), named=found.is_named, is_sent=True)
    if sheet.is_empty:
        return form_page(found, posted, is_empty=True, status=422)
    at = timezone.now()
    doubt = suspicion(sheet, is_trapped=posted.is_trapped, started_at=posted.started_at, at=at)
    submitting.submit(
        way=found.way,
        wave=wave,
        submission_id=posted.submission_id,
        sheet=sheet,
        lang=posted.lang,
        is_trial=posted.is_trial,
        started_at=posted.started_at,
        consent=posted.consent,
        suspicion=doubt if found.entry == LINK else "",
        at=at,
    )
    return redirect_to(found, "thanks", posted.submission_id)


def _save(found: Door, posted: Posted) -> int:
    draft = submitting.save_draft(
        way=found.way,
        wave=found.current,
        submission_id=posted.submission_id,
        revision=posted.revision,
        sheet=posted.sheet(selectors.fields_in(found.current), named=found.is_named),
        lang=posted.lang,
        is_trial=posted.is_trial,
        started_at=posted.started_at,
        consent=posted.consent,
        at=timezone.now(),
    )
    return draft.revision


def _door(token: str, entry: str) -> Door:
    found = selectors.door(token, entry)
    if found is None:
        raise Http404
    return found


def _language(request: HttpRequest, found: Door) -> str:
    asked = request.GET.get("lang", "")
    if asked in found.languages:
        return asked
    accepted = request.headers.get("Accept-Language", "")
    return wanted_language(accepted, found.languages)


def redirect_to(found: Door, page: str, *words: object) -> HttpResponse:
    """Return a redirection that makes a browser GET: loading again sends nothing again."""
    answered = HttpResponseRedirect(found.address(page, *words))
    answered.status_code = 303
    return answered

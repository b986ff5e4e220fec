"""The pages of an anonymous wave: begin once, answer, be thanked without a receipt."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from fivegaps.web.surveys import anonymity, selectors
from fivegaps.web.surveys.credentials import Credential
from fivegaps.web.surveys.floods import Flooded
from fivegaps.web.surveys.refusals import AlreadyBegun, NotOpen, OtherContent
from fivegaps.web.surveys.selectors import INVITED, Door
from fivegaps.web.surveys.services import anonymous
from fivegaps.web.surveys.sheet import SheetRefused
from fivegaps.web.surveys.views.answer_pages import begin_page, blank_form, busy, form_page, told
from fivegaps.web.surveys.views.posted import Posted, PostRefused, hold_off_open, read_post

PAGE = "page"


def anonymous_page(
    request: HttpRequest, found: Door, lang: str, submission_id: UUID | None = None
) -> HttpResponse:
    """Show or take what belongs to an address of an anonymous wave; GET writes nothing."""
    if found.entry == INVITED:
        return _begin(request, found, lang)
    if request.method == "POST":
        return _take(request, found, lang)
    form_id = submission_id or found.submission_id
    if form_id is not None and anonymity.spent(_right(found, form_id)) is not None:
        return _redirect(found.address("thanks", form_id), lang)
    if not found.is_open:
        return told(found, lang, "closed", status=410)
    return blank_form(found, lang)


def anonymous_thanks(found: Door, lang: str, submission_id: UUID) -> HttpResponse:
    """Thank; nothing here leads to the answers."""
    spent = anonymity.spent(_right(found, submission_id))
    if spent is None:
        raise Http404
    return told(found, lang, "thanks", is_trial=spent.is_test)


def _begin(request: HttpRequest, found: Door, lang: str) -> HttpResponse:
    """Show what is promised, or exchange the invitation for the right to answer once."""
    if not found.is_open:
        return told(found, lang, "closed", status=410)
    if request.method == "POST":
        return _redeem(request, found, lang)
    invitation = found.way.invitation_id
    if invitation is not None and anonymity.redeemed_among([invitation]):
        return told(found, lang, "begun", status=410)
    return begin_page(found, lang, page=uuid4())


def _redeem(request: HttpRequest, found: Door, lang: str) -> HttpResponse:
    try:
        page = UUID(request.POST.get(PAGE, "")[:36])
        right = anonymous.redeem(
            way=found.way, wave=found.current, page=page, tells_unit=found.survey.tells_unit
        )
    except (ValueError, RequestDataTooBig) as error:
        return told(found, lang, "refused", status=400 if isinstance(error, ValueError) else 413)
    except NotOpen:
        return told(found, lang, "closed", status=410)
    except AlreadyBegun:
        return told(found, lang, "begun", status=409)
    return _redirect(reverse("answer_anonymous", args=[right.token]), lang)


def _take(request: HttpRequest, found: Door, lang: str) -> HttpResponse:
    try:
        posted = read_post(request, found)
    except PostRefused as error:
        return told(found, lang, "refused", status=error.status)
    with translation.override(posted.lang):
        try:
            if posted.verb == "send":
                hold_off_open(request, found, saves=False)
            return _send(found, posted)
        except Flooded as error:
            return busy(found, posted, error.seconds)
        except (SheetRefused, NotOpen, OtherContent) as error:
            return _told_why(found, posted, error)


def _send(found: Door, posted: Posted) -> HttpResponse:
    right = _right(found, found.submission_id or posted.submission_id)
    first = anonymity.spent(right)
    if posted.verb != "send" and first is None and found.is_open:
        return form_page(found, posted)
    wave = found.current if first is None else first.wave
    sheet = posted.sheet(selectors.fields_in(wave), named=False, is_sent=True)
    if sheet.is_empty:
        return form_page(found, posted, is_empty=True, status=422)
    anonymous.submit_anonymous(
        way=found.way,
        wave=wave,
        right=right,
        sheet=sheet,
        lang=posted.lang,
        is_trial=posted.is_trial,
    )
    return _redirect(found.address("thanks", right.submission_id), posted.lang)


def _told_why(found: Door, posted: Posted, error: Exception) -> HttpResponse:
    match error:
        case SheetRefused(is_mendable=True) if found.is_open:
            return form_page(found, posted, refusals=error.refusals, status=422)
        case NotOpen():
            return told(found, posted.lang, "closed", status=410)
        case OtherContent():
            return told(found, posted.lang, "other", status=409)
    return told(found, posted.lang, "refused", status=400)


def _right(found: Door, form_id: UUID) -> Credential:
    """Return the right that a form is sent with: through an open link, the form's own."""
    wave = UUID(int=0) if found.wave is None else found.wave.id
    unit = found.way.unit_id if found.survey.tells_unit else None
    return Credential(wave, unit, form_id.bytes)


def _redirect(address: str, lang: str) -> HttpResponse:
    answered = HttpResponseRedirect(f"{address}?lang={lang}")
    answered.status_code = 303
    return answered

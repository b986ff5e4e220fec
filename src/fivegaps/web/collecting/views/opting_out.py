"""The way out of all mails: a page with a button, and one click for mail programs (RFC 8058)."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from fivegaps.web.collecting import selectors
from fivegaps.web.collecting.services import opting_out
from fivegaps.web.people.selectors import organisation
from fivegaps.web.surveys.invitations import invitation_id


@dataclass(frozen=True, slots=True)
class StopPage:
    """What the page says."""

    firm: str
    address: str
    is_stopped: bool


@login_not_required
@csrf_exempt  # nobody is signed in: the link is all that it takes, as RFC 8058 asks
@require_http_methods(["GET", "HEAD", "POST"])
def opt_out(request: HttpRequest, token: str) -> HttpResponse:
    """Show the button (GET writes nothing), or write to this person never again."""
    known = invitation_id(token)
    recipient = None if known is None else selectors.recipient_invited(known)
    if recipient is None:
        raise Http404
    if request.method == "POST":
        opting_out.opt_out(recipient=recipient, at=timezone.now())
    own = organisation()
    with translation.override(recipient.lang):
        page = StopPage(
            firm="" if own is None else own.name,
            address=_veiled(recipient.address),
            is_stopped=selectors.is_stopped(recipient),
        )
        answer = render(request, "collecting/opt_out.html", {"page": page})
    answer["Cache-Control"] = "no-store"
    answer["Referrer-Policy"] = "no-referrer"
    return answer


def _veiled(address: str) -> str:
    """Return an address that its owner knows again and others do not learn."""
    local, _at, domain = address.rpartition("@")
    return f"{local[:1]}…@{domain}"

"""Pages of tokens: who holds one, a new one, one taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.api import pages, selectors
from fivegaps.web.api.forms import TokenForm
from fivegaps.web.api.services import tokens
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.views.tabs import tabs_for
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.surveys.selectors import surveys_visible_to

USUAL_DAYS = 365


@require_safe
@needs(Right.SEE_ACCOUNTS, everywhere=True)
def tokens_page(request: MemberRequest) -> HttpResponse:
    """Show the tokens, none of which can be read again."""
    page = pages.TokensPage(
        tabs=tabs_for(request.member, "tokens"),
        tokens=pages.token_lines(selectors.tokens(), timezone.now()),
        description=settings.PUBLIC_URL + reverse("api:openapi-json"),
        may_change=request.member.may_everywhere(Right.CHANGE_ACCOUNTS),
    )
    return render(request, "api/tokens.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_ACCOUNTS, everywhere=True)
def add_token(request: MemberRequest) -> HttpResponse:
    """Issue a token and show its text, this once."""
    surveys = surveys_visible_to(request.member)
    usual = timezone.localdate() + timedelta(days=USUAL_DAYS)
    form = TokenForm(
        request.POST if request.method == "POST" else None,
        surveys=surveys,
        initial={"expires_on": usual},
    )
    if form.is_valid():
        given = form.cleaned_data
        chosen = set(given.get("surveys", ()))
        try:
            token, text = tokens.issue_token(
                actor=request.member,
                name=given["name"],
                scopes=given["scopes"],
                surveys=[one for one in surveys if str(one.id) in chosen],
                expires_at=_end_of(given["expires_on"]),
                at=timezone.now(),
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            address = settings.PUBLIC_URL + "/api/v1/"
            page = pages.IssuedPage(token.name, text, address, token.expires_at)
            told = render(request, "api/token_issued.html", {"page": page})
            told["Cache-Control"] = "no-store"
            return told
    return render(request, "api/token_form.html", {"form": form})


@require_POST
@needs(Right.CHANGE_ACCOUNTS, everywhere=True)
def revoke_token(request: MemberRequest, token_id: UUID) -> HttpResponse:
    """Take a token back."""
    token = selectors.token_with(token_id)
    if token is None:
        raise Http404
    tokens.revoke_token(actor=request.member, token=token, at=timezone.now())
    messages.success(request, _("%(name)s opens nothing any more.") % {"name": token.name})
    return redirect("tokens")


def _end_of(day: date) -> datetime:
    """Return the last instant of a day, of the years in which it can be told."""
    if not 1000 <= day.year <= 9000:
        return datetime.min.replace(tzinfo=UTC)
    return datetime.combine(day, time.max, tzinfo=timezone.get_current_timezone())

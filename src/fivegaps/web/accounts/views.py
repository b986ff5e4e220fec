"""Pages of accounts that allauth does not have."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.accounts.forms import JoinForm, LanguageForm
from fivegaps.web.accounts.services import links, users
from fivegaps.web.shared.views.errors import error_page


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Show what a person may change about the own account."""
    return render(request, "accounts/profile.html")


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Switch the language and return to the page where it was asked."""
    form = LanguageForm(request.POST)
    target = request.POST.get("next", "")
    if not (target.startswith("/") and url_has_allowed_host_and_scheme(target, None)):
        target = "/"
    answer = HttpResponseRedirect(target)
    if form.is_valid():
        language = form.cleaned_data["language"]
        if request.user.is_authenticated:
            users.choose_language(user=request.user, language=language)
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
        )
    return answer


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password and come in."""
    link = links.open_link(token, for_setup=False, at=timezone.now())
    if link is None or link.user is None:
        return spent_link(request)
    language = translation.get_language() or "en"
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        initial={"name": link.user.name, "language": language},
    )
    if form.is_valid():
        try:
            user = users.take_up_invitation(link=link, at=timezone.now(), **form.cleaned_data)
        except users.LinkSpent:
            return spent_link(request)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, user)
            return redirect("home")
    return render(request, "accounts/join.html", {"form": form, "email": link.user.email})


def spent_link(request: HttpRequest) -> HttpResponse:
    """Return the page for a link that is used or too old."""
    return error_page(
        request,
        404,
        title=_("This link can no longer be used"),
        advice=_(
            "Each such link works once and for a few days. "
            "Ask whoever sent it for a new one; if you have set a password, sign in."
        ),
    )

"""The first page, and the page that sets an office up."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.web.accounts.services.links import open_link
from fivegaps.web.accounts.services.users import LinkSpent
from fivegaps.web.accounts.views import spent_link
from fivegaps.web.people import selectors
from fivegaps.web.people.forms import SetUpForm
from fivegaps.web.people.services.setting_up import set_up
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.shared.navigation import first_link
from fivegaps.web.shared.views.errors import error_page


@login_not_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Lead to the first page that this person may see, or to sign-in, or tell how to begin."""
    if not request.user.is_authenticated:
        if selectors.is_set_up():
            return redirect("account_login")
        return error_page(
            request,
            404,
            title=_("This office is not set up yet"),
            advice=_(
                "Open the link that “fivegaps serve” printed when it started; "
                "start it again for a new one."
            ),
        )
    first = first_link(request.member)  # type: ignore[attr-defined]
    return redirect(first or "profile")


@login_not_required
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def set_up_office(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whose office this is, make its first administrator and sign that person in."""
    link = open_link(token, for_setup=True, at=timezone.now())
    if link is None or selectors.is_set_up():
        return spent_link(request)
    form = SetUpForm(
        request.POST if request.method == "POST" else None,
        initial={"time_zone": settings.TIME_ZONE},
    )
    if form.is_valid():
        language = translation.get_language() or "en"
        try:
            user = set_up(link=link, language=language, at=timezone.now(), **form.cleaned_data)
        except LinkSpent:
            return spent_link(request)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            login(request, user)
            return redirect("units")
    return render(request, "people/set_up.html", {"form": form})

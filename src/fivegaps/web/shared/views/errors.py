"""Errors as pages in the looks of the office: what happened, and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What an error page says."""

    status: int
    title: str
    advice: str


def error_page(request: HttpRequest, status: int, *, title: str, advice: str) -> HttpResponse:
    """Return an error page; any part of the office may answer with one."""
    page = ErrorPage(status, title, advice)
    return render(request, "shared/error.html", {"page": page}, status=status)


@login_not_required
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer what cannot be understood."""
    return error_page(
        request,
        400,
        title=_("This request cannot be understood"),
        advice=_("Go back, look at what you entered and send it again."),
    )


@login_not_required
def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer who may not see a page."""
    return error_page(
        request,
        403,
        title=_("Your role does not include this page"),
        advice=_("If you need it for your work, ask an administrator of this office."),
    )


@login_not_required
def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Answer a form that does not carry the right token."""
    return error_page(
        request,
        403,
        title=_("This form is no longer valid"),
        advice=_(
            "It was open for too long, or cookies are blocked. "
            "Go back, load the page again and send it once more."
        ),
    )


@login_not_required
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    """Answer an address that leads nowhere, for this person at least."""
    return error_page(
        request,
        404,
        title=_("There is no such page"),
        advice=_("The address may be mistyped, or what it showed is not there for you."),
    )


@login_not_required
def server_error(request: HttpRequest) -> HttpResponse:
    """Answer after a fault of the program; needs neither database nor session."""
    return error_page(
        request,
        500,
        title=_("Something broke on our side"),
        advice=_("Nothing of what you sent was half stored. Try again in a minute."),
    )

"""Pages of touchpoints."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.web.people import selectors
from fivegaps.web.people.forms import TouchpointChangeForm, TouchpointForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import touchpoints
from fivegaps.web.people.views.tabs import Tab, tabs_for
from fivegaps.web.shared.forms import tell_errors


@dataclass(frozen=True, slots=True)
class TouchpointsPage:
    """Every touchpoint."""

    tabs: tuple[Tab, ...]
    touchpoints: list[object]
    may_change: bool


@require_safe
@needs(Right.SEE_PLACES)
def touchpoints_page(request: MemberRequest) -> HttpResponse:
    """Show the moments at which customers meet the organisation."""
    page = TouchpointsPage(
        tabs=tabs_for(request.member, "touchpoints"),
        touchpoints=list(selectors.touchpoints()),
        may_change=request.member.may_everywhere(Right.CHANGE_PLACES),
    )
    return render(request, "people/touchpoints.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES, everywhere=True)
def add_touchpoint(request: MemberRequest) -> HttpResponse:
    """Add a touchpoint."""
    form = TouchpointForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            touchpoint = touchpoints.add_touchpoint(
                actor=request.member, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(
                request, _("%(touchpoint)s is added.") % {"touchpoint": touchpoint.name}
            )
            return redirect("touchpoints")
    return render(request, "people/touchpoint_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES, everywhere=True)
def change_touchpoint(request: MemberRequest, code: str) -> HttpResponse:
    """Rename or close a touchpoint."""
    touchpoint = selectors.touchpoint_for(code)
    if touchpoint is None:
        raise Http404
    form = TouchpointChangeForm(
        request.POST if request.method == "POST" else None,
        initial={
            "name": touchpoint.name,
            "channel": "" if touchpoint.channel is None else touchpoint.channel.code,
            "closed_on": touchpoint.closed_on,
        },
    )
    if form.is_valid():
        touchpoints.change_touchpoint(
            actor=request.member, touchpoint=touchpoint, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("touchpoints")
    return render(request, "people/touchpoint_form.html", {"form": form, "touchpoint": touchpoint})

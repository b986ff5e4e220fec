"""Pages of channels."""

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
from fivegaps.web.people.forms import ChannelChangeForm, ChannelForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import channels
from fivegaps.web.people.views.tabs import Tab, tabs_for
from fivegaps.web.shared.forms import tell_errors


@dataclass(frozen=True, slots=True)
class ChannelsPage:
    """Every channel."""

    tabs: tuple[Tab, ...]
    channels: list[object]
    may_change: bool


@require_safe
@needs(Right.SEE_PLACES)
def channels_page(request: MemberRequest) -> HttpResponse:
    """Show the ways by which customers meet the organisation."""
    page = ChannelsPage(
        tabs=tabs_for(request.member, "channels"),
        channels=list(selectors.channels()),
        may_change=request.member.may_everywhere(Right.CHANGE_PLACES),
    )
    return render(request, "people/channels.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES, everywhere=True)
def add_channel(request: MemberRequest) -> HttpResponse:
    """Add a channel."""
    form = ChannelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            channel = channels.add_channel(
                actor=request.member, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("%(channel)s is added.") % {"channel": channel.name})
            return redirect("channels")
    return render(request, "people/channel_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES, everywhere=True)
def change_channel(request: MemberRequest, code: str) -> HttpResponse:
    """Rename or close a channel."""
    channel = selectors.channel_for(code)
    if channel is None:
        raise Http404
    form = ChannelChangeForm(
        request.POST if request.method == "POST" else None,
        initial={"name": channel.name, "kind": channel.kind, "closed_on": channel.closed_on},
    )
    if form.is_valid():
        channels.change_channel(
            actor=request.member, channel=channel, at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, _("Saved."))
        return redirect("channels")
    return render(request, "people/channel_form.html", {"form": form, "channel": channel})

"""Settings of the organisation."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fivegaps.web.people import selectors
from fivegaps.web.people.forms import OrganisationForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services.setting_up import change_organisation
from fivegaps.web.shared.navigation import settings_links


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SETTINGS)
def settings_page(request: MemberRequest) -> HttpResponse:
    """Show and change whose office this is."""
    own = selectors.organisation()
    initial = (
        {"name": own.name, "language": own.language, "time_zone": own.time_zone} if own else {}
    )
    form = OrganisationForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        change_organisation(actor=request.member, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("settings")
    shown = {"form": form, "further": settings_links()}
    return render(request, "people/settings.html", shown)

"""Rules of all mails, and what the worker gave up."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.collecting import selectors
from fivegaps.web.collecting.mail_forms import MailRulesForm
from fivegaps.web.collecting.services import mail_settings
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.outbox import services as outbox


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SETTINGS)
def mail_rules(request: MemberRequest) -> HttpResponse:
    """Show and change what holds for the mails of all surveys."""
    rules = selectors.mail_rules()
    names = list(MailRulesForm.base_fields)
    initial = {name: getattr(rules, name) for name in names}
    form = MailRulesForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        mail_settings.change_rules(actor=request.member, at=timezone.now(), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("mail_rules")
    return render(request, "collecting/mail_rules.html", {"form": form})


@require_safe
@needs(Right.CHANGE_SETTINGS)
def errands(request: MemberRequest) -> HttpResponse:
    """Show what waits for the worker, and what it gave up."""
    shown = {"parked": selectors.parked_errands(), "waiting": selectors.waiting_errands()}
    return render(request, "collecting/errands.html", shown)


@require_POST
@needs(Right.CHANGE_SETTINGS)
def move_errand(request: MemberRequest, errand_id: UUID) -> HttpResponse:
    """Have something tried again, or thrown away."""
    if request.POST.get("do") == "drop":
        done = outbox.drop(errand_id=errand_id)
    else:
        done = outbox.try_again(errand_id=errand_id, at=timezone.now())
    if not done:
        messages.warning(request, _("That was taken up meanwhile."))
    return redirect("errands")

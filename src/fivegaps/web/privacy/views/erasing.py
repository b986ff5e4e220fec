"""Erase a person: look first, then erase."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.privacy import selectors
from fivegaps.web.privacy.forms import ADDRESS, CONTACT, RECEIPT, PersonForm
from fivegaps.web.privacy.services import erasing

WAYS = {
    RECEIPT: selectors.found_by_receipt,
    ADDRESS: selectors.found_by_address,
    CONTACT: selectors.found_by_contact,
}


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def erase_person(request: MemberRequest) -> HttpResponse:
    """Look for a person, tell how much there is, and erase it on the second word."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    found = None
    if form.is_valid():
        found = WAYS[form.cleaned_data["kind"]](form.cleaned_data["text"])
        if found.n and request.POST.get("do") == "erase":
            n = erasing.erase_person(actor=request.member, found=found, at=timezone.now())
            told = ngettext("Erased: %(n)s entry.", "Erased: %(n)s entries.", n) % {"n": n}
            messages.success(request, told)
            return redirect("erase_person")
    return render(request, "privacy/erase.html", {"form": form, "found": found})

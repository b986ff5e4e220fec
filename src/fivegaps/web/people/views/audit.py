"""Pages of the audit log: who did what, whether the chain is whole, and the log as a file."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from fivegaps.web.people import audit_log
from fivegaps.web.people.audit_log import Leaf, Wanted
from fivegaps.web.people.forms import AuditForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services.exporting import record_export
from fivegaps.web.shared.audit import ChainCheck, verify_chain


@dataclass(frozen=True, slots=True)
class AuditPage:
    """Deeds, and the state of the chain; ``chain`` None: too long to be walked unasked."""

    leaf: Leaf
    chain: ChainCheck | None
    query: str
    is_filtered: bool


@require_safe
@needs(Right.SEE_AUDIT)
def audit_page(request: MemberRequest) -> HttpResponse:
    """Show who did what."""
    form = AuditForm(request.GET)
    wanted = form.wanted() if form.is_valid() else Wanted()
    kept = {name: request.GET[name] for name in form.filters if request.GET.get(name)}
    walks = audit_log.size() <= audit_log.MOST_CHECKED_AT_ONCE or "check" in request.GET
    page = AuditPage(
        leaf=audit_log.leaf(wanted, before=form.cleaned_data.get("before")),
        chain=verify_chain() if walks else None,
        query=urlencode(kept),
        is_filtered=wanted != Wanted(),
    )
    return render(request, "people/audit.html", {"page": page, "form": form})


@require_safe
@needs(Right.SEE_AUDIT)
def audit_file(request: MemberRequest) -> HttpResponseBase:
    """Give the deeds that were asked for as CSV; who took them is a deed as well."""
    form = AuditForm(request.GET)
    wanted = form.wanted() if form.is_valid() else Wanted()
    record_export(actor=request.member, at=timezone.now())
    answer = StreamingHttpResponse(
        (_line(cells) for cells in audit_log.lines(wanted)), content_type="text/csv; charset=utf-8"
    )
    answer["Content-Disposition"] = 'attachment; filename="audit-log.csv"'
    return answer


def _line(cells: tuple[str, ...]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()

"""The people on a survey's list: found, and added after a trial."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.errors import FileRefused, InputRefused
from fivegaps.web.collecting import selectors
from fivegaps.web.collecting.lists import COLUMNS, Row, read_file, read_pasted
from fivegaps.web.collecting.mail_forms import ListForm, SearchForm
from fivegaps.web.collecting.services import listing
from fivegaps.web.collecting.views.invitations import reached
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.views.importing import told

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One address of the list."""

    address: str
    name: str
    unit: str
    state: str
    is_warned: bool
    reason: str
    sent_at: datetime | None
    reminders: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """A page of the list; ``before`` and ``after`` lead to its neighbours."""

    survey_id: UUID
    title: str
    n: int
    page: int
    pages: int
    lines: tuple[PersonLine, ...]
    is_searched: bool
    before: str
    after: str


@require_safe
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def people(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show the addresses of a wave, and what became of each."""
    found = reached(request, survey_id)
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {"q": "", "state": ""}
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 6 else 1
    rows = selectors.recipients_of(
        found.wave, search=wanted["q"], state=wanted["state"], page=number
    )
    titles = selectors.state_titles()
    page = PeoplePage(
        survey_id=survey_id,
        title=found.survey.title,
        n=rows.n,
        page=rows.page,
        pages=rows.pages,
        lines=tuple(
            PersonLine(
                address=row.address,
                name=row.name,
                unit="" if row.unit is None else row.unit.name,
                state=titles[state],
                is_warned=state in {"bounced", "refused", "held-back", "opted-out"},
                reason=_(row.reason) if row.reason else "",
                sent_at=row.sent_at,
                reminders=row.reminders,
            )
            for row, state in rows.lines
        ),
        is_searched=bool(wanted["q"] or wanted["state"]),
        before=_page_address(wanted, rows.page - 1) if rows.page > 1 else "",
        after=_page_address(wanted, rows.page + 1) if rows.page < rows.pages else "",
    )
    return render(request, "collecting/people.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def add_people(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Take addresses, pasted or in a file, and lead to their trial."""
    found = reached(request, survey_id)
    form = ListForm(request.POST if request.method == "POST" else None, request.FILES or None)
    faults: tuple[str, ...] = ()
    if form.is_valid():
        try:
            name, rows = _rows(form.cleaned_data["text"], form.cleaned_data["file"])
        except FileRefused as refused:
            faults = tuple(told(fault) for fault in refused.faults)
        except InputRefused as refused:
            faults = (str(refused),)
        else:
            staged = listing.stage(
                actor=request.member,
                survey=found.survey,
                name=name,
                rows=rows,
                at=timezone.now(),
            )
            return redirect("try_people", survey_id=survey_id, staged_id=staged.id)
    shown = {"form": form, "survey": found.survey, "faults": faults, "columns": COLUMNS}
    return render(request, "collecting/people_add.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def try_people(request: MemberRequest, survey_id: UUID, staged_id: UUID) -> HttpResponse:
    """Show what a list would do; add it when asked."""
    found = reached(request, survey_id)
    staged = selectors.staged_list(request.member, found.survey, staged_id)
    if staged is None:
        raise Http404
    if request.method == "POST":
        try:
            trial = listing.add(
                actor=request.member, staged=staged, wave=found.wave, at=timezone.now()
            )
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("try_people", survey_id=survey_id, staged_id=staged_id)
        n = trial.new
        words = ngettext("%(n)s person is on the list.", "%(n)s people are on the list.", n)
        messages.success(request, words % {"n": n})
        return redirect("invitations", survey_id=survey_id)
    trial = listing.try_out(staged=staged, wave=found.wave)
    faults = [told(fault) for fault in trial.faults[:MOST_SHOWN]]
    shown = {"trial": trial, "staged": staged, "faults": faults, "survey": found.survey}
    shown["is_sending"] = selectors.campaign_of(found.wave).is_sending
    return render(request, "collecting/people_trial.html", shown)


def _rows(text: str, file: UploadedFile[bytes] | None) -> tuple[str, list[Row]]:
    if file is None:
        return _("Pasted addresses"), read_pasted(text)
    name = file.name or "list.csv"
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with path.open("wb") as kept:
            for chunk in file.chunks():
                kept.write(chunk)
        return name, read_file(path, name=name)


def _page_address(wanted: dict[str, str], page: int) -> str:
    return "?" + urlencode({**wanted, "page": page})

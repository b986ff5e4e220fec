"""Pages that take people and places from a file."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from django.views.decorators.http import require_http_methods

from fivegaps.errors import Fault, FileRefused, InputRefused
from fivegaps.web.people import selectors
from fivegaps.web.people.calendars import read_calendar
from fivegaps.web.people.forms import ImportForm
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import importing
from fivegaps.web.people.sheets import COLUMNS, Line, read_lines

RIGHTS = {
    "units": Right.CHANGE_PLACES,
    "employees": Right.CHANGE_EMPLOYEES,
    "touchpoints": Right.CHANGE_PLACES,
    "holidays": Right.CHANGE_PLACES,
}
TITLES = {
    "units": (_n("Units"), _n("Units from a file")),
    "employees": (_n("Employees"), _n("Employees from a file")),
    "touchpoints": (_n("Touchpoints"), _n("Touchpoints from a file")),
    "holidays": (_n("Hours and holidays"), _n("Holidays from a file")),
}
BACK = {"holidays": "hours"}  # elsewhere the list has the name of the kind
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class ImportPage:
    """What kind of file is asked for, and the list that it belongs to."""

    kind: str
    title: str
    list_title: str
    list_name: str
    needed: tuple[str, ...]
    possible: tuple[str, ...]
    faults: tuple[str, ...] = ()


@require_http_methods(["GET", "HEAD", "POST"])
def import_file(request: MemberRequest, kind: str) -> HttpResponse:
    """Take a file and lead to its trial."""
    _check(request, kind)
    form = ImportForm(request.POST if request.method == "POST" else None, request.FILES or None)
    faults: tuple[str, ...] = ()
    if form.is_valid():
        uploaded = form.cleaned_data["file"]
        try:
            lines = _lines(uploaded, kind)
        except FileRefused as refused:
            faults = tuple(told(fault) for fault in refused.faults)
        except InputRefused as refused:
            faults = (str(refused),)
        else:
            staged = importing.stage(
                actor=request.member,
                kind=kind,
                name=uploaded.name or kind,
                lines=lines,
                at=timezone.now(),
            )
            return redirect("try_import", kind=kind, staged_id=staged.id)
    page = _page(kind, faults)
    return render(request, "people/import.html", {"page": page, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def try_import(request: MemberRequest, kind: str, staged_id: UUID) -> HttpResponse:
    """Show what the file would do; apply it when asked."""
    _check(request, kind)
    staged = selectors.staged_import(request.member, kind, staged_id)
    if staged is None:
        raise Http404
    if request.method == "POST":
        try:
            trial = importing.apply(actor=request.member, staged=staged, at=timezone.now())
        except ValidationError as error:
            messages.error(request, error.messages[0])
            return redirect("try_import", kind=kind, staged_id=staged_id)
        counted = {"new": trial.new, "changed": trial.changed}
        messages.success(request, _("%(new)s added, %(changed)s changed.") % counted)
        return redirect(BACK.get(kind, kind))
    trial = importing.try_out(actor=request.member, staged=staged, at=timezone.now())
    faults = [told(fault) for fault in trial.faults[:MOST_SHOWN]]
    shown = {"trial": trial, "staged": staged, "faults": faults, "page": _page(kind)}
    return render(request, "people/import_trial.html", shown)


def told(fault: Fault) -> str:
    """Return a fault in the reader's language, its place first."""
    place = []
    if fault.row is not None:
        place.append(_("Row %(row)s") % {"row": fault.row})
    if fault.column is not None:
        place.append(fault.column)
    if fault.value is not None:
        place.append(f"“{fault.value}”")
    sentence = f"{fault.what} {fault.advice}".strip()
    return f"{' · '.join(place)}: {sentence}" if place else sentence


def _page(kind: str, faults: tuple[str, ...] = ()) -> ImportPage:
    columns, (list_title, title) = COLUMNS[kind], TITLES[kind]
    return ImportPage(
        kind=kind,
        title=_(title),
        list_title=_(list_title),
        list_name=BACK.get(kind, kind),
        needed=columns.needed,
        possible=columns.possible,
        faults=faults,
    )


def _check(request: MemberRequest, kind: str) -> None:
    if kind not in RIGHTS:
        raise Http404
    if not request.member.may_everywhere(RIGHTS[kind]):
        raise PermissionDenied


def _lines(uploaded: UploadedFile[bytes], kind: str) -> list[Line]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with path.open("wb") as file:
            for chunk in uploaded.chunks():
                file.write(chunk)
        name = uploaded.name or kind
        if kind == "holidays" and path.read_bytes()[:200].lstrip().startswith(b"BEGIN:VCALENDAR"):
            return read_calendar(path, name=name)
        return read_lines(path, kind, name=name)

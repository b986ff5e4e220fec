"""Pages of units: the tree, one unit, opening, changing, closing, merging."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.people import selectors
from fivegaps.web.people.forms import CloseForm, MergeForm, UnitChangeForm, UnitForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.open_hours import UnitHours, hours_of_unit
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import units
from fivegaps.web.people.tree import Branch, tree_of
from fivegaps.web.people.views.tabs import Tab, tabs_for
from fivegaps.web.shared.forms import tell_errors


@dataclass(frozen=True, slots=True)
class UnitsPage:
    """The tree of units."""

    tabs: tuple[Tab, ...]
    branches: tuple[Branch, ...]
    may_add: bool
    may_import: bool


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit, and what this visitor may do with it."""

    branch: Branch
    employees: int
    hours: UnitHours
    may_change: bool
    may_close: bool
    may_reopen: bool


@require_safe
@needs(Right.SEE_PLACES)
def units_page(request: MemberRequest) -> HttpResponse:
    """Show the units that this person may see, as the tree that they are."""
    member = request.member
    page = UnitsPage(
        tabs=tabs_for(member, "units"),
        branches=tree_of(selectors.units_visible_to(member), today()),
        may_add=member.may(Right.CHANGE_PLACES),
        may_import=member.may_everywhere(Right.CHANGE_PLACES),
    )
    return render(request, "people/units.html", {"page": page})


@require_safe
@needs(Right.SEE_PLACES)
def unit_page(request: MemberRequest, code: str) -> HttpResponse:
    """Show one unit."""
    member = request.member
    unit = selectors.unit_for(member, code, Right.SEE_PLACES)
    if unit is None:
        raise Http404
    may_change = member.may_at(Right.CHANGE_PLACES, unit.path)
    page = UnitPage(
        branch=tree_of(selectors.units_visible_to(member).filter(pk=unit.pk), today())[0],
        employees=selectors.employees_at_work(unit),
        hours=hours_of_unit(unit, timezone.now()),
        may_change=may_change,
        may_close=may_change and unit.closed_on is None,
        may_reopen=may_change and unit.closed_on is not None,
    )
    return render(request, "people/unit.html", {"page": page, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES)
def add_unit(request: MemberRequest) -> HttpResponse:
    """Open a unit."""
    member = request.member
    form = UnitForm(
        request.POST if request.method == "POST" else None,
        parents=selectors.units_visible_to(member, Right.CHANGE_PLACES).filter(closed_on=None),
        must_have_parent=not member.may_everywhere(Right.CHANGE_PLACES),
        initial={"parent": request.GET.get("below", "")},
    )
    if form.is_valid():
        try:
            unit = units.open_unit(actor=member, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("%(unit)s is added.") % {"unit": unit.name})
            return redirect("units")
    return render(request, "people/unit_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES)
def change_unit(request: MemberRequest, code: str) -> HttpResponse:
    """Rename a unit or move it."""
    member = request.member
    unit = selectors.unit_for(member, code, Right.CHANGE_PLACES)
    if unit is None:
        raise Http404
    mine = selectors.units_visible_to(member, Right.CHANGE_PLACES)
    form = UnitChangeForm(
        request.POST if request.method == "POST" else None,
        parents=mine.exclude(path__startswith=unit.path),
        must_have_parent=not member.may_everywhere(Right.CHANGE_PLACES),
        initial={
            "name": unit.name,
            "parent": "" if unit.parent is None else unit.parent.code,
            "opened_on": unit.opened_on,
        },
    )
    if form.is_valid():
        try:
            units.change_unit(actor=member, unit=unit, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("unit", code=code)
    return render(request, "people/unit_form.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES)
def close_unit(request: MemberRequest, code: str) -> HttpResponse:
    """Close a unit."""
    unit = selectors.unit_for(request.member, code, Right.CHANGE_PLACES)
    if unit is None:
        raise Http404
    form = CloseForm(
        request.POST if request.method == "POST" else None, initial={"closed_on": today()}
    )
    if form.is_valid():
        try:
            units.close_unit(
                actor=request.member, unit=unit, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("%(unit)s is closed.") % {"unit": unit.name})
            return redirect("unit", code=code)
    return render(request, "people/unit_close.html", {"form": form, "unit": unit})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_PLACES)
def merge_unit(request: MemberRequest, code: str) -> HttpResponse:
    """Make a unit part of another."""
    member = request.member
    unit = selectors.unit_for(member, code, Right.CHANGE_PLACES)
    if unit is None:
        raise Http404
    mine = selectors.units_visible_to(member, Right.CHANGE_PLACES)
    form = MergeForm(
        request.POST if request.method == "POST" else None,
        heirs=mine.filter(closed_on=None).exclude(path__startswith=unit.path),
        initial={"merged_on": today()},
    )
    if form.is_valid():
        try:
            units.merge_unit(actor=member, unit=unit, at=timezone.now(), **form.cleaned_data)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            told = {"unit": unit.name, "heir": form.cleaned_data["into"].name}
            messages.success(request, _("%(unit)s is part of %(heir)s now.") % told)
            return redirect("unit", code=code)
    return render(request, "people/unit_merge.html", {"form": form, "unit": unit})


@require_POST
@needs(Right.CHANGE_PLACES)
def reopen_unit(request: MemberRequest, code: str) -> HttpResponse:
    """Take a closing back."""
    unit = selectors.unit_for(request.member, code, Right.CHANGE_PLACES)
    if unit is None:
        raise Http404
    units.reopen_unit(actor=request.member, unit=unit, at=timezone.now())
    messages.success(request, _("%(unit)s is open again.") % {"unit": unit.name})
    return redirect("unit", code=code)


def today() -> date:
    """Return the present day where the reader is."""
    return timezone.localdate()

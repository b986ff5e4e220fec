"""Pages of employees."""

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
from fivegaps.web.people.forms import EmployeeChangeForm, EmployeeForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import employees
from fivegaps.web.people.views.tabs import Tab, tabs_for
from fivegaps.web.shared.forms import tell_errors


@dataclass(frozen=True, slots=True)
class EmployeesPage:
    """The employees that a visitor may see."""

    tabs: tuple[Tab, ...]
    employees: list[object]
    may_change: bool
    has_units: bool
    may_import: bool


@require_safe
@needs(Right.SEE_EMPLOYEES)
def employees_page(request: MemberRequest) -> HttpResponse:
    """Show who serves customers in the units of this person."""
    member = request.member
    page = EmployeesPage(
        tabs=tabs_for(member, "employees"),
        employees=list(selectors.employees_visible_to(member)),
        may_change=member.may(Right.CHANGE_EMPLOYEES),
        has_units=selectors.units_visible_to(member, Right.CHANGE_EMPLOYEES).exists(),
        may_import=member.may_everywhere(Right.CHANGE_EMPLOYEES),
    )
    return render(request, "people/employees.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_EMPLOYEES)
def add_employee(request: MemberRequest) -> HttpResponse:
    """Add an employee."""
    mine = selectors.units_visible_to(request.member, Right.CHANGE_EMPLOYEES)
    form = EmployeeForm(
        request.POST if request.method == "POST" else None, units=mine.filter(closed_on=None)
    )
    if form.is_valid():
        try:
            employee = employees.add_employee(
                actor=request.member, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("%(employee)s is added.") % {"employee": employee.name})
            return redirect("employees")
    return render(request, "people/employee_form.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_EMPLOYEES)
def change_employee(request: MemberRequest, code: str) -> HttpResponse:
    """Change an employee's name or unit, or note that one left."""
    employee = selectors.employee_for(request.member, code, Right.CHANGE_EMPLOYEES)
    if employee is None:
        raise Http404
    form = EmployeeChangeForm(
        request.POST if request.method == "POST" else None,
        units=selectors.units_visible_to(request.member, Right.CHANGE_EMPLOYEES),
        initial=EmployeeChangeForm.initial_of(employee),
    )
    if form.is_valid():
        try:
            employees.change_employee(
                actor=request.member, employee=employee, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("employees")
    return render(request, "people/employee_form.html", {"form": form, "employee": employee})

"""Pages of employees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from fivegaps.web.people import selectors
from fivegaps.web.people.forms import (
    AccountForm,
    ComeBackForm,
    EmployeeChangeForm,
    EmployeeForm,
    LeaveForm,
    MoveForm,
)
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


@dataclass(frozen=True, slots=True)
class EmployeePage:
    """One employee, and what this visitor may do."""

    postings: list[object]
    may_change: bool
    may_move: bool
    may_come_back: bool
    may_link: bool


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
    mine = selectors.open_units(request.member, Right.CHANGE_EMPLOYEES)
    form = EmployeeForm(_posted(request), units=mine)
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


@require_safe
@needs(Right.SEE_EMPLOYEES)
def employee_page(request: MemberRequest, code: str) -> HttpResponse:
    """Show one employee, and where he worked."""
    member = request.member
    employee = selectors.employee_for(member, code, Right.SEE_EMPLOYEES)
    if employee is None:
        raise Http404
    may_change = member.may_at(Right.CHANGE_EMPLOYEES, employee.unit.path)
    has_left = employee.left_on is not None
    page = EmployeePage(
        postings=list(selectors.postings_of(employee)),
        may_change=may_change,
        may_move=may_change and not has_left,
        may_come_back=may_change and has_left,
        may_link=may_change and member.may_everywhere(Right.CHANGE_ACCOUNTS),
    )
    return render(request, "people/employee.html", {"page": page, "employee": employee})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_EMPLOYEES)
def change_employee(request: MemberRequest, code: str) -> HttpResponse:
    """Mend an employee's name or first day."""
    employee = selectors.employee_for(request.member, code, Right.CHANGE_EMPLOYEES)
    if employee is None:
        raise Http404
    form = EmployeeChangeForm(
        _posted(request), initial={"name": employee.name, "joined_on": employee.joined_on}
    )

    def change(given: dict[str, Any]) -> None:
        employees.change_employee(
            actor=request.member, employee=employee, at=timezone.now(), **given
        )

    return _step(request, form, change, employee=employee, title=_("Change"))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_EMPLOYEES)
def move_employee(request: MemberRequest, code: str) -> HttpResponse:
    """Let an employee work in another unit."""
    employee = selectors.employee_for(request.member, code, Right.CHANGE_EMPLOYEES)
    if employee is None:
        raise Http404
    form = MoveForm(
        _posted(request),
        units=selectors.open_units(request.member, Right.CHANGE_EMPLOYEES).exclude(
            pk=employee.unit_id
        ),
        initial={"moved_on": timezone.localdate()},
    )

    def move(given: dict[str, Any]) -> None:
        employees.move_employee(actor=request.member, employee=employee, at=timezone.now(), **given)

    lead = _("What customers said so far stays with the former unit.")
    return _step(request, form, move, employee=employee, title=_("Move to another unit"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_EMPLOYEES)
def let_go(request: MemberRequest, code: str) -> HttpResponse:
    """Note somebody's last day at work."""
    employee = selectors.employee_for(request.member, code, Right.CHANGE_EMPLOYEES)
    if employee is None:
        raise Http404
    day = employee.left_on or timezone.localdate()
    form = LeaveForm(_posted(request), initial={"left_on": day})

    def leave(given: dict[str, Any]) -> None:
        employees.leave(actor=request.member, employee=employee, at=timezone.now(), **given)

    lead = _("After that day the account is shut and signed out everywhere. The history stays.")
    return _step(
        request, form, leave, employee=employee, title=_("Leaves the organisation"), lead=lead
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_EMPLOYEES)
def come_back(request: MemberRequest, code: str) -> HttpResponse:
    """Let somebody who left work here again."""
    employee = selectors.employee_for(request.member, code, Right.CHANGE_EMPLOYEES)
    if employee is None:
        raise Http404
    form = ComeBackForm(
        _posted(request),
        units=selectors.open_units(request.member, Right.CHANGE_EMPLOYEES),
        initial={"unit": employee.unit.code, "since": timezone.localdate()},
    )

    def back(given: dict[str, Any]) -> None:
        employees.come_back(actor=request.member, employee=employee, at=timezone.now(), **given)

    lead = _("A former account stays shut until an administrator lets it in again.")
    return _step(request, form, back, employee=employee, title=_("Comes back"), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_ACCOUNTS, everywhere=True)
def link_account(request: MemberRequest, code: str) -> HttpResponse:
    """Say which account an employee signs in with."""
    employee = selectors.employee_for(request.member, code, Right.CHANGE_EMPLOYEES)
    if employee is None:
        raise Http404
    form = AccountForm(
        _posted(request),
        users=selectors.accounts_free_for(employee),
        initial={"user": employee.user_id},
    )

    def link(given: dict[str, Any]) -> None:
        employees.link_account(actor=request.member, employee=employee, at=timezone.now(), **given)

    lead = _("Then the account is shut when the person leaves.")
    return _step(request, form, link, employee=employee, title=_("Account"), lead=lead)


def _posted(request: MemberRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _step(
    request: MemberRequest,
    form: Form,
    act: Callable[[dict[str, Any]], None],
    *,
    employee: Any,
    title: str,
    lead: str = "",
) -> HttpResponse:
    """Do one thing to an employee, or show its form with what was refused."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("employee", code=employee.code)
    told = {"form": form, "employee": employee, "title": title, "lead": lead}
    return render(request, "people/employee_step.html", told)

"""What a member may see of people and places. Every list, chart and export asks here."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q

from fivegaps.web.accounts.models import User
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import (
    Channel,
    Employee,
    Membership,
    Organisation,
    StagedImport,
    Unit,
    UnitSet,
)
from fivegaps.web.people.rights import Right, Role


def units_visible_to(member: Member, right: Right | None = None) -> UnitSet:
    """Return the units that a member may see, closed ones too.

    Args:
        member: Who looks.
        right: Only where he has this right; with None, where he has any.
    """
    grants = member.grants if right is None else member.grants_with(right)
    if any(grant.path is None for grant in grants):
        return Unit.objects.all()
    where = Q(pk__in=[])
    for grant in grants:
        if grant.role is Role.EMPLOYEE:
            where |= Q(path=grant.path)
        else:
            where |= Q(path__startswith=grant.path)
    return Unit.objects.filter(where)


def sees_everything(member: Member, right: Right) -> bool:
    """Return whether a right of his holds in the whole organisation (answers without unit too)."""
    return member.may_everywhere(right)


def unit_for(member: Member, code: str, right: Right | None = None) -> Unit | None:
    """Return a unit by its code if the member may see it (or has the right there)."""
    return units_visible_to(member, right).filter(code=code).first()


def employees_visible_to(member: Member) -> list[Employee]:
    """Return the employees of the units where a member may see employees."""
    units = units_visible_to(member, Right.SEE_EMPLOYEES)
    return list(Employee.objects.filter(unit__in=units).select_related("unit"))


def employee_for(member: Member, code: str, right: Right) -> Employee | None:
    """Return an employee by code where the member has the right."""
    units = units_visible_to(member, right)
    return Employee.objects.filter(code=code, unit__in=units).select_related("unit").first()


def channels() -> list[Channel]:
    """Return every channel, closed ones last; channels are no secret of any unit."""
    return sorted(Channel.objects.all(), key=lambda row: (row.closed_on is not None, row.name))


def channel_for(code: str) -> Channel | None:
    """Return a channel by its code."""
    return Channel.objects.filter(code=code).first()


def organisation() -> Organisation | None:
    """Return whose office this is; None before it is set up."""
    return Organisation.objects.filter(id=1).first()


def is_set_up() -> bool:
    """Return whether somebody has an account."""
    return User.objects.exists()


def accounts() -> list[User]:
    """Return everybody with an account, memberships at hand."""
    return list(User.objects.prefetch_related("memberships__unit"))


def account_for(user_id: UUID) -> User | None:
    """Return an account by its id."""
    return User.objects.filter(id=user_id).prefetch_related("memberships__unit").first()


def administrators() -> int:
    """Return how many active persons are administrators of the whole organisation."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR, unit=None, user__is_active=True)
    return rows.count()


def employees_at_work(unit: Unit) -> int:
    """Return how many employees of a unit have not left."""
    return unit.employees.filter(left_on=None).count()


def membership_for(user_id: UUID, membership_id: UUID) -> Membership | None:
    """Return one role of a person."""
    rows = Membership.objects.filter(id=membership_id, user_id=user_id)
    return rows.select_related("user").first()


def staged_import(member: Member, kind: str, staged_id: UUID) -> StagedImport | None:
    """Return the rows that a member has staged himself."""
    return StagedImport.objects.filter(id=staged_id, kind=kind, user_id=member.user_id).first()

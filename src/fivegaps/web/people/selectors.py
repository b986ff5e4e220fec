"""What a member may see of people and places. Every list, chart and export asks here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from fivegaps.web.accounts.models import User
from fivegaps.web.people.members import Member
from fivegaps.web.people.models import (
    Channel,
    Employee,
    Holiday,
    Membership,
    OpeningHours,
    Organisation,
    Posting,
    StagedImport,
    Touchpoint,
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


def open_units(member: Member, right: Right) -> UnitSet:
    """Return the units that are not closed where a member has a right."""
    return units_visible_to(member, right).filter(closed_on=None)


def sees_everything(member: Member, right: Right) -> bool:
    """Return whether a right of his holds in the whole organisation (answers without unit too)."""
    return member.may_everywhere(right)


def unit_for(member: Member, code: str, right: Right | None = None) -> Unit | None:
    """Return a unit by its code if the member may see it (or has the right there)."""
    return units_visible_to(member, right).filter(code=code).first()


def employees_visible_to(member: Member) -> list[Employee]:
    """Return the employees of the units where a member may see employees."""
    units = units_visible_to(member, Right.SEE_EMPLOYEES)
    rows = Employee.objects.filter(unit__in=units).select_related("unit")
    return sorted(rows, key=lambda row: (row.left_on is not None, row.name.casefold(), row.code))


def employee_for(member: Member, code: str, right: Right) -> Employee | None:
    """Return an employee by code where the member has the right."""
    units = units_visible_to(member, right)
    rows = Employee.objects.filter(code=code, unit__in=units)
    return rows.select_related("unit", "user").first()


def postings_of(employee: Employee) -> list[Posting]:
    """Return where and when an employee worked, the present place first."""
    return list(reversed(employee.postings.select_related("unit")))


def channels() -> list[Channel]:
    """Return every channel, closed ones last; channels are no secret of any unit."""
    return sorted(Channel.objects.all(), key=lambda row: (row.closed_on is not None, row.name))


def channel_for(code: str) -> Channel | None:
    """Return a channel by its code."""
    return Channel.objects.filter(code=code).first()


def touchpoints() -> list[Touchpoint]:
    """Return every touchpoint, closed ones last."""
    rows = Touchpoint.objects.select_related("channel")
    return sorted(rows, key=lambda row: (row.closed_on is not None, row.name.casefold()))


def touchpoint_for(code: str) -> Touchpoint | None:
    """Return a touchpoint by its code."""
    return Touchpoint.objects.filter(code=code).select_related("channel").first()


def chain_of(unit: Unit) -> list[Unit]:
    """Return a unit and those above it, itself first."""
    rows = Unit.objects.in_bulk(unit.ancestor_ids())
    return [rows[key] for key in reversed(unit.ancestor_ids())]


def zone_of(unit: Unit | None) -> ZoneInfo:
    """Return the time zone of a unit: its own, the nearest above, or the organisation's."""
    named = next((one.time_zone for one in chain_of(unit) if one.time_zone), "") if unit else ""
    own = None if named else organisation()
    return ZoneInfo(named or ("UTC" if own is None else own.time_zone))


def day_in(unit: Unit | None, at: datetime) -> date:
    """Return the day that it is in a unit at an instant."""
    return at.astimezone(zone_of(unit)).date()


def hours_of(unit: Unit | None) -> list[OpeningHours]:
    """Return the weekly hours that a unit (None: the organisation) has of its own, new first."""
    return list(OpeningHours.objects.filter(unit=unit).order_by("-since"))


def hours_for(member: Member, hours_id: UUID) -> OpeningHours | None:
    """Return weekly hours that a member may change."""
    row = OpeningHours.objects.filter(id=hours_id).select_related("unit").first()
    return row if row is not None and _may_change(member, row.unit) else None


def holidays_of(units: Sequence[Unit | None], since: date) -> list[Holiday]:
    """Return the holidays of some units (None: of the whole organisation) from a day on."""
    mine = Q(unit__in=[one for one in units if one is not None])
    if None in units:
        mine |= Q(unit=None)
    return list(Holiday.objects.filter(mine, day__gte=since).select_related("unit"))


def holiday_for(member: Member, holiday_id: UUID) -> Holiday | None:
    """Return a holiday that a member may change."""
    row = Holiday.objects.filter(id=holiday_id).select_related("unit").first()
    return row if row is not None and _may_change(member, row.unit) else None


def _may_change(member: Member, unit: Unit | None) -> bool:
    if unit is None:
        return member.may_everywhere(Right.CHANGE_PLACES)
    return member.may_at(Right.CHANGE_PLACES, unit.path)


def organisation() -> Organisation | None:
    """Return whose office this is; None before it is set up."""
    return Organisation.objects.filter(id=1).first()


def is_set_up() -> bool:
    """Return whether somebody has an account."""
    return User.objects.exists()


def accounts() -> list[User]:
    """Return everybody with an account, memberships at hand."""
    return list(User.objects.prefetch_related("memberships__unit"))


def accounts_free_for(employee: Employee) -> QuerySet[User]:
    """Return the accounts that no other employee signs in with."""
    return User.objects.filter(Q(employee=None) | Q(employee=employee))


def account_for(user_id: UUID) -> User | None:
    """Return an account by its id."""
    return User.objects.filter(id=user_id).prefetch_related("memberships__unit").first()


def administrators() -> int:
    """Return how many active persons are administrators of the whole organisation."""
    rows = Membership.objects.filter(role=Role.ADMINISTRATOR, unit=None, user__is_active=True)
    return rows.count()


def auditors() -> list[User]:
    """Return the active persons who are auditors."""
    return list(User.objects.filter(is_active=True, memberships__role=Role.AUDITOR).distinct())


def auditor_for(user_id: str) -> User | None:
    """Return an active auditor by the id of the account."""
    rows = User.objects.filter(is_active=True, memberships__role=Role.AUDITOR)
    return rows.filter(id=user_id).first()


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

"""Somebody of each role in the invented bank."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from fivegaps.web.accounts.models import User
from fivegaps.web.accounts.services.users import add_user, set_password
from fivegaps.web.people.models import Unit
from fivegaps.web.people.rights import Role
from fivegaps.web.people.services.memberships import give_role

DOMAIN = "bank.example"
# Without signs that are mistaken for others: these are copied from a terminal by hand.
PASSWORD_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # noqa: S105 - an alphabet


@dataclass(frozen=True, slots=True)
class Account:
    """Who signs in as what; ``unit`` is the code of the place where the role holds."""

    role: Role
    name: str
    unit: str = ""

    @property
    def email(self) -> str:
        """The address that signs in."""
        return f"{self.role.value}@{DOMAIN}"


ACCOUNTS = (
    Account(Role.QUALITY_MANAGER, "Service-quality manager"),
    Account(Role.ADMINISTRATOR, "Administrator"),
    Account(Role.UNIT_MANAGER, "Manager of Harbour", "harbour"),
    Account(Role.EMPLOYEE, "Adviser at Harbour", "harbour"),
    Account(Role.ANALYST, "Analyst"),
    Account(Role.EXECUTIVE, "Executive"),
    Account(Role.MARKETING, "Marketing"),
    Account(Role.HR, "Human resources"),
    Account(Role.AUDITOR, "Auditor"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What lets somebody in."""

    role: str
    email: str
    password: str


def new_password() -> str:
    """Return a password of 16 random signs in four groups (79 bits)."""
    signs = [secrets.choice(PASSWORD_SIGNS) for _ in range(16)]
    return "-".join("".join(signs[first : first + 4]) for first in range(0, 16, 4))


@transaction.atomic
def add_administrator(*, time_zone: str, at: datetime) -> User:
    """Return the first person of the demo; the others are added by this one."""
    account = next(one for one in ACCOUNTS if one.role is Role.ADMINISTRATOR)
    return _add(account, actor=None, unit=None, time_zone=time_zone, at=at)


@transaction.atomic
def add_colleagues(
    *, actor: User, units: dict[str, Unit], time_zone: str, at: datetime
) -> dict[str, User]:
    """Return a person for each other role, by role; nobody has a password yet."""
    return {
        account.role.value: _add(
            account, actor=actor, unit=units.get(account.unit), time_zone=time_zone, at=at
        )
        for account in ACCOUNTS
        if account.role is not Role.ADMINISTRATOR
    }


def _add(
    account: Account, *, actor: User | None, unit: Unit | None, time_zone: str, at: datetime
) -> User:
    user = add_user(
        actor=actor,
        email=account.email,
        name=account.name,
        language="en",
        time_zone=time_zone,
        at=at,
    )
    give_role(actor=actor or user, user=user, role=account.role, unit=unit, at=at)
    return user


@transaction.atomic
def sign_ins(*, known: dict[str, str]) -> tuple[SignIn, ...]:
    """Return what lets each role in.

    Args:
        known: Passwords by e-mail address, from an earlier run. One that still lets its
            person in is kept; who has none, or another, gets a new one.
    """
    found = []
    for account in ACCOUNTS:
        user = User.objects.filter(email=account.email).first()
        if user is None or not user.is_active:
            continue  # somebody who tries the demo out may have shut a person out
        password = known.get(account.email, "")
        if not password or not user.check_password(password):
            password = new_password()
            set_password(user=user, password=password)
        found.append(SignIn(account.role.value, account.email, password))
    return tuple(found)

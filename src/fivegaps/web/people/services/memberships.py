"""Who has which role where: invited, given a role, losing it."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.accounts.models import User
from fivegaps.web.accounts.services.links import issue_link
from fivegaps.web.accounts.services.users import AddressTaken, add_user
from fivegaps.web.accounts.services.users import deactivate as deactivate_user
from fivegaps.web.people.mails import mail_invitation
from fivegaps.web.people.models import Membership, Organisation, Unit
from fivegaps.web.people.rights import BOUND_TO_UNIT, BOUND_TO_WHOLE, Role
from fivegaps.web.people.selectors import administrators
from fivegaps.web.shared import audit


@transaction.atomic
def invite(
    *,
    actor: audit.Actor,
    email: str,
    name: str,
    role: str,
    unit: Unit | None,
    language: str,
    at: datetime,
) -> tuple[User, str]:
    """Return a new person with a role, and the token of the link that lets one in.

    The link goes out by mail once this is committed.

    Raises:
        ValidationError: The address is taken, or the role needs a unit.
    """
    organisation = Organisation.objects.filter(id=1).first()
    time_zone = "UTC" if organisation is None else organisation.time_zone
    try:
        user = add_user(
            actor=actor, email=email, name=name, language=language, time_zone=time_zone, at=at
        )
    except AddressTaken:
        message = _("Somebody with this address is here already; change the role there.")
        raise ValidationError({"email": message}) from None
    give_role(actor=actor, user=user, role=role, unit=unit, at=at)
    return user, invite_again(actor=actor, user=user, at=at)


@transaction.atomic
def invite_again(*, actor: audit.Actor, user: User, at: datetime) -> str:
    """Return the token of a new link for a person; the former link stops working."""
    token = issue_link(user=user, at=at)
    audit.record(actor=actor, verb="invited", kind="user", subject=user.id, at=at)
    transaction.on_commit(lambda: mail_invitation(user, token))
    return token


@transaction.atomic
def give_role(
    *, actor: audit.Actor | None, user: User, role: str, unit: Unit | None, at: datetime
) -> Membership:
    """Give a person a role, in a unit and below or everywhere.

    Raises:
        ValidationError: The role holds in one unit and none is named, or it is there already.
    """
    if unit is None and role in BOUND_TO_UNIT:
        raise ValidationError({"unit": _("This role holds in one unit; choose which.")})
    if unit is not None and role in BOUND_TO_WHOLE:
        raise ValidationError({"unit": _("This role holds in the whole organisation.")})
    membership = Membership(user=user, role=role, unit=unit)
    membership.full_clean()
    membership.save(force_insert=True)
    audit.record(actor=actor, verb="gave-role", kind="user", subject=user.id, at=at)
    return membership


@transaction.atomic
def take_role(*, actor: audit.Actor, membership: Membership, at: datetime) -> None:
    """Take a role away.

    Raises:
        ValidationError: Nobody would be left to administer the office.
    """
    _check_one_administrator_stays(membership.user, membership)
    membership.delete()
    audit.record(actor=actor, verb="took-role", kind="user", subject=membership.user_id, at=at)


@transaction.atomic
def deactivate(*, actor: audit.Actor | None, user: User, at: datetime) -> None:
    """Shut a person out of the office.

    Raises:
        ValidationError: Nobody would be left to administer the office.
    """
    check_may_go(user)
    deactivate_user(actor=actor, user=user, at=at)


def check_may_go(user: User) -> None:
    """Refuse to lose the last administrator.

    Raises:
        ValidationError: Nobody would be left to administer the office.
    """
    for membership in user.memberships.all():
        _check_one_administrator_stays(user, membership)


def _check_one_administrator_stays(user: User, membership: Membership) -> None:
    rules_all = membership.role == Role.ADMINISTRATOR and membership.unit_id is None
    if rules_all and user.is_active and administrators() <= 1:
        raise ValidationError(
            _("This is the last administrator. Make somebody else administrator first.")
        )

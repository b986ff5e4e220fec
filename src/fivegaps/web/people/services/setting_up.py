"""The first hour of an office: whose it is, and its first administrator."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from fivegaps.web.accounts.models import EntryLink, User
from fivegaps.web.accounts.services.links import spend_link
from fivegaps.web.accounts.services.users import LinkSpent, add_user, set_password
from fivegaps.web.people.models import ChannelKind, Organisation
from fivegaps.web.people.rights import Role
from fivegaps.web.people.services.channels import add_channel
from fivegaps.web.people.services.memberships import give_role
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


@transaction.atomic
def set_up(
    *,
    link: EntryLink,
    organisation: str,
    name: str,
    email: str,
    password: str,
    language: str,
    time_zone: str,
    at: datetime,
) -> User:
    """Return the first administrator of a new office; the link is spent.

    Raises:
        LinkSpent: The link was used, or somebody has an account already.
        ValidationError: A value cannot be used, for instance a weak password.
    """
    if User.objects.exists() or not spend_link(link, at=at):
        raise LinkSpent
    own = Organisation(id=1, name=tidy(organisation), language=language, time_zone=time_zone)
    own.full_clean()
    own.save(force_insert=True)
    user = add_user(
        actor=None, email=email, name=name, language=language, time_zone=time_zone, at=at
    )
    try:
        set_password(user=user, password=password)
    except ValidationError as error:
        raise ValidationError({"password": error.messages}) from None
    give_role(actor=user, user=user, role=Role.ADMINISTRATOR, unit=None, at=at)
    for kind in (ChannelKind.COUNTER, ChannelKind.PHONE, ChannelKind.WEB):
        add_channel(actor=user, code=kind.value, name=str(kind.label), kind=kind, at=at)
    audit.record(actor=user, verb="set-up", kind="organisation", subject=1, at=at)
    return user


@transaction.atomic
def change_organisation(
    *, actor: audit.Actor, name: str, language: str, time_zone: str, at: datetime
) -> Organisation:
    """Change the name, language or time zone of the organisation."""
    own, _ = Organisation.objects.get_or_create(id=1)
    own.name, own.language, own.time_zone = tidy(name), language, time_zone
    own.full_clean()
    own.save()
    audit.record(actor=actor, verb="changed", kind="organisation", subject=1, at=at)
    return own

"""Persons of the staff: added, taking up their invitation, changing language, leaving."""

from __future__ import annotations

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from fivegaps.web.accounts.models import EntryLink, User
from fivegaps.web.accounts.services.links import spend_link
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy


class AddressTaken(Exception):
    """A person with this e-mail address is there already."""


class LinkSpent(Exception):
    """The link was used, or its time is over."""


@transaction.atomic
def add_user(
    *, actor: audit.Actor | None, email: str, name: str, language: str, time_zone: str, at: datetime
) -> User:
    """Return a new person, who cannot sign in before a password is set.

    Raises:
        AddressTaken: Somebody has this address.
        ValidationError: The address is none.
    """
    if User.objects.filter(email__iexact=email).exists():
        raise AddressTaken(email)
    user = User(
        email=email.strip().lower(),
        name=tidy(name),
        language=language,
        time_zone=time_zone,
        created_at=at,
    )
    user.set_unusable_password()
    user.full_clean()
    user.save(force_insert=True)
    audit.record(actor=actor, verb="added", kind="user", subject=user.id, at=at)
    return user


@transaction.atomic
def take_up_invitation(
    *, link: EntryLink, name: str, password: str, language: str, at: datetime
) -> User:
    """Return the invited person, who has a password now; the link is spent.

    Raises:
        LinkSpent: It was used meanwhile.
        ValidationError: The password is too weak.
    """
    user = link.user
    if user is None or not spend_link(link, at=at):
        raise LinkSpent
    user.name, user.language = tidy(name), language
    set_password(user=user, password=password)
    audit.record(actor=user, verb="joined", kind="user", subject=user.id, at=at)
    return user


def set_password(*, user: User, password: str) -> None:
    """Give a person a password and count the address as proven. Call inside a transaction.

    Raises:
        ValidationError: It is too weak.
    """
    validate_password(password, user)
    user.set_password(password)
    user.full_clean()
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )


@transaction.atomic
def choose_language(*, user: User, language: str) -> None:
    """Remember in which language a person reads; no deed for the audit log."""
    user.language = language
    user.full_clean()
    user.save(update_fields=["language"])


@transaction.atomic
def deactivate(*, actor: audit.Actor | None, user: User, at: datetime) -> None:
    """Shut a person out: no sign-in, every session ended, open links void."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    EntryLink.objects.filter(user=user, used_at=None).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    audit.record(actor=actor, verb="deactivated", kind="user", subject=user.id, at=at)


@transaction.atomic
def reactivate(*, actor: audit.Actor, user: User, at: datetime) -> None:
    """Let a person in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    audit.record(actor=actor, verb="reactivated", kind="user", subject=user.id, at=at)

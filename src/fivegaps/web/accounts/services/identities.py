"""Persons whom an identity provider vouches for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from fivegaps.web.accounts.models import User
from fivegaps.web.shared import audit


def user_vouched_for(claims: Mapping[str, Any]) -> User | None:
    """Return the active person whose address the provider calls proven; None: nobody."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str) or not email:
        return None
    return User.objects.filter(email__iexact=email.strip(), is_active=True).first()


@transaction.atomic
def link_identity(*, sociallogin: Any, request: HttpRequest, user: User, at: datetime) -> None:
    """Remember which identity is whose, so that a later change of address shuts nobody out."""
    sociallogin.connect(request, user)
    audit.record(actor=user, verb="linked-identity", kind="user", subject=user.id, at=at)

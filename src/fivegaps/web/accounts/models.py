"""A person of the staff, and the links that let one in once."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class UserSet(BaseUserManager["User"]):
    """Finds persons by their address, whatever case it is typed in."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in by e-mail address; never deleted, only made inactive."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    objects: ClassVar[UserSet] = UserSet()

    class Meta:
        ordering: ClassVar = ["name", "email"]
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="one_user_per_address"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def actor_id(self) -> uuid.UUID:
        """The id that the audit log keeps."""
        return self.id


class EntryLink(models.Model):
    """A link that is good for one use: to set the office up, or to take up an invitation.

    Only the digest of its token is kept: whoever reads the database cannot use it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="links")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.id} until {self.expires_at:%Y-%m-%d}"

    def is_open(self, at: datetime) -> bool:
        """Return whether it may still be used."""
        return self.used_at is None and at < self.expires_at

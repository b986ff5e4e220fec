"""Tokens: what another system shows instead of a password."""

from __future__ import annotations

import uuid
from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fivegaps.web.accounts.models import User
from fivegaps.web.surveys.models import Survey


class Scope(models.TextChoices):
    """What a token opens."""

    SUBMIT = "submit", _("Send answers")
    READ = "read", _("Read surveys, waves and results")
    EVENTS = "events", _("Tell of transactions, after which customers may be asked")


class Token(models.Model):
    """A token by its digest; the text itself is shown once and kept nowhere.

    ``start`` are its first signs, by which people recognise it. A token without surveys
    holds for every survey.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=80)
    start = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField()
    surveys = models.ManyToManyField(Survey, blank=True, related_name="+")
    issued_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.name

    def is_good(self, at: datetime) -> bool:
        """Return whether it opens anything at an instant."""
        return self.revoked_at is None and at < self.expires_at

"""Devices that stand where customers are and ask whoever comes by."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fivegaps.web.surveys.models import Link


class KioskMode(models.TextChoices):
    """How much a kiosk asks."""

    WHOLE = "whole", _("The whole questionnaire, a few questions at a time")
    ONE = "one", _("One question, one press")


class Kiosk(models.Model):
    """One device: its own address, and the open link whose place its answers count for.

    ``outcome`` is the one question of mode one. After ``idle_seconds`` without a touch it
    starts afresh; for ``pause_seconds`` after an answer it takes no other.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+")
    token = models.CharField(max_length=32, unique=True)
    place = models.CharField(max_length=80)
    mode = models.CharField(max_length=5, choices=KioskMode.choices)
    outcome = models.CharField(max_length=40, blank=True)
    idle_seconds = models.PositiveSmallIntegerField(default=60)
    pause_seconds = models.PositiveSmallIntegerField(default=5)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(mode="whole", outcome="") | (Q(mode="one") & ~Q(outcome="")),
                name="kiosk_of_one_question_names_it",
            ),
        ]

    def __str__(self) -> str:
        return self.place

"""Open links to a survey, and how many people they reached."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.surveys.models.programmes import Survey, Wave


class Link(models.Model):
    """An open link: whoever has it may answer; it outlives waves, so a poster may stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="links")
    token = models.CharField(max_length=32, unique=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT)
    touchpoint = models.ForeignKey(Touchpoint, null=True, blank=True, on_delete=models.PROTECT)
    employee = models.ForeignKey(Employee, null=True, blank=True, on_delete=models.PROTECT)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.token


class Reach(models.Model):
    """How many customers a unit served and asked during a wave, as its people entered it.

    ``told`` counts those served of whom another system told, ``mailed`` the invitations that
    went out: they come on top of what was entered.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="reaches")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    served = models.PositiveIntegerField(null=True, blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)
    told = models.PositiveIntegerField(default=0)
    mailed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "unit"], name="reach_of_a_unit_once"),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(unit__isnull=True), name="reach_without_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.unit_id}"

    @property
    def all_served(self) -> int | None:
        """How many were served, entered or told; None when neither is known."""
        return None if self.served is None and not self.told else (self.served or 0) + self.told

    @property
    def all_asked(self) -> int | None:
        """How many were asked, by people or by mail; None when neither is known."""
        return None if self.asked is None and not self.mailed else (self.asked or 0) + self.mailed

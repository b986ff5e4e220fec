"""When places are open: weeks by the day from which they hold, and days that differ."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fivegaps.web.people.models.places import Unit

EVER = date.min


class OpeningHours(models.Model):
    """The weekly hours of a unit, or of the whole organisation, from a day on.

    ``week`` holds seven lists from Monday to Sunday, each of pairs [opens, closes] in minutes
    since midnight; None says that the unit keeps the hours of the one above again. ``since``
    :data:`EVER`: as long as anybody knows.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="weeks"
    )
    since = models.DateField()
    week = models.JSONField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["since"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "since"], name="hours_of_unit_once"),
            models.UniqueConstraint(
                fields=["since"], condition=Q(unit__isnull=True), name="hours_of_all_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id or 'all'} since {self.since}"


class Holiday(models.Model):
    """A day on which a unit and those below it, or the whole organisation, keep other hours.

    ``spans`` holds pairs [opens, closes] in minutes since midnight; empty: closed all day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.CASCADE, related_name="holidays"
    )
    day = models.DateField()
    name = models.CharField(max_length=120)
    spans = models.JSONField(default=list, blank=True)

    class Meta:
        ordering: ClassVar = ["day"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "day"], name="holiday_of_unit_once"),
            models.UniqueConstraint(
                fields=["day"], condition=Q(unit__isnull=True), name="holiday_of_all_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

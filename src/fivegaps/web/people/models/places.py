"""The organisation, its units, channels and touchpoints. Nothing is deleted: it closes."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Organisation(models.Model):
    """Whose office this is; one row. ``is_invented``: the demo's, which every page says."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=10, choices=settings.LANGUAGES, default="en")
    time_zone = models.CharField(max_length=64, default="UTC")
    is_invented = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_organisation"),
        ]

    def __str__(self) -> str:
        return self.name


class UnitSet(models.QuerySet["Unit"]):
    """Units, by place in the tree and by day."""

    def open_on(self, day: date) -> UnitSet:
        """Return those at work on a day."""
        opened = Q(opened_on=None) | Q(opened_on__lte=day)
        return self.filter(opened & (Q(closed_on=None) | Q(closed_on__gt=day)))

    def below(self, unit: Unit) -> UnitSet:
        """Return a unit and everything under it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A branch, shop, department or region: a node of the organisation's tree.

    ``path`` is the ids from the root to here between slashes, so that a subtree is a prefix.
    A closed unit keeps its answers; a merged one names its heir. Without a time zone of its own
    it has that of the unit above.
    """

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=200, unique=True, db_index=True, editable=False)
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged"
    )
    time_zone = models.CharField(max_length=64, blank=True)

    objects: ClassVar = UnitSet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gt=F("opened_on")),
                name="unit_closes_after_opening",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(closed_on__isnull=False),
                name="merged_unit_is_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def is_open_on(self, day: date) -> bool:
        """Return whether it is at work on a day."""
        opened = self.opened_on is None or self.opened_on <= day
        return opened and (self.closed_on is None or day < self.closed_on)

    @property
    def depth(self) -> int:
        """How many units stand above it."""
        return self.path.count("/") - 2

    def ancestor_ids(self) -> tuple[int, ...]:
        """Return the ids from the root to this unit, itself last."""
        return tuple(int(part) for part in self.path.strip("/").split("/"))


class ChannelKind(models.TextChoices):
    """The ways by which customers meet the organisation."""

    COUNTER = "counter", _("Counter")
    PHONE = "phone", _("Phone")
    WEB = "web", _("Website")
    APP = "app", _("App")
    MAIL = "mail", _("E-mail and letter")
    SOCIAL = "social", _("Social media")
    VISIT = "visit", _("Visit at the customer's")


class Channel(models.Model):
    """One way to the organisation, under the name that its people use."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=ChannelKind.choices)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class Touchpoint(models.Model):
    """A moment at which customers meet the organisation, such as opening an account."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name

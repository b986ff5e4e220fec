"""Whom a wave invites by mail, and who must not be written to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.surveys.models import Invitation, Survey, Wave


class Outcome(models.TextChoices):
    """What became of an address; answered and expired follow from the invitation and the wave."""

    LISTED = "listed", _("On the list")
    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent, not answered yet")
    BOUNCED = "bounced", _("Bounced")
    REFUSED = "refused", _("Could not be sent")
    OPTED_OUT = "opted-out", _("Opted out")
    HELD_BACK = "held-back", _("Held back")
    ANSWERED = "answered", _("Answered")
    EXPIRED = "expired", _("Expired")


class Recipient(models.Model):
    """One address on the list of a wave.

    ``address_key`` is the keyed digest of the address: it finds the same person in other
    surveys, and remains where the address itself is erased. ``event`` is the key of the
    transaction that put the address here, empty when a person did.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    invitation = models.OneToOneField(
        Invitation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    address = models.CharField(max_length=254)
    address_key = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=120, blank=True)
    lang = models.CharField(max_length=10)
    external_id = models.CharField(max_length=80, blank=True)
    event = models.CharField(max_length=80, blank=True)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="+")
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.LISTED)
    reason = models.CharField(max_length=300, blank=True)
    added_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["address"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["wave", "address_key", "event"], name="address_once_in_a_wave"
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Suppression(models.Model):
    """An address that is never written to again; only its keyed digest is kept."""

    address_key = models.CharField(max_length=64, primary_key=True)
    reason = models.CharField(
        max_length=10,
        choices=[
            (Outcome.OPTED_OUT, Outcome.OPTED_OUT.label),
            (Outcome.BOUNCED, Outcome.BOUNCED.label),
        ],
    )
    since = models.DateTimeField()

    def __str__(self) -> str:
        return self.reason


class Contact(models.Model):
    """When an address was last invited, and for which recipient."""

    address_key = models.CharField(max_length=64, primary_key=True)
    invited_at = models.DateTimeField()
    recipient_id = models.UUIDField()

    def __str__(self) -> str:
        return str(self.invited_at)


class Event(models.Model):
    """A transaction that another system told of: counted as served, asked by chance."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    happened_at = models.DateTimeField()
    told_at = models.DateTimeField()
    is_sampled = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "key"], name="event_once"),
        ]

    def __str__(self) -> str:
        return self.key


class StagedList(models.Model):
    """Rows of a list that was read and not yet added; gone once added or replaced."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    rows = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

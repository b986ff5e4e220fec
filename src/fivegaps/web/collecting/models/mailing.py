"""How mails are sent: for the whole organisation, for a survey, for a wave."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fivegaps.web.surveys.models import Survey, Wave


def evening() -> dt.time:
    """Return when quiet hours begin unless somebody says otherwise."""
    return dt.time(20)


def morning() -> dt.time:
    """Return when quiet hours end unless somebody says otherwise."""
    return dt.time(8)


class MailRules(models.Model):
    """What holds for every survey's mails; one row.

    ``days_between`` keeps a person from being invited more often, by whichever survey; None
    sets no limit. Nothing goes out from ``quiet_from`` until ``quiet_until``, in the
    organisation's time zone; equal times mean no quiet hours.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    days_between = models.PositiveSmallIntegerField(null=True, default=30)
    quiet_from = models.TimeField(default=evening)
    quiet_until = models.TimeField(default=morning)
    a_minute = models.PositiveSmallIntegerField(default=60)
    bounce_address = models.CharField(max_length=254, blank=True)
    reply_address = models.CharField(max_length=254, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(id=1), name="one_set_of_mail_rules"),
        ]

    def __str__(self) -> str:
        return "mail rules"


class MailKind(models.TextChoices):
    """The mails that a survey sends."""

    INVITATION = "invitation", _("Invitation")
    REMINDER = "reminder", _("Reminder")


class MailText(models.Model):
    """A survey's own subject and body of a mail, in one language; without a row ours is used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=MailKind.choices)
    lang = models.CharField(max_length=10)
    subject = models.CharField(max_length=150)
    body = models.TextField(max_length=4000)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "kind", "lang"], name="mail_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.lang}"


class Campaign(models.Model):
    """The mails of a wave: whether they go out, and after how many days reminders follow."""

    wave = models.OneToOneField(Wave, primary_key=True, on_delete=models.PROTECT, related_name="+")
    is_sending = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    reminder_days = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.wave_id)


class Sampling(models.Model):
    """Whom a survey asks after a transaction: what share, how long after."""

    survey = models.OneToOneField(
        Survey, primary_key=True, on_delete=models.PROTECT, related_name="+"
    )
    percent = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    delay_minutes = models.PositiveIntegerField(default=60)

    def __str__(self) -> str:
        return f"{self.percent} %"

"""What people answered: saved on the way, sent once, set aside."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.surveys.models.links import Link
from fivegaps.web.surveys.models.programmes import Survey, Wave


class Source(models.TextChoices):
    """The way by which an answer came."""

    LINK = "link", _("Open link")
    KIOSK = "kiosk", _("Kiosk")
    INVITATION = "invitation", _("Invitation")
    API = "api", _("Other system")
    PAPER = "paper", _("Paper")
    IMPORT = "import", _("File")


class Answered(models.Model):
    """What a saved and a sent form have in common.

    ``codes`` holds a byte for each item column of the version's instrument, in its order:
    value - scale minimum + 1, 0 for no answer; reversed items as they were answered.
    ``other`` holds the rest by column, and under ``not_applicable`` the columns that the
    person cannot judge. ``consent`` is the number of the consent text that was shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission_id = models.UUIDField()
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="%(class)ss")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.LINK)
    link = models.ForeignKey(
        Link, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    employee = models.ForeignKey(
        Employee, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    consent = models.PositiveSmallIntegerField(null=True)
    lang = models.CharField(max_length=10)
    codes = models.BinaryField()
    other = models.JSONField()
    is_test = models.BooleanField()
    started_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class Response(Answered):
    """One person's answers, sent once; the receipt is what that person holds."""

    body_sha256 = models.CharField(max_length=64)
    receipt = models.CharField(max_length=12, unique=True)
    submitted_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "submission_id"], name="response_once"),
        ]

    def __str__(self) -> str:
        return self.receipt


class Draft(Answered):
    """Answers saved on the way; ``revision`` counts the saves."""

    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "submission_id"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return str(self.submission_id)


class Quarantine(models.Model):
    """Other content that came under the id of a recorded submission: kept for a person to see."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="set_aside")
    codes = models.BinaryField()
    other = models.JSONField()
    body_sha256 = models.CharField(max_length=64)
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["received_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["response", "body_sha256"], name="set_aside_once"),
        ]

    def __str__(self) -> str:
        return self.body_sha256

"""Surveys, their questionnaires, waves and links, and what people answered."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.models import Channel, Unit


class Identification(models.TextChoices):
    """What is known of whoever answers; fixed with the first wave."""

    CONFIDENTIAL = (
        "confidential",
        _("Confidential: no name is asked; managers see results, not forms"),
    )
    IDENTIFIED = "identified", _("Identified: whoever answers may leave a name")


class State(models.TextChoices):
    """States of a wave (fivegaps.model.wave)."""

    DRAFT = "draft", _("Not open yet")
    PILOT = "pilot", _("On trial")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Survey(models.Model):
    """A survey programme: one questionnaire that is fielded again and again."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    identification = models.CharField(max_length=12, choices=Identification.choices)
    languages = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """A questionnaire as it was frozen: the whole instrument file, and its digest."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    toml = models.TextField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "number"], name="version_numbered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.number}"


class Wave(models.Model):
    """One fielding of a survey. ``accepted`` counts against the quota, where there is one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    quota = models.PositiveIntegerField(null=True, blank=True)
    accepted = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "name"], name="wave_named_once"),
            models.UniqueConstraint(
                fields=["survey"], condition=~Q(state="closed"), name="one_wave_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Link(models.Model):
    """An open link: whoever has it may answer; it outlives waves, so a poster may stay."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="links")
    token = models.CharField(max_length=32, unique=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT)
    touchpoint = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return self.token


class Answered(models.Model):
    """What a saved and a sent form have in common.

    ``codes`` holds a byte for each item column of the version's instrument, in its order:
    value - scale minimum + 1, 0 for no answer; reversed items as they were answered.
    ``other`` holds the rest by column, and under ``not_applicable`` the columns that the
    person cannot judge.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission_id = models.UUIDField()
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="%(class)ss")
    link = models.ForeignKey(Link, on_delete=models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(
        Channel, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
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


class Reach(models.Model):
    """How many customers a unit served and asked during a wave, as its people entered it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="reaches")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    served = models.PositiveIntegerField(null=True, blank=True)
    asked = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["wave", "unit"], name="reach_of_a_unit_once"),
            models.UniqueConstraint(
                fields=["wave"], condition=Q(unit__isnull=True), name="reach_without_unit_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.unit_id}"

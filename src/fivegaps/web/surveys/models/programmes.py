"""Surveys, their questionnaires and waves."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Identification(models.TextChoices):
    """What is known of whoever answers; fixed with the first wave."""

    CONFIDENTIAL = (
        "confidential",
        _("Confidential: no name is asked; managers see results, not forms"),
    )
    IDENTIFIED = "identified", _("Identified: whoever answers may leave a name")
    ANONYMOUS = (
        "anonymous",
        _("Anonymous: nobody can find out who gave which answer, not even you"),
    )


class Voice(models.TextChoices):
    """Whom a survey asks."""

    CUSTOMERS = "customers", _("Customers")
    MANAGERS = "managers", _("Managers")
    EMPLOYEES = "employees", _("Employees")


class Rhythm(models.TextChoices):
    """How a survey is fielded."""

    PANEL = "panel", _("In waves: the same questions to many, once in a while")
    CONTINUOUS = "continuous", _("All the time: after a visit, a call or a transaction")


class State(models.TextChoices):
    """States of a wave (fivegaps.model.wave)."""

    DRAFT = "draft", _("Not open yet")
    PILOT = "pilot", _("On trial")
    OPEN = "open", _("Open")
    CLOSED = "closed", _("Closed")


class Survey(models.Model):
    """A survey programme: one questionnaire that is fielded again and again.

    ``names_employee`` lets an answer carry the employee who served; ``logo`` is a data URI;
    ``retention_months`` after a wave's end its answers are erased, None keeps them.
    ``tells_unit`` lets an anonymous answer keep its unit. ``consent`` is the number of the
    consent text in force.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=120)
    identification = models.CharField(max_length=12, choices=Identification.choices)
    voice = models.CharField(max_length=9, choices=Voice.choices, default=Voice.CUSTOMERS)
    rhythm = models.CharField(max_length=10, choices=Rhythm.choices, default=Rhythm.PANEL)
    names_employee = models.BooleanField(default=False)
    tells_unit = models.BooleanField(default=False)
    consent = models.PositiveSmallIntegerField(null=True, blank=True)
    languages = models.JSONField()
    colour = models.CharField(max_length=7, blank=True)
    logo = models.TextField(blank=True)
    retention_months = models.PositiveSmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """A questionnaire as it was frozen: the whole instrument file, and its digest.

    ``extras`` is what the instrument file has no place for: questions of the survey's own,
    when a question is shown, and which items are drawn for whom.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    toml = models.TextField()
    extras = models.JSONField(default=dict)
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
    """One fielding of a survey.

    ``accepted`` counts against the quota, where there is one; ``closes_at`` is when it closes
    by itself. At ``erased_at`` its answers were erased; ``kept`` then holds how many began,
    answered and tried it out by the id of the unit, 0 for none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT)
    name = models.CharField(max_length=60)
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    quota = models.PositiveIntegerField(null=True, blank=True)
    accepted = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    kept = models.JSONField(null=True, blank=True)

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

"""What respondents were told to agree to, version by version."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from fivegaps.web.surveys.models.answers import Response
from fivegaps.web.surveys.models.programmes import Survey


class ConsentText(models.Model):
    """One version of a consent text, of a survey or of the whole organisation; never changed.

    ``number`` counts all texts of the office, and stands with each answer. ``texts`` maps a
    language to the text; with none, nothing is told from then on.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.PositiveSmallIntegerField(unique=True)
    survey = models.ForeignKey(
        Survey, null=True, on_delete=models.PROTECT, related_name="consent_texts"
    )
    texts = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-number"]

    def __str__(self) -> str:
        return str(self.number)


class Suspicion(models.Model):
    """Why an answer looks like a machine's. It was taken and counts; somebody may look at it."""

    response = models.OneToOneField(
        Response, primary_key=True, on_delete=models.CASCADE, related_name="suspicion"
    )
    reason = models.CharField(max_length=10)

    def __str__(self) -> str:
        return self.reason

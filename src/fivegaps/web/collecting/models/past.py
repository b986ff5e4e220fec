"""Files of answers that were given before, and what became of them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from fivegaps.web.surveys.models import Survey, Wave


class StagedAnswers(models.Model):
    """A file that was sent and not yet applied; the file itself lies in the office's folder.

    ``columns`` maps what stands beside the answers (unit, channel, date, respondent, lang) to
    the file's column; ``ended_on`` is the day of answers that have none.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="+")
    wave_name = models.CharField(max_length=60)
    file_name = models.CharField(max_length=200)
    columns = models.JSONField(default=dict)
    ended_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return self.file_name


class PastWave(models.Model):
    """A wave whose answers came from files; only such a wave takes a file."""

    wave = models.OneToOneField(Wave, primary_key=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    rows_read = models.PositiveIntegerField()
    rows_stored = models.PositiveIntegerField()
    imported_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.file_name

"""Which texts a named person here has read and approved, and files of wordings on trial."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from fivegaps.web.surveys.models.programmes import Survey


class Approval(models.Model):
    """A text that somebody read and approved, by the digest of the text and of its source.

    It holds wherever the same text stands; worded anew, the text is a draft again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    lang = models.CharField(max_length=10)
    text_sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    approved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lang", "text_sha256"], name="text_approved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lang} {self.text_sha256[:8]}"


class StagedWordings(models.Model):
    """The wordings of a file that somebody tries: kept until they are applied."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    lang = models.CharField(max_length=10)
    name = models.CharField(max_length=200)
    wordings = models.JSONField()
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

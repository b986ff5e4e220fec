"""Forms that came on paper and were keyed in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from fivegaps.web.people.models import Channel, Unit
from fivegaps.web.surveys.models import Response, Wave


class PaperBatch(models.Model):
    """Forms of one place and day that are keyed in together."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT)
    channel = models.ForeignKey(Channel, null=True, blank=True, on_delete=models.PROTECT)
    filled_on = models.DateField()
    lang = models.CharField(max_length=10)
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.wave_id} {self.filled_on}"


class PaperForm(models.Model):
    """One sheet of a batch, by the number that is written on it.

    ``second_codes`` and ``second_other`` are the same sheet keyed once more, by a person who
    did not see the first; None until then.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    batch = models.ForeignKey(PaperBatch, on_delete=models.PROTECT, related_name="forms")
    number = models.PositiveIntegerField()
    response = models.OneToOneField(
        Response, null=True, on_delete=models.SET_NULL, related_name="paper_form"
    )
    is_sampled = models.BooleanField(default=False)
    second_codes = models.BinaryField(null=True)
    second_other = models.JSONField(null=True)
    second_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "number"], name="paper_form_numbered_once"),
        ]

    def __str__(self) -> str:
        return str(self.number)

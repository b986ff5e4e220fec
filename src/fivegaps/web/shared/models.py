"""Rows of the audit log: who changed or exported what, each chained to the one before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from fivegaps.web.shared.outbox.models import Attempt, Errand

__all__ = ["DIGEST_LENGTH", "Attempt", "AuditHead", "AuditRow", "Errand"]

DIGEST_LENGTH = 64


class AuditRow(models.Model):
    """One deed. Names nobody: the actor and the subject are ids that mean nothing elsewhere."""

    number = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=36)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=64)
    digest = models.CharField(max_length=DIGEST_LENGTH)

    class Meta:
        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["kind", "subject"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.kind}"


class AuditHead(models.Model):
    """The end of the chain, in one row that is locked while a deed is written."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    number = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=DIGEST_LENGTH, default="0" * DIGEST_LENGTH)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="audit_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"

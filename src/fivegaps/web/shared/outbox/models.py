"""Errands, and a line for each time that one was begun."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q


def any_key() -> str:
    """Return a key that no other errand has."""
    return uuid.uuid4().hex


class Errand(models.Model):
    """Something to do at or after ``due_at``. The row is the truth: there is no queue beside it.

    ``payload`` holds ids; ``key`` keeps the same errand from being put down twice. A worker
    holds an errand until ``lease_until``; when the worker is killed the lease runs out and
    another takes it. ``parked_at`` is when it was given up.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True, default=any_key)
    payload = models.JSONField()
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    parked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["due_at"]
        indexes: ClassVar = [
            models.Index(
                fields=["due_at"],
                condition=Q(done_at__isnull=True, parked_at__isnull=True),
                name="errands_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Attempt(models.Model):
    """One time that an errand was begun; one without an end was broken off in the middle."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    errand = models.ForeignKey(Errand, on_delete=models.CASCADE, related_name="log")
    kind = models.CharField(max_length=40)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, blank=True)

    class Meta:
        ordering: ClassVar = ["begun_at"]
        indexes: ClassVar = [models.Index(fields=["kind", "begun_at"], name="attempts_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome or 'broken off'}"

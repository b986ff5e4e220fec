"""Employees, where they worked, roles, rows of files that wait. People leave, none is deleted."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from fivegaps.web.people.models.places import Unit
from fivegaps.web.people.rights import Role


class Employee(models.Model):
    """Somebody who serves customers; may, but need not, have an account."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="employees")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="employee",
    )
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(left_on=None) | Q(joined_on=None) | Q(left_on__gte=F("joined_on")),
                name="employee_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """A time that an employee worked in one unit: from a day, to a last day, or to the present.

    An employee who moved, or left and came back, has several. The one without a last day is
    the present one and names the same unit as the employee.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    employee = models.ForeignKey(Employee, on_delete=models.CASCADE, related_name="postings")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="postings")
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = [F("from_on").asc(nulls_first=True)]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(until_on__isnull=True),
                name="employee_works_in_one_unit",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(from_on=None) | Q(until_on__gte=F("from_on")),
                name="posting_ends_after_beginning",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.employee_id} in {self.unit_id}"


class Membership(models.Model):
    """A role that a person has, in one unit and below, or everywhere when unit is None."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="memberships"
    )

    class Meta:
        ordering: ClassVar = ["role"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "role", "unit"], name="membership_once"),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=Q(unit__isnull=True),
                name="membership_everywhere_once",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False) | ~Q(role__in=["unit-manager", "employee"]),
                name="bound_role_names_its_unit",
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=True) | ~Q(role__in=["administrator", "auditor"]),
                name="whole_role_names_no_unit",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.unit_id or ''}"


class StagedImport(models.Model):
    """Rows of a file that was read and not yet applied; gone once applied or thrown away."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staged_imports"
    )
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    rows = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["created_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"

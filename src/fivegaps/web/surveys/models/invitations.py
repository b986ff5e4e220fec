"""A person's own right to answer in a wave, once. Who it is stands elsewhere, if anywhere."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q

from fivegaps.web.people.models import Channel, Employee, Touchpoint, Unit
from fivegaps.web.surveys.models.answers import Response
from fivegaps.web.surveys.models.programmes import Wave


class Invitation(models.Model):
    """The right to answer once. Its link is made from the id and the office's secret key.

    In an anonymous wave it is spent when it is exchanged for a credential; then neither when
    nor by which answer is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="invitations")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.ForeignKey(Channel, null=True, on_delete=models.PROTECT, related_name="+")
    touchpoint = models.ForeignKey(
        Touchpoint, null=True, on_delete=models.PROTECT, related_name="+"
    )
    employee = models.ForeignKey(Employee, null=True, on_delete=models.PROTECT, related_name="+")
    is_spent = models.BooleanField(default=False)
    spent_at = models.DateTimeField(null=True)
    response = models.OneToOneField(
        Response, null=True, on_delete=models.SET_NULL, related_name="invitation"
    )

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(is_spent=True) | Q(spent_at=None, response=None),
                name="unspent_invitation_tells_nothing",
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

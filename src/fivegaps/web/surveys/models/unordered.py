"""Rows of anonymous waves: random keys, no times, and no order of storage that tells of one.

The tables end in ``_unordered``: our SQLite keeps such tables without row numbers, sorted by
their random key (fivegaps.web.config.database). What is held is sealed with a key that is not
in the database, and is as long as everything else that is held. Why: docs/office/privacy.md.
"""

from __future__ import annotations

import uuid

from django.db import models

from fivegaps.web.people.models import Unit
from fivegaps.web.surveys.models.programmes import Wave


class Held(models.Model):
    """A sealed answer or a sealed redemption that waits for enough others of its pool.

    ``key`` of a redemption is a keyed digest of its invitation, so that it is redeemed once;
    that of an answer is random. ``pool`` is a keyed digest of what it is let go together with.
    """

    key = models.CharField(primary_key=True, max_length=64)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    is_answer = models.BooleanField()
    pool = models.CharField(max_length=64, db_index=True)
    box = models.BinaryField()

    class Meta:
        db_table = "surveys_held_unordered"

    def __str__(self) -> str:
        return "held"


class Spent(models.Model):
    """The digest of a right to answer that was spent, and a digest of the form it was spent on.

    The second is keyed with the right itself, which is nowhere kept: nobody finds the answers.
    """

    digest = models.CharField(primary_key=True, max_length=64)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=64)
    is_test = models.BooleanField()

    class Meta:
        db_table = "surveys_spent_unordered"

    def __str__(self) -> str:
        return "spent"


class AnonymousAnswer(models.Model):
    """An anonymous answer that was let go together with others; nothing leads back from it.

    ``codes`` and ``other`` as in :class:`Response`. ``unit`` only where the survey said so.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wave = models.ForeignKey(Wave, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    lang = models.CharField(max_length=10)
    codes = models.BinaryField()
    other = models.JSONField()
    is_test = models.BooleanField()

    class Meta:
        db_table = "surveys_answer_unordered"

    def __str__(self) -> str:
        return "anonymous"

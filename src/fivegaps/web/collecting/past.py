"""Waves that came from files, and files that wait to become one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fivegaps.web.collecting.models import PastWave, StagedAnswers
from fivegaps.web.people.members import Member
from fivegaps.web.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class PastLine:
    """A wave from files: rows of the last file, and answers that it has now."""

    name: str
    file_name: str
    rows_read: int
    answers: int
    imported_at: datetime


def past_waves(survey: Survey) -> tuple[PastLine, ...]:
    """Return the waves of a survey that came from files, the latest first."""
    rows = PastWave.objects.filter(wave__survey=survey).select_related("wave")
    return tuple(
        PastLine(one.wave.name, one.file_name, one.rows_read, one.rows_stored, one.imported_at)
        for one in rows.order_by("-imported_at")
    )


def staged_answers(member: Member, survey: Survey, staged_id: UUID) -> StagedAnswers | None:
    """Return a file that a member has staged himself."""
    rows = StagedAnswers.objects.filter(id=staged_id, survey=survey, user_id=member.user_id)
    return rows.select_related("survey").first()

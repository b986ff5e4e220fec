"""Texts are approved by named persons, and go out to translators and back in files."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.errors import Fault
from fivegaps.web.people.members import Member
from fivegaps.web.shared import audit
from fivegaps.web.surveys.editing import questionnaire_of, text_digest
from fivegaps.web.surveys.models import Approval, StagedWordings, Survey
from fivegaps.web.surveys.services.editing import checked, reword


@transaction.atomic
def approve(
    *, actor: Member, survey: Survey, lang: str, keys: Collection[str] | None, at: datetime
) -> int:
    """Approve texts of a survey in a language, None for all, and return how many.

    Raises:
        ValidationError: There is no such text in this language.
    """
    texts = {text.key: text for text in questionnaire_of(survey).shown_texts}
    chosen = list(texts) if keys is None else list(keys)
    if lang not in survey.languages or any(key not in texts for key in chosen):
        raise ValidationError(_("This text is not asked for here."))
    said = [texts[key] for key in chosen if texts[key].in_language(lang)]
    if keys is not None and len(said) < len(chosen):
        raise ValidationError(_("Write this text before you approve it."))
    rows = [
        Approval(
            lang=lang,
            text_sha256=text_digest(text, lang, survey.languages[0]),
            approved_by_id=actor.user_id,
            approved_at=at,
        )
        for text in said
    ]
    known = set(
        Approval.objects.filter(
            lang=lang, text_sha256__in=[row.text_sha256 for row in rows]
        ).values_list("text_sha256", flat=True)
    )
    new = [row for row in rows if row.text_sha256 not in known]
    Approval.objects.bulk_create(new, ignore_conflicts=True)
    if new:
        audit.record(actor=actor, verb="approved", kind="wording", subject=survey.id, at=at)
    return len(new)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a translator's file: its number as a sheet shows it, a key, a text."""

    number: int
    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Trial:
    """What a translator's file would do."""

    read: int
    changed: int
    same: int
    faults: tuple[Fault, ...]

    @property
    def is_good(self) -> bool:
        """Whether it can be applied, and would do anything."""
        return not self.faults and self.changed > 0


@transaction.atomic
def stage(
    *, actor: Member, survey: Survey, lang: str, name: str, rows: Sequence[Row], at: datetime
) -> StagedWordings:
    """Keep the wordings of a file until they are applied; former ones of this person go."""
    StagedWordings.objects.filter(user_id=actor.user_id).delete()
    staged = StagedWordings(
        survey=survey,
        user_id=actor.user_id,
        lang=lang,
        name="".join(sign for sign in name if sign.isprintable())[-200:],
        wordings=[[row.number, row.key, row.text] for row in rows],
        created_at=at,
    )
    staged.save(force_insert=True)
    return staged


def staged_for(member: Member, survey: Survey, staged_id: UUID) -> StagedWordings | None:
    """Return a file that this person tries for this survey."""
    rows = StagedWordings.objects.filter(user_id=member.user_id, survey=survey)
    return rows.filter(id=staged_id).first()


def try_out(*, actor: Member, staged: StagedWordings, at: datetime) -> Trial:
    """Return what the file would do, with every fault; changes nothing."""
    with transaction.atomic():
        trial = _run(actor, staged, at)
        transaction.set_rollback(True)
    return trial


@transaction.atomic
def apply(*, actor: Member, staged: StagedWordings, at: datetime) -> Trial:
    """Apply the wordings, all of them.

    Raises:
        ValidationError: A row does not fit (any more); nothing was changed.
    """
    trial = _run(actor, staged, at)
    if trial.faults:
        raise ValidationError(str(trial.faults[0]))
    staged.delete()
    return trial


def _run(actor: Member, staged: StagedWordings, at: datetime) -> Trial:
    survey, lang = staged.survey, staged.lang
    rows = [Row(int(number), str(key), str(text)) for number, key, text in staged.wordings]
    faults: list[Fault] = []
    wanted: dict[tuple[str, str], str] = {}
    first: Mapping[str, int] = {row.key: row.number for row in reversed(rows)}
    texts = {text.key: text for text in questionnaire_of(survey).texts}
    for row in rows:
        if row.key not in texts:
            advice = _("Leave the column “key” as it was in the file that you took out.")
            faults.append(Fault(_("is no text here."), advice, row.number, "key", row.key[:60]))
        elif first[row.key] != row.number:
            told = _("stands in row %(row)s already.") % {"row": first[row.key]}
            faults.append(Fault(told, "", row.number, "key", row.key[:60]))
        elif row.text:
            try:
                wanted[row.key, lang] = checked(survey, texts, row.key, lang, row.text)
            except ValidationError as error:
                faults.append(Fault("; ".join(error.messages), "", row.number, lang, row.text[:40]))
    changed = 0 if faults else reword(actor=actor, survey=survey, wordings=wanted, at=at)
    return Trial(len(rows), changed, len(rows) - changed, tuple(faults))

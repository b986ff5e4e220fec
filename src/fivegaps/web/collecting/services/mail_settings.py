"""Change the words and the rules of mails, and send oneself a trial."""

from __future__ import annotations

from datetime import datetime
from smtplib import SMTPException

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fivegaps.web.collecting.mails import trial_message
from fivegaps.web.collecting.models import MailRules, MailText
from fivegaps.web.collecting.selectors import mail_rules
from fivegaps.web.collecting.wording import check_words
from fivegaps.web.people.members import Member
from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy, tidy_lines
from fivegaps.web.surveys.models import Survey, Wave


@transaction.atomic
def change_words(
    *,
    actor: audit.Actor | None,
    survey: Survey,
    kind: str,
    lang: str,
    subject: str,
    body: str,
    at: datetime,
) -> MailText:
    """Give a survey its own words for a mail in one language.

    Raises:
        ValidationError: A place in the words is unknown, or the link is missing.
    """
    check_words(subject, body)
    wanted = {"subject": tidy(subject), "body": tidy_lines(body)}
    row, _made = MailText.objects.update_or_create(
        survey=survey, kind=kind, lang=lang, defaults=wanted
    )
    audit.record(actor=actor, verb="changed mail", kind="survey", subject=survey.id, at=at)
    return row


@transaction.atomic
def shipped_words(
    *, actor: audit.Actor | None, survey: Survey, kind: str, lang: str, at: datetime
) -> None:
    """Go back to the words that we ship."""
    MailText.objects.filter(survey=survey, kind=kind, lang=lang).delete()
    audit.record(actor=actor, verb="changed mail", kind="survey", subject=survey.id, at=at)


@transaction.atomic
def change_rules(*, actor: audit.Actor | None, at: datetime, **wanted: object) -> MailRules:
    """Set what holds for the mails of all surveys."""
    rules = mail_rules()
    for name, value in wanted.items():
        setattr(rules, name, value)
    rules.full_clean()
    rules.save()
    audit.record(actor=actor, verb="changed mail rules", kind="office", subject=1, at=at)
    return rules


def send_trial(*, actor: Member, wave: Wave, kind: str, lang: str) -> None:
    """Send a mail to the person who asks for it, now; its links lead to the preview.

    Raises:
        ValidationError: The mail server did not take it; says why.
    """
    message = trial_message(wave, kind, lang, name=actor.name, to=actor.email, rules=mail_rules())
    try:
        message.send()
    except (OSError, SMTPException) as error:
        told = {"why": str(error)[:200]}
        raise ValidationError(_("The mail server did not take it: %(why)s") % told) from None

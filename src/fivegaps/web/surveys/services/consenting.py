"""Write what respondents are told to agree to; what was told before stays readable."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from fivegaps.web.shared import audit
from fivegaps.web.shared.text import tidy_lines
from fivegaps.web.surveys.consents import present_number, versions_of
from fivegaps.web.surveys.models import ConsentText, Survey

LONGEST = 6000


@transaction.atomic
def write_consent(
    *, actor: audit.Actor | None, survey: Survey | None, texts: Mapping[str, str], at: datetime
) -> ConsentText:
    """Return a new version of a survey's consent text, or of the organisation's.

    Texts of a survey stand in for the organisation's; with none, the organisation's holds.
    From now on forms carry its number; a form that was opened before carries the one it showed.

    Raises:
        ValidationError: A language of the survey has no text while another has, or nothing
            changes.
    """
    told = {lang: text for lang, raw in texts.items() if (text := tidy_lines(raw))}
    wanted = () if survey is None else survey.languages
    lacking = [lang for lang in wanted if told and lang not in told]
    if lacking:
        raise ValidationError(
            {lang: _("This survey is offered in this language too.") for lang in lacking}
        )
    before = versions_of(survey)
    if (before[0].texts if before else {}) == told:
        raise ValidationError(_("Nothing has changed."))
    latest = ConsentText.objects.aggregate(number=Max("number"))["number"] or 0
    row = ConsentText(number=latest + 1, survey=survey, texts=told, created_at=at)
    row.save(force_insert=True)
    for one in Survey.objects.all() if survey is None else (survey,):
        Survey.objects.filter(id=one.id).update(consent=present_number(one))
    audit.record(actor=actor, verb="wrote", kind="consent text", subject=row.number, at=at)
    return row

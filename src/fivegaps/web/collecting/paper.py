"""Forms on paper: batches that a member keys in, and how often two keyings differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, Q
from django.utils import translation

from fivegaps.report.forms.layout import form_of
from fivegaps.report.forms.paper import paper_pdf
from fivegaps.stats.estimate import Estimate
from fivegaps.stats.intervals import share_estimate
from fivegaps.web.collecting.models import PaperBatch, PaperForm
from fivegaps.web.collecting.own_on_paper import own_on_paper
from fivegaps.web.people.members import Member
from fivegaps.web.people.rights import Right
from fivegaps.web.people.selectors import organisation, sees_everything, units_visible_to
from fivegaps.web.surveys.consents import consent_in
from fivegaps.web.surveys.models import Survey, Wave
from fivegaps.web.surveys.questionnaire import REMARK, Fields
from fivegaps.web.surveys.respondent import Questions, questions
from fivegaps.web.surveys.selectors import extras_in, fields_in, instrument_of
from fivegaps.web.surveys.sheet import Sheet, values_of

__all__ = [
    "Difference",
    "Keyings",
    "PaperBatch",
    "asked_by",
    "batch_for",
    "batches_for",
    "forms_of",
    "keyings",
    "next_number",
    "printed_form",
]

# Kinds of own questions that are answered in words, which two people never key alike.
WRITTEN = frozenset({"short", "long"})


def printed_form(wave: Wave, lang: str) -> bytes:
    """Return the questionnaire of a wave as a tagged PDF with a space for the form's number.

    The consent text stands at its end with its number, the survey's own questions before it.
    """
    company = organisation()
    name = None if company is None else company.name
    form = form_of(instrument_of(wave), lang, company=name)
    told = consent_in(wave.survey.consent, lang)
    consent = "" if told is None else f"{told.text} ({told.number})"
    part = 1 + max((block.part for block in form.blocks), default=bool(form.shares))
    own = own_on_paper(asked_by(wave, lang).own, first=part)
    return paper_pdf(replace(form, blocks=form.blocks + own, consent=consent))


def asked_by(wave: Wave, lang: str, values: Mapping[str, str] = MappingProxyType({})) -> Questions:
    """Return everything that a sheet asks: every statement, and own questions."""
    company = organisation()
    name = "" if company is None else company.name
    with translation.override(lang):
        return questions(
            instrument_of(wave), lang, company=name, values=values, extras=extras_in(wave)
        )


def batches_for(member: Member, survey: Survey) -> list[PaperBatch]:
    """Return the batches of a survey that a member may key, with ``n`` and ``n_second``."""
    rows = PaperBatch.objects.filter(wave__survey=survey).select_related("wave", "unit", "channel")
    if not sees_everything(member, Right.CHANGE_SURVEYS):
        rows = rows.filter(unit__in=units_visible_to(member, Right.CHANGE_SURVEYS))
    second = Count("forms", filter=Q(forms__second_at__isnull=False))
    return list(rows.annotate(n=Count("forms"), n_second=second))


def batch_for(member: Member, survey: Survey, batch_id: UUID) -> PaperBatch | None:
    """Return a batch that a member may key."""
    return next((one for one in batches_for(member, survey) if one.id == batch_id), None)


def next_number(batch: PaperBatch) -> int:
    """Return the number that the next form of a batch gets."""
    last = PaperForm.objects.filter(batch=batch).order_by("-number").first()
    return 1 if last is None else last.number + 1


def forms_of(batch: PaperBatch) -> list[PaperForm]:
    """Return the forms of a batch in the order of their numbers."""
    return list(PaperForm.objects.filter(batch=batch).select_related("response"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer that was keyed in two ways; "" stands for no answer."""

    number: int
    field: str
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Keyings:
    """What two keyings of the same sheets say: share of answers that differ, and which."""

    forms: int
    answers: int
    rate: Estimate
    differences: tuple[Difference, ...]


def keyings(wave: Wave, forms: Sequence[PaperForm]) -> Keyings:
    """Compare the sheets that were keyed twice, answer by answer, without what is in words."""
    fields = fields_in(wave)
    found: list[Difference] = []
    compared, twice = 0, 0
    for form in forms:
        if form.response is None or form.second_codes is None or form.second_other is None:
            continue
        twice += 1
        first = _marks(Sheet(bytes(form.response.codes), form.response.other), fields)
        second = _marks(Sheet(bytes(form.second_codes), form.second_other), fields)
        names = [one.name for one in fields.items] + list(fields.others) + list(fields.points)
        names += [name for one in fields.own if one.kind not in WRITTEN for name in one.fields]
        compared += len(names)
        found += [
            Difference(form.number, name, first.get(name, ""), second.get(name, ""))
            for name in names
            if first.get(name, "") != second.get(name, "")
        ]
    return Keyings(twice, compared, share_estimate(len(found), compared), tuple(found))


def _marks(sheet: Sheet, fields: Fields) -> Mapping[str, str]:
    told = values_of(fields, sheet)
    return {name: text for name, text in told.items() if name != REMARK}

"""What is known of invitations, and to whom: addresses only to who may change surveys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Q, Value, When

from fivegaps.web.collecting.models import (
    Campaign,
    MailKind,
    MailRules,
    MailText,
    Outcome,
    Recipient,
    Sampling,
    StagedList,
    Suppression,
)
from fivegaps.web.people.members import Member
from fivegaps.web.people.rights import Right
from fivegaps.web.people.selectors import sees_everything, units_visible_to
from fivegaps.web.shared.outbox.models import Errand
from fivegaps.web.surveys.models import State, Survey, Wave
from fivegaps.web.surveys.selectors import survey_for, waves_of

A_PAGE = 50


def mail_rules() -> MailRules:
    """Return the rules of every survey's mails; ours until somebody changes them."""
    return MailRules.objects.filter(id=1).first() or MailRules()


def campaign_of(wave: Wave) -> Campaign:
    """Return how a wave's mails go out; none do before they are started."""
    return Campaign.objects.filter(wave=wave).first() or Campaign(wave=wave)


def sampling_of(survey: Survey) -> Sampling:
    """Return whom a survey asks after a transaction."""
    return Sampling.objects.filter(survey=survey).first() or Sampling(survey=survey)


def mail_text(survey: Survey, kind: str, lang: str) -> MailText | None:
    """Return a survey's own words; None when ours are used."""
    return MailText.objects.filter(survey=survey, kind=kind, lang=lang).first()


def own_texts(survey: Survey) -> frozenset[tuple[str, str]]:
    """Return the kinds and languages for which a survey has own words."""
    rows = MailText.objects.filter(survey=survey)
    return frozenset(rows.values_list("kind", "lang"))


@dataclass(frozen=True, slots=True)
class Reached:
    """A survey's invitations as a member may see them: the present or last wave's."""

    survey: Survey
    wave: Wave
    may_change: bool


def invitations_for(member: Member, survey_id: UUID) -> Reached | None:
    """Return the invitations of a survey that a member may see."""
    survey = survey_for(member, survey_id)
    if survey is None:
        return None
    may_change = member.may_everywhere(Right.CHANGE_SURVEYS)
    return Reached(survey, waves_of(survey)[0], may_change)


# An address's outcome, or that its owner answered or was too late.
STATE = Case(
    When(invitation__is_spent=True, then=Value(Outcome.ANSWERED.value)),
    When(
        Q(wave__state=State.CLOSED) & Q(outcome__in=[Outcome.LISTED, Outcome.QUEUED, Outcome.SENT]),
        then=Value(Outcome.EXPIRED.value),
    ),
    default=F("outcome"),
    output_field=CharField(),
)


def state_titles() -> dict[str, str]:
    """Return the states in the reader's words."""
    return {state: str(title) for state, title in Outcome.choices}


def mail_kinds() -> list[tuple[str, str]]:
    """Return the kinds of mails in the reader's words."""
    return [(kind, str(title)) for kind, title in MailKind.choices]


def counts(member: Member, wave: Wave) -> Mapping[str, int]:
    """Return how many addresses came to which end, in the units that a member sees."""
    rows = Recipient.objects.filter(wave=wave)
    if not sees_everything(member, Right.SEE_SURVEYS):
        rows = rows.filter(unit__in=units_visible_to(member, Right.SEE_SURVEYS))
    found = rows.annotate(state=STATE).order_by().values_list("state").annotate(n=Count("id"))
    return dict(found)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of recipients, each with its state; ``n`` counts all that match."""

    lines: tuple[tuple[Recipient, str], ...]
    n: int
    page: int

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.n // A_PAGE))


def recipients_of(wave: Wave, *, search: str, state: str, page: int) -> Found:
    """Return a page of a wave's recipients by part of address, name or number, and state."""
    # Who took part anonymously is counted, and told of nobody.
    told = F("outcome") if wave.survey.identification == "anonymous" else STATE
    rows = Recipient.objects.filter(wave=wave).select_related("unit").annotate(state=told)
    if search:
        rows = rows.filter(
            Q(address__icontains=search)
            | Q(name__icontains=search)
            | Q(external_id__icontains=search)
        )
    if state:
        rows = rows.filter(state=state)
    n = rows.count()
    page = max(1, min(page, -(-n // A_PAGE)))
    shown = rows.order_by("address", "id")[(page - 1) * A_PAGE : page * A_PAGE]
    return Found(tuple((row, row.state) for row in shown), n, page)


def staged_list(member: Member, survey: Survey, staged_id: UUID) -> StagedList | None:
    """Return the rows that a member has staged himself for a survey."""
    rows = StagedList.objects.filter(id=staged_id, survey=survey, user_id=member.user_id)
    return rows.first()


def recipient_invited(invitation_id: UUID) -> Recipient | None:
    """Return who was invited by an invitation; None once erased."""
    rows = Recipient.objects.filter(invitation_id=invitation_id)
    return rows.select_related("wave__survey").first()


def is_stopped(recipient: Recipient) -> bool:
    """Return whether nothing is sent to a recipient any more."""
    return Suppression.objects.filter(address_key=recipient.address_key).exists()


def parked_errands() -> list[Errand]:
    """Return what the worker gave up, the latest first."""
    return list(Errand.objects.exclude(parked_at=None).order_by("-parked_at")[:200])


def waiting_errands() -> int:
    """Return how many errands wait for their time or for the worker."""
    return Errand.objects.filter(done_at=None, parked_at=None).count()

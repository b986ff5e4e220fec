"""A survey's invitations: how many came to which end, starting and stopping them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from babel.numbers import format_percent
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.collecting import selectors
from fivegaps.web.collecting.mail_forms import RemindersForm, SamplingForm
from fivegaps.web.collecting.selectors import Reached
from fivegaps.web.collecting.services import campaigns, events
from fivegaps.web.people.gates import needs
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.shared.forms import tell_errors
from fivegaps.web.shared.templatetags.office import babel_locale
from fivegaps.web.surveys.tabs import Tab, tabs_of

GOOD = ("answered", "sent", "queued", "listed")
ENDS = ("held-back", "opted-out", "bounced", "refused", "expired")


@dataclass(frozen=True, slots=True)
class Step:
    """One end that addresses came to: how many, and how large a part of all, 0 to 100."""

    state: str
    title: str
    n: int
    width: str
    percent: str


@dataclass(frozen=True, slots=True)
class InvitationsPage:
    """The invitations of the present or last wave."""

    survey_id: UUID
    title: str
    tabs: tuple[Tab, ...]
    wave: str
    is_open: bool
    is_closed: bool
    is_sending: bool
    started_at: datetime | None
    waiting: int
    total: int
    steps: tuple[Step, ...]
    ends: tuple[Step, ...]
    reminder_days: tuple[int, ...]
    may_change: bool
    has_transactions: bool


@require_safe
@needs(Right.SEE_SURVEYS)
def invitations_page(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Show how many were invited, and what became of it."""
    found = reached(request, survey_id)
    counted = selectors.counts(request.member, found.wave)
    campaign = selectors.campaign_of(found.wave)
    total = sum(counted.values())
    page = InvitationsPage(
        survey_id=found.survey.id,
        title=found.survey.title,
        tabs=tabs_of(request.member, found.survey.id, found.survey.voice, "invitations"),
        wave=found.wave.name,
        is_open=found.wave.state == "open",
        is_closed=found.wave.state == "closed",
        is_sending=campaign.is_sending,
        started_at=campaign.started_at,
        waiting=counted.get("listed", 0) + counted.get("held-back", 0),
        total=total,
        steps=_steps(GOOD, counted, total),
        ends=_steps(ENDS, counted, total),
        reminder_days=tuple(campaign.reminder_days),
        may_change=found.may_change,
        has_transactions=found.survey.voice == "customers",
    )
    return render(request, "collecting/invitations.html", {"page": page})


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def start_mails(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Let the invitations go out."""
    found = reached(request, survey_id)
    try:
        n = campaigns.start(actor=request.member, wave=found.wave, at=timezone.now())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = ngettext("%(n)s invitation is on its way.", "%(n)s invitations are on their way.", n)
        messages.success(request, told % {"n": n})
    return redirect("invitations", survey_id=survey_id)


@require_POST
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def stop_mails(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Send nothing more for now."""
    found = reached(request, survey_id)
    campaigns.stop(actor=request.member, wave=found.wave, at=timezone.now())
    messages.success(request, _("Nothing more goes out until you start again."))
    return redirect("invitations", survey_id=survey_id)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def reminders(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Say after how many days who has not answered is reminded."""
    found = reached(request, survey_id)
    days = selectors.campaign_of(found.wave).reminder_days
    initial = dict(zip(("first", "second", "third"), days, strict=False))
    form = RemindersForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            campaigns.plan_reminders(
                actor=request.member, wave=found.wave, days=form.days, at=timezone.now()
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("invitations", survey_id=survey_id)
    shown = {
        "form": form,
        "survey": found.survey,
        "title": _("Reminders"),
        "lead": _(
            "Only who has not answered is reminded, with the same link. Leave all empty to "
            "send none; two are usual."
        ),
    }
    return render(request, "collecting/invitations_form.html", shown)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_SURVEYS, everywhere=True)
def transactions(request: MemberRequest, survey_id: UUID) -> HttpResponse:
    """Say whom the survey asks when another system tells of a transaction."""
    found = reached(request, survey_id)
    if found.survey.voice != "customers":
        raise Http404
    row = selectors.sampling_of(found.survey)
    initial = {
        "percent": f"{Decimal(row.percent).normalize():f}",
        "delay_minutes": row.delay_minutes,
    }
    form = SamplingForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            events.change_sampling(
                actor=request.member,
                survey=found.survey,
                at=timezone.now(),
                **form.cleaned_data,
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("invitations", survey_id=survey_id)
    shown = {
        "form": form,
        "survey": found.survey,
        "title": _("After a transaction"),
        "lead": _(
            "Your other systems may tell this survey of each transaction. All are counted as "
            "served; a share of them is asked while invitations go out."
        ),
    }
    return render(request, "collecting/invitations_form.html", shown)


def reached(request: MemberRequest, survey_id: UUID) -> Reached:
    """Return a survey's invitations, or answer 404."""
    found = selectors.invitations_for(request.member, survey_id)
    if found is None:
        raise Http404
    return found


def _steps(states: tuple[str, ...], counted: Mapping[str, int], total: int) -> tuple[Step, ...]:
    titles = selectors.state_titles()
    return tuple(
        Step(
            state=state,
            title=titles[state],
            n=counted[state],
            width=f"{100 * counted[state] / total:.2f}",
            percent=format_percent(counted[state] / total, locale=babel_locale()),
        )
        for state in states
        if counted.get(state)
    )

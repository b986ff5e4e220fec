"""Pages of accounts and roles."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fivegaps.web.accounts.services.users import reactivate
from fivegaps.web.people import selectors
from fivegaps.web.people.forms import InviteForm, RoleForm
from fivegaps.web.people.gates import needs
from fivegaps.web.people.mails import invitation_url
from fivegaps.web.people.middleware import MemberRequest
from fivegaps.web.people.rights import Right
from fivegaps.web.people.services import memberships
from fivegaps.web.people.views.tabs import Tab, tabs_for
from fivegaps.web.shared.forms import tell_errors


@dataclass(frozen=True, slots=True)
class AccountsPage:
    """Everybody with an account."""

    tabs: tuple[Tab, ...]
    accounts: list[object]
    may_change: bool


@dataclass(frozen=True, slots=True)
class InvitedPage:
    """The link of an invitation, shown once to who invited."""

    name: str
    email: str
    url: str
    is_mailed: bool


@require_safe
@needs(Right.SEE_ACCOUNTS)
def accounts_page(request: MemberRequest) -> HttpResponse:
    """Show who may sign in, and with which roles."""
    page = AccountsPage(
        tabs=tabs_for(request.member, "accounts"),
        accounts=list(selectors.accounts()),
        may_change=request.member.may_everywhere(Right.CHANGE_ACCOUNTS),
    )
    return render(request, "people/accounts.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.CHANGE_ACCOUNTS)
def invite(request: MemberRequest) -> HttpResponse:
    """Invite a person."""
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        units=selectors.units_visible_to(request.member),
        initial={"language": translation.get_language()},
    )
    if form.is_valid():
        try:
            user, token = memberships.invite(
                actor=request.member, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            return _invited(request, user.name, user.email, token)
    return render(request, "people/invite.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Right.SEE_ACCOUNTS)
def account_page(request: MemberRequest, user_id: UUID) -> HttpResponse:
    """Show one account; give it a role."""
    account = selectors.account_for(user_id)
    if account is None:
        raise Http404
    may_change = request.member.may_everywhere(Right.CHANGE_ACCOUNTS)
    form = RoleForm(
        request.POST if request.method == "POST" else None,
        units=selectors.units_visible_to(request.member),
    )
    if request.method == "POST" and not may_change:
        raise Http404
    if form.is_valid():
        try:
            memberships.give_role(
                actor=request.member, user=account, at=timezone.now(), **form.cleaned_data
            )
        except ValidationError as error:
            tell_errors(form, error)
        else:
            messages.success(request, _("Saved."))
            return redirect("account", user_id=user_id)
    told = {"form": form, "account": account, "may_change": may_change}
    return render(request, "people/account.html", told)


@require_POST
@needs(Right.CHANGE_ACCOUNTS)
def take_role(request: MemberRequest, user_id: UUID, membership_id: UUID) -> HttpResponse:
    """Take a role away."""
    membership = selectors.membership_for(user_id, membership_id)
    if membership is None:
        raise Http404
    try:
        memberships.take_role(actor=request.member, membership=membership, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("account", user_id=user_id)


@require_POST
@needs(Right.CHANGE_ACCOUNTS)
def invite_again(request: MemberRequest, user_id: UUID) -> HttpResponse:
    """Send a person a new link."""
    account = selectors.account_for(user_id)
    if account is None or not account.is_active:
        raise Http404
    token = memberships.invite_again(actor=request.member, user=account, at=timezone.now())
    return _invited(request, account.name, account.email, token)


@require_POST
@needs(Right.CHANGE_ACCOUNTS)
def switch_account(request: MemberRequest, user_id: UUID) -> HttpResponse:
    """Shut a person out, or let one in again."""
    account = selectors.account_for(user_id)
    if account is None:
        raise Http404
    try:
        if account.is_active:
            memberships.deactivate(actor=request.member, user=account, at=timezone.now())
        else:
            reactivate(actor=request.member, user=account, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0])
    return redirect("account", user_id=user_id)


def _invited(request: MemberRequest, name: str, email: str, token: str) -> HttpResponse:
    page = InvitedPage(name, email, invitation_url(token), "smtp" in settings.EMAIL_BACKEND)
    answer = render(request, "people/invited.html", {"page": page})
    answer["Cache-Control"] = "no-store"
    return answer

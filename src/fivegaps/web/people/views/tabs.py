"""The tabs of people and places."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.members import Member
from fivegaps.web.people.rights import Right


@dataclass(frozen=True, slots=True)
class Tab:
    """One list among several that belong together."""

    title: str
    url: str
    is_here: bool


_TABS: list[tuple[str, str | Promise, Right]] = [
    ("units", _("Units"), Right.SEE_PLACES),
    ("channels", _("Channels"), Right.SEE_PLACES),
    ("touchpoints", _("Touchpoints"), Right.SEE_PLACES),
    ("hours", _("Hours and holidays"), Right.SEE_PLACES),
    ("employees", _("Employees"), Right.SEE_EMPLOYEES),
    ("accounts", _("Accounts and roles"), Right.SEE_ACCOUNTS),
]


def add_tab(name: str, title: str | Promise, right: Right) -> None:
    """Put a list of a higher app beside these; called once, when that app is ready."""
    if all(name != one for one, _title, _right in _TABS):
        _TABS.append((name, title, right))


def tabs_for(member: Member, here: str) -> tuple[Tab, ...]:
    """Return the tabs that a member may open; ``here`` names the present one."""
    return tuple(
        Tab(str(title), reverse(name), name == here)
        for name, title, right in _TABS
        if member.may(right)
    )

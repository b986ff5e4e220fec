"""The tabs of one survey; apps on higher floors add their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.members import Member
from fivegaps.web.people.rights import Right
from fivegaps.web.surveys.models import Voice


@dataclass(frozen=True, slots=True)
class SurveyTab:
    """A page of a survey: its address takes the survey's id.

    ``is_for`` says whether a survey of this voice has such a page.
    """

    title: str | Promise
    url_name: str
    order: int
    right: Right = Right.SEE_SURVEYS
    is_everywhere: bool = False
    is_for: Callable[[str], bool] = lambda voice: True  # noqa: ARG005


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab as the page shows it."""

    title: str
    url: str
    is_here: bool


_tabs: dict[str, SurveyTab] = {
    "survey": SurveyTab(_("At a glance"), "survey", 0),
    "survey_links": SurveyTab(_("Links"), "survey_links", 10),
}


def add_tab(tab: SurveyTab) -> None:
    """Put a tab onto every survey; called once, when an app is ready."""
    _tabs[tab.url_name] = tab


def tabs_of(member: Member, survey_id: UUID, voice: str, here: str) -> tuple[Tab, ...]:
    """Return the tabs of a survey that a member may open; ``here`` names the present one."""
    return tuple(
        Tab(str(tab.title), reverse(tab.url_name, args=[survey_id]), tab.url_name == here)
        for tab in sorted(_tabs.values(), key=lambda one: one.order)
        if (member.may_everywhere(tab.right) if tab.is_everywhere else member.may(tab.right))
        and tab.is_for(voice)
    )


def voice_tabs(here: str) -> tuple[Tab, ...]:
    """Return the tabs of whom a new survey asks; ``here`` is the present voice."""
    return tuple(
        Tab(
            str(title),
            reverse("add_survey")
            if one == Voice.CUSTOMERS
            else reverse("add_staff_survey", args=[one]),
            one == here,
        )
        for one, title in Voice.choices
    )

"""The tabs of a survey that lead to its ways to people."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.rights import Right
from fivegaps.web.surveys.tabs import SurveyTab, add_tab


def add_ways() -> None:
    """Put the ways to people on each survey that have nothing to do with mail."""
    add_tab(SurveyTab(_("Posters"), "posters", order=40))
    add_tab(SurveyTab(_("Kiosks"), "kiosks", order=50, is_for=_asks_customers))
    add_tab(SurveyTab(_("Paper"), "paper", order=60, is_for=_asks_customers))
    add_tab(
        SurveyTab(
            _("Past answers"),
            "past",
            order=70,
            right=Right.CHANGE_SURVEYS,
            is_everywhere=True,
            is_for=_asks_customers,
        )
    )


def _asks_customers(voice: str) -> bool:
    """Return whether customers are asked: staff has no kiosk, and forms of its own on paper."""
    return voice == "customers"

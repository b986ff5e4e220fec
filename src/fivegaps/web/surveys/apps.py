"""Surveys."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.rights import Right
from fivegaps.web.shared.navigation import Entry, add_entry
from fivegaps.web.shared.outbox.kinds import Kind, add_kind


class SurveysConfig(AppConfig):
    """Survey programmes, their waves, links and answers."""

    name = "fivegaps.web.surveys"
    label = "surveys"
    verbose_name = _("Surveys")

    def ready(self) -> None:
        """Put the surveys into the navigation, and close waves when their time comes."""
        from fivegaps.web.surveys.services.settings import (
            CLOSES,
            close_when_due,
        )

        add_kind(Kind(CLOSES, close_when_due))
        add_entry(
            Entry(
                title=_("Surveys"),
                url_name="surveys",
                order=40,
                right=Right.SEE_SURVEYS,
                prefix="/surveys/",
            )
        )

"""Results."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fivegaps.web.people.rights import Right
from fivegaps.web.shared.navigation import Entry, add_entry


class DashboardsConfig(AppConfig):
    """Results of waves; has no tables of its own."""

    name = "fivegaps.web.dashboards"
    label = "dashboards"
    verbose_name = _("Results")

    def ready(self) -> None:
        """Put the first question into the navigation."""
        add_entry(
            Entry(
                title=_("What do customers feel?"),
                url_name="results",
                order=10,
                right=Right.SEE_RESULTS,
                prefix="/results/",
            )
        )

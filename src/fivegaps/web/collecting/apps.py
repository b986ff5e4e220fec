"""How people are reached."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from fivegaps.web.shared.navigation import add_setting


class CollectingConfig(AppConfig):
    """Invitations by mail, and the other ways to people."""

    name = "fivegaps.web.collecting"
    label = "collecting"
    verbose_name = _("Ways to people")

    def ready(self) -> None:
        """Put the pages onto each survey, and teach the worker to send invitations."""
        from fivegaps.web.collecting.services.sending import teach_worker
        from fivegaps.web.collecting.ways import add_ways
        from fivegaps.web.surveys.tabs import SurveyTab, add_tab

        add_setting(_("Mails of all surveys"), "mail_rules")
        add_setting(_("What the worker could not do"), "errands")
        add_tab(SurveyTab(_("Invitations"), "invitations", order=30))
        teach_worker()
        add_ways()

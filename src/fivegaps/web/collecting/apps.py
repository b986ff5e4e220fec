"""How people are reached."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CollectingConfig(AppConfig):
    """Invitations by mail, and the other ways to people."""

    name = "fivegaps.web.collecting"
    label = "collecting"
    verbose_name = _("Ways to people")

    def ready(self) -> None:
        """Teach the worker to send invitations."""
        from fivegaps.web.collecting.services.sending import teach_worker

        teach_worker()

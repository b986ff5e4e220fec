"""Calls of other systems."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    """Tokens and the calls that they open."""

    name = "fivegaps.web.api"
    label = "api"
    verbose_name = _("Other systems")

    def ready(self) -> None:
        """Put the tokens beside accounts: both say who may come in."""
        from fivegaps.web.people.rights import Right
        from fivegaps.web.people.views.tabs import add_tab

        add_tab("tokens", _("Other systems"), Right.SEE_ACCOUNTS)
